"""The one door: a whole report, any text at all, the printed contract, and the corpus."""

import json
from collections.abc import Callable
from datetime import date
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.extract import Reader, extract
from app.extract.contract import to_json
from app.extract.gazetteer import Gazetteer
from app.extract.values import Extraction, Mention, Span
from app.reference import seed_gazetteer
from tests.extract.conftest import CORPUS

Read = Callable[..., Extraction]

RETELLING = """أخبار محلية

وصلت صباح اليوم السبت تعزيزات جديدة للتحالف الدولي إلى قواعده في ريف الحسكة، في قافلة تضم 40 شاحنة وصهريجاً محملة بالوقود.
اقرأ أيضاً: مسيّرات تستهدف قاعدتي كونيكو والتنف
وسقط صباح اليوم، بحسب المرصد السوري لحقوق الإنسان، ما لا يقل عن صاروخ واحد في محيط القاعدة الأميركية في الشدادي، \
أطلقته مجموعات مسلحة عراقية من الأراضي العراقية.
وقُصفت قاعدةُ خرابِ الجيرِ في رميلان بريف الحسكة، مساءَ أمس، بعشرِ قذائفَ صاروخيّةٍ مصدرها الأراضي العراقية، \
وتبنّت “المقاومة الإسلامية في العراق” الهجوم.
وأمس الجمعة أيضاً هاجمت طائرات مسيّرة “انتحارية” القاعدة الأميركية بالشدادي، ودوّت انفجارات خلال محاولات إسقاطها.
وبذلك أحصى المرصد، منذ 19 تشرين الأول الماضي، 20 هجوماً على قواعد التحالف في سوريا، توزعت على النحو التالي: 4 على قاعدة التنف، \
و5 على حقل العمر النفطي، و3 على حقل كونيكو، و1 على قاعدة روباربا في ريف المالكية، و3 على خراب الجير، و4 على قاعدة الشدادي.
"""

FIELDS = (
    "base", "date_start", "time_of_day", "weapon", "munitions_low", "munitions_high", "launched_from", "claimed_by",
    "attributed_to", "intercepted", "casualties_reported", "status",
)  # fmt: skip


def facts(mention: Mention) -> dict[str, str]:
    return {field: value for field in FIELDS if (value := mention.value(field)) is not None}


def spans(extraction: Extraction) -> list[Span]:
    found = [claim.span for mention in extraction.mentions for claim in mention.claims]
    found += [mention.anchor for mention in extraction.mentions]
    found += [span for tally in extraction.tallies for span in (tally.span, *(part.span for part in tally.parts))]
    found += [event.span for event in extraction.non_strike_events] + [unread.span for unread in extraction.unread]
    return [span for span in found if span is not None]


def test_a_report_gives_its_three_attacks(read: Read) -> None:
    assert [facts(mention) for mention in read(RETELLING).mentions] == [
        {
            "base": "al-shaddadi",
            "date_start": "2023-11-04",
            "time_of_day": "morning",
            "weapon": "rocket",
            "munitions_low": "1",
            "launched_from": "Iraqi territory",
            "attributed_to": "iraqi-armed-factions",
        },
        {
            "base": "kharab-al-jir",
            "date_start": "2023-11-03",
            "time_of_day": "evening",
            "weapon": "rocket",
            "munitions_low": "10",
            "munitions_high": "10",
            "launched_from": "Iraqi territory",
            "claimed_by": "islamic-resistance-in-iraq",
        },
        {"base": "al-shaddadi", "date_start": "2023-11-03", "weapon": "drone"},
    ]


def test_a_report_gives_its_total_with_six_parts_and_its_convoy(read: Read) -> None:
    extraction = read(RETELLING)
    (tally,) = extraction.tallies
    assert (tally.scope, tally.count, tally.start, tally.end, tally.counter) == (
        "all-syria",
        20,
        "2023-10-19",
        "2023-11-04",
        "sohr",
    )
    assert [(part.scope, part.count) for part in tally.parts] == [
        ("al-tanf", 4),
        ("al-omar", 5),
        ("conoco", 3),
        ("rubaria", 1),
        ("kharab-al-jir", 3),
        ("al-shaddadi", 4),
    ]
    assert [event.kind for event in extraction.non_strike_events] == ["reinforcement_convoy"]


def test_the_headline_of_another_article_gives_nothing(read: Read) -> None:
    words = "اقرأ أيضاً: مسيّرات تستهدف قاعدتي كونيكو والتنف"
    assert words in RETELLING
    assert "conoco" not in [mention.value("base") for mention in read(RETELLING).mentions]
    assert read(f"{words}\nوصل وفد إلى دمشق.").mentions == ()


def test_the_headline_of_the_report_itself_is_told_again_by_its_body(read: Read) -> None:
    text = "قصف قاعدة كونيكو بثلاثة صواريخ\nقالت مصادر إن ثلاثة صواريخ سقطت على قاعدة كونيكو مساء أمس."
    assert [mention.value("date_start") for mention in read(text).mentions] == ["2023-11-03"]


def test_a_headline_that_no_body_tells_is_read(read: Read) -> None:
    text = "قصف قاعدة كونيكو بثلاثة صواريخ\nزار وفد مدينة دمشق اليوم."
    assert [mention.value("base") for mention in read(text).mentions] == ["conoco"]


PIECES = st.sampled_from(
    [
        *(
            "قاعدة التنف",
            "استهدفت",
            "بصاروخين",
            "10",
            "مساء أمس",
            "،",
            ".",
            "\n",
            " ",
            "و",
            "«",
            "القاعدة",
            "منذ 19 تشرين الأول",
            "5 على",
        ),
        *(
            "هجوماً",
            "قاعدة كونيكو",
            "عين الأسد",
            "أُسقطت",
            "at least",
            "drones",
            "the Tanf base",
            "on Oct. 18",
            "\u200f",
            "ـ",
            "ً",
            "\ud800",
            "\x00",
        ),
        *(
            "31 شباط",
            "99/99/2023",
            "ليل الأحد - الاثنين",
            "نفى",
            "تبنت المقاومة العراقية",
            "Tower 22",
            "1,000 attacks on bases since",
        ),
    ]
)
REPORTS = st.lists(PIECES, max_size=40).map(" ".join) | st.text(st.characters(exclude_categories=()), max_size=200)
DAYS = st.none() | st.dates() | st.just(date.min) | st.just(date.max)


@given(REPORTS, DAYS)
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_without_error_and_quoted_exactly(reader: Reader, text: str, published: date | None) -> None:
    extraction = extract(text, published=published, lang=None, reader=reader)
    for span in spans(extraction):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.quote
    assert extraction == extract(text, published=published, lang="ar", reader=reader)
    json.dumps(to_json(extraction, text))


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        '"',
        "قاعدة التنف ",
        "ً",
        "ـ.",
        "استهدفت قاعدة التنف بصاروخ. ",
        "5 على قاعدة التنف و",
        "كانون الثاني / ",
        "one two three drones ",
        "a*",
        ".",
    ],
)
def test_eighty_thousand_characters_of_one_thing_are_read_to_their_end(reader: Reader, piece: str) -> None:
    text = piece * (80_000 // len(piece))
    extraction = extract(text, published=date(2023, 11, 4), lang=None, reader=reader)
    assert all(text[span.start : span.end] == span.quote for span in spans(extraction))


def test_a_printed_line_has_the_fields_of_the_contract(read: Read) -> None:
    line = to_json(read(RETELLING), RETELLING)
    incident = line["incidents"][1]
    assert incident["base"] == "kharab-al-jir"
    assert (incident["munitions_min"], incident["munitions_max"]) == (10, 10)
    assert (incident["date"], incident["date_end"], incident["status"], incident["intercepted"]) == (
        "2023-11-03",
        None,
        "reported",
        None,
    )
    assert incident["claims"]["munitions_min"]["rule"] == "weapon.counted"
    assert incident["origins"] == ["sohr"]
    tallies = line["tallies"]
    assert [tally["kind"] for tally in tallies] == ["cumulative"] + ["breakdown"] * 6
    assert {tally["since"] for tally in tallies} == {"2023-10-19"}
    assert str(line["extractor"]).startswith("2026.11-")


def test_a_month_prints_no_day(read: Read) -> None:
    text = "وكانت قاعدة كونيكو قد استُهدفت بصواريخ في آذار 2023."
    incident = to_json(read(text), text)["incidents"][0]
    assert (incident["date"], incident["date_end"], incident["month"], incident["date_precision"]) == (
        None,
        None,
        "2023-03",
        "month",
    )


def test_the_contract_refuses_quotes_of_another_text(read: Read) -> None:
    with pytest.raises(ValueError, match="not in the text"):
        to_json(read(RETELLING), RETELLING[1:])


def test_the_version_names_rules_vocabulary_and_gazetteer(reader: Reader) -> None:
    seeds = seed_gazetteer()
    assert Reader.of(seeds).version == reader.version
    assert Reader.of(Gazetteer(seeds.bases[1:], seeds.actors, seeds.sources)).version != reader.version
    assert len(reader.version) == len("2026.11-") + 8


@pytest.fixture(scope="module")
def scored(reader: Reader, scorer: ModuleType) -> dict[str, dict[str, float]]:
    lines = {}
    for gold in scorer.load(CORPUS / "dev"):
        published = date.fromisoformat(gold["published"]) if gold["published"] else None
        extraction = extract(gold["text"], published=published, lang=gold["lang"], reader=reader)
        lines[gold["id"]] = {"id": gold["id"], **to_json(extraction, gold["text"])}
    result, _ = scorer.score(CORPUS / "dev", lines)
    return result


@pytest.mark.parametrize(
    ("what", "measure", "floor"),
    [
        ("incidents", "precision", 0.96),
        ("incidents", "recall", 0.93),
        ("tallies", "f1", 0.95),
        ("non_strike_events", "f1", 0.85),
        ("evidence", "accuracy", 0.9),
        ("claims", "backed", 1.0),
    ],
)
def test_the_corpus_is_read_no_worse_than_before(
    scored: dict[str, dict[str, float]], what: str, measure: str, floor: float
) -> None:
    assert scored[what][measure] >= floor


def test_no_text_without_an_attack_gives_one(scored: dict[str, dict[str, float]]) -> None:
    assert scored["negatives"]["texts"] > 0
    assert scored["negatives"]["with_false_alarm"] == 0


def test_every_field_of_the_corpus_is_read_well(scored: dict[str, dict[str, dict[str, float]]]) -> None:
    assert {field: value for field, value in scored["fields"].items() if value["accuracy"] < 0.9} == {}
