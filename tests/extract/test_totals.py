"""Published totals: cumulative counts with their parts, periods, ordinals, and what only looks like a total."""

import pytest

from app.extract.values import Tally
from tests.extract.totals import Read, told


def only(read: Read, text: str, published: str | None = "2023-11-04") -> Tally:
    tallies = read(text, published).tallies
    assert len(tallies) == 1, tallies
    return tallies[0]


def parts(tally: Tally) -> list[tuple[str, int]]:
    return [(part.scope, part.count) for part in tally.parts]


def test_a_total_runs_from_its_beginning_to_the_day_of_the_report(read: Read) -> None:
    tally = only(read, "أحصى المرصد السوري منذ 19 تشرين الأول الماضي 12 هجوماً على القواعد الأميركية في سوريا.")
    assert (tally.scope, tally.count, tally.bound, tally.kind) == ("all-syria", 12, "=", "cumulative")
    assert (tally.start, tally.end, tally.counter) == ("2023-10-19", "2023-11-04", "sohr")


def test_the_parts_of_a_list_are_kept_as_they_stand(read: Read) -> None:
    tally = only(
        read,
        "سجل المرصد السوري منذ تاريخ 19 تشرين الأول 30 استهدافاً لقواعد التحالف، توزعت على: 9 على قاعدة حقل العمر، "
        "و4 على قاعدة التنف، و2 استهدفت قاعدة كونيكو، و1 على القاعدة الأميركية في روباربا بريف المالكية.",
    )
    assert tally.count == 30
    assert parts(tally) == [("al-omar", 9), ("al-tanf", 4), ("conoco", 2), ("rubaria", 1)]


def test_the_parts_may_stand_in_the_next_sentence_or_in_bullets(read: Read) -> None:
    tally = only(
        read,
        "SOHR has recorded 12 attacks on bases in Syria since October 19:\n• Seven attacks on Al-Tanf.\n• 5 attacks on Koniko.",
    )
    assert parts(tally) == [("al-tanf", 7), ("conoco", 5)]
    tally = only(
        read,
        "تعرضت قواعد التحالف في سوريا منذ 19 تشرين الأول إلى 6 هجمات. وتوزعت على 4 استهدفت قاعدة التنف، و2 على قاعدة الشدادي.",
    )
    assert parts(tally) == [("al-tanf", 4), ("al-shaddadi", 2)]


def test_an_item_may_put_the_base_first(read: Read) -> None:
    tally = only(
        read,
        "Since October 19 SOHR has documented 19 attacks on Coalition bases:\n• Al-Omar oil field: 11\n• Koniko gas field: 8",
    )
    assert parts(tally) == [("al-omar", 11), ("conoco", 8)]


def test_a_part_quotes_its_own_words(read: Read) -> None:
    tally = only(
        read, "سجل المرصد منذ 19 تشرين الأول 6 هجمات على قواعد التحالف في سوريا: 4 على قاعدة التنف، و2 على قاعدة الشدادي."
    )
    spans = [part.span.quote for part in tally.parts if part.span]
    assert spans[0].startswith("4 على")
    assert "الشدادي" in spans[1]


@pytest.mark.parametrize(
    ("text", "bound", "count"),
    [
        ("ومنذ 17 تشرين الأول وقع أكثر من 120 هجوماً على القواعد الأميركية في سوريا.", ">", 120),
        ("There have been at least 52 attacks on U.S. forces in Iraq and Syria since October 17.", ">=", 52),
        ("أحصى المرصد نحو 40 هجوماً على القواعد الأميركية في سوريا منذ 19 تشرين الأول.", "~", 40),
    ],
)
def test_a_bound_is_kept(read: Read, text: str, bound: str, count: int) -> None:
    tally = only(read, text)
    assert (tally.bound, tally.count) == (bound, count)


def test_countries_are_parts_too(read: Read) -> None:
    tally = only(
        read,
        "أحصى البنتاغون 55 هجوماً على قواته في العراق وسوريا. وقال إن 27 منها وقعت في العراق و28 في سوريا منذ 17 تشرين الأول.",
        "2023-11-15",
    )
    assert (tally.scope, tally.count, tally.start, tally.counter) == ("iraq-and-syria", 55, "2023-10-17", "us-dod")
    assert parts(tally) == [("other:iraq", 27), ("all-syria", 28)]


def test_a_month_is_a_period_in_the_year_of_the_total_before(read: Read) -> None:
    tallies = read(
        "أحصى المرصد 65 هجوماً على القواعد الأميركية في سوريا خلال النصف الأول من عام 2024. وفي كانون الثاني وحده سُجل 39 هجوماً. "
        "ولم يُسجل أي هجوم في آذار.",
        None,
    ).tallies
    assert [(t.kind, t.count, t.start, t.end) for t in tallies] == [
        ("period", 65, "2024-01-01", "2024-06-30"),
        ("period", 39, "2024-01-01", "2024-01-31"),
        ("period", 0, "2024-03-01", "2024-03-31"),
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("وبذلك يرتفع إلى 34 تعداد الهجمات التي رصدها المرصد منذ 19 تشرين الأول على القواعد الأميركية في سوريا.", 34),
        ("وارتفع عدد الهجمات إلى 18 على القواعد الأميركية في سوريا منذ 19 تشرين الأول.", 18),
    ],
)
def test_a_total_that_has_risen_is_read(read: Read, text: str, count: int) -> None:
    tally = only(read, text)
    assert (tally.count, tally.scope, tally.start) == (count, "all-syria", "2023-10-19")


def test_a_figure_of_one_base_has_that_base_as_its_scope(read: Read) -> None:
    tally = only(read, "تعرضت قاعدة الشدادي خلال شهر تشرين الأول الماضي لـ 7 هجمات، فيما استهدفت قاعدة التنف مرتين.")
    assert (tally.scope, tally.kind, tally.count, tally.start) == ("al-shaddadi", "period", 7, "2023-10-01")


@pytest.mark.parametrize(
    ("text", "scope", "count"),
    [
        ("وهذا الهجوم السابع على قاعدة التنف في أقل من شهر.", "al-tanf", 7),
        ("It was the second such attack of the day.", "all-syria", 2),
        ("For Al-Tanf base it was the seventh attack in less than a month.", "al-tanf", 7),
    ],
)
def test_an_ordinal_of_a_stated_scope_or_period_is_a_tally(read: Read, text: str, scope: str, count: int) -> None:
    tally = only(read, text)
    assert (tally.kind, tally.scope, tally.count) == ("ordinal", scope, count)


def test_without_a_year_and_without_publication_the_beginning_stays_unknown(read: Read) -> None:
    tally = only(read, "SOHR has counted 45 attacks on Coalition bases across Syria since March 3.", None)
    assert (tally.start, tally.end) == (None, None)


@pytest.mark.parametrize("published", [None, "2023-11-20", "2024-12-01"])
@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("SOHR has counted 45 attacks on Coalition bases across Syria since October 19.", "2023-10-19"),
        ("أحصى البنتاغون 45 هجوماً على القواعد في سوريا منذ 17 أكتوبر.", "2023-10-17"),
    ],
)
def test_a_count_of_the_autumn_of_2023_runs_since_then(read: Read, text: str, start: str, published: str | None) -> None:
    assert only(read, text, published).start == start


def test_a_report_from_before_the_campaign_knows_nothing_of_it(read: Read) -> None:
    text = "SOHR has counted 5 attacks on Coalition bases across Syria since October 19."
    assert only(read, text, "2021-12-01").start == "2021-10-19"


def test_a_list_of_parts_is_no_list_of_attacks(read: Read) -> None:
    for text in (
        "واستُهدفت القواعد الأمريكية في سوريا 135 مرة منذ 19 تشرين الأول، منها 40 مرة في كونيكو و36 في حقل العمر و17 في التنف.",
        "ويصل عدد الهجمات التي وثقها منذ 19 تشرين الأول إلى 93، وتفصيلها: 40 على كونيكو، و36 على حقل العمر، و17 على التنف.",
    ):
        extraction = read(text)
        assert extraction.mentions == ()
        assert parts(extraction.tallies[0]) == [("conoco", 40), ("al-omar", 36), ("al-tanf", 17)]


@pytest.mark.parametrize(
    "text",
    [
        "وينتشر نحو 2500 جندي أميركي في العراق ونحو 900 في سوريا.",
        "وللتحالف 20 قاعدة في شمال شرقي سوريا.",
        "استهدفت قاعدة كونيكو بـ 4 صواريخ.",
        "Washington keeps 900 troops in Syria and 2,500 in Iraq.",
        "وصلت 40 شاحنة إلى قاعدة الشدادي.",
        "وبذلك يبلغ عدد القتلى 438 شخصاً.",
    ],
)
def test_other_numbers_are_no_totals(read: Read, text: str) -> None:
    assert read(text).tallies == ()


def test_a_total_is_no_incident(read: Read) -> None:
    assert read("أحصى المرصد منذ 19 تشرين الأول 12 هجوماً بالصواريخ على قاعدة التنف وقواعد أخرى في سوريا.").mentions == ()


@pytest.mark.parametrize(
    "text",
    [
        (
            "SOHR has counted 9 attacks on bases in Syria since October 19: 5 at al-Omar, twice at Conoco "
            "and once each at Qasrak and Himo."
        ),
        (
            "أحصى المرصد 9 هجمات على القواعد في سوريا منذ 19 تشرين الأول: 5 على حقل العمر، و2 على كونيكو، "
            "وهجوم واحد على كل من قسرك وهيمو."
        ),
    ],
)
def test_once_each_is_a_part_of_every_base_named(read: Read, text: str) -> None:
    assert parts(only(read, text)) == [("al-omar", 5), ("conoco", 2), ("qasrak", 1), ("himo", 1)]


def test_the_base_of_the_last_attack_is_not_the_scope_of_the_total(read: Read) -> None:
    tally = only(read, "تعرضت القوات الأميركية في سوريا لأكثر من 60 هجوماً منذ 17 تشرين الأول، آخرها في التنف.")
    assert (tally.scope, tally.count) == ("all-syria", 60)


@pytest.mark.parametrize(
    "text",
    [
        "Israeli jets bombed Damascus airport for the third time this month.",
        "وهو الاجتماع الثالث خلال أسبوع بين قادة التحالف وقسد في قاعدة الشدادي.",
        "Wednesday's was the third such convoy in a week to reach the al-Shaddadi base.",
        "American warplanes have carried out four rounds of strikes in Syria since October 17.",
        "نفذت القوات الأميركية 7 ضربات على مواقع الميليشيات في سوريا منذ 17 تشرين الأول.",
        "Since the start of the year ISIS has carried out 53 attacks in the Syrian desert.",
        "ومنذ مطلع العام أحصى المرصد 61 غارة إسرائيلية على الأراضي السورية.",
        "For the second time this week, Turkish drones hit SDF positions near the Qasrak base.",
        "ووصلت 60 شاحنة إلى قواعد التحالف في الحسكة منذ بداية الشهر، وهي القافلة الخامسة خلال أسبوع.",
        "At least 62 U.S. personnel have been injured in the attacks since Oct. 17.",
        "The coalition keeps 24 bases in Syria, five of them in Deir ez-Zor and two in Hasakah.",
        "وتعرض حقل كونيكو لعشر ضربات بقذائف صاروخية مساء أمس.",
        "نفذت قسد والتحالف 15 عملية أمنية ضد خلايا داعش خلال شهر تشرين الأول انطلاقاً من قاعدة الشدادي.",
        "The bases have been attacked dozens of times since October.",
        "U.S. forces have responded with strikes on four occasions since Oct. 17.",
        "وتنتشر القوات الأميركية في 28 موقعاً، بينها 6 في الحسكة و9 في دير الزور وقاعدة واحدة في التنف.",
        "وثق المرصد دخول 7 قوافل إلى قواعد التحالف منذ مطلع الشهر، أي 200 شاحنة منها 60 إلى الشدادي و40 إلى قسرك.",
        "وأصيب 45 عنصراً في هجمات على القواعد الأمريكية منذ 17 تشرين الأول، 24 منهم في التنف و21 في عين الأسد.",
        "أطلقت المجموعات 12 صاروخاً على كونيكو و8 على حقل العمر و4 على الشدادي ليلة أمس.",
        "There were fewer than 10 attacks on US bases in Syria in all of 2021.",
        ("Militias have fired 310 rockets at US bases in Syria since October 17: 120 at Conoco and 95 at al-Omar field."),
        "The U.S. has hit Iran-backed groups in Iraq and Syria three times since Oct. 17.",
        "No attack on US bases in Syria has been recorded since February 4, SOHR said.",
        "وهو الهجوم الأول على القواعد الأميركية في سوريا منذ نحو ثلاثة أشهر.",
        "Coalition forces conducted 24 partnered operations in Syria in March, 14 of them near al-Omar.",
        "Militants have attacked SDF checkpoints near al-Omar 14 times since March.",
        "أسقط التحالف 14 مسيّرة منذ 17 تشرين الأول، 9 منها فوق التنف و5 فوق الشدادي.",
        "Of the 62 wounded since Oct. 17, 27 were in Syria and 35 in Iraq.",
        ("Washington has sanctioned seven commanders since the attacks on its bases began, five in Iraq and two in Syria."),
        "هذه الغارة الأميركية هي الثالثة خلال أسبوعين على مواقع الميليشيات في البوكمال.",
    ],
)
def test_what_others_do_and_other_numbers_are_no_totals(read: Read, text: str) -> None:
    assert read(text, "2024-02-06").tallies == ()


def test_a_sentence_of_an_attack_and_a_total_tells_both(read: Read) -> None:
    extraction = read(
        "Rockets struck the Conoco base on Friday, bringing to 40 the number of attacks on U.S. bases in Syria since October 19.",
        "2023-11-18",
    )
    assert [mention.value("base") for mention in extraction.mentions] == ["conoco"]
    assert [told(tally) for tally in extraction.tallies] == ["cumulative all-syria = 40 since 2023-10-19"]


def test_an_ordinal_leaves_the_attack_of_its_sentence(read: Read) -> None:
    extraction = read("سقطت صواريخ على قاعدة كونيكو اليوم، وهو الهجوم الثالث على القاعدة خلال أسبوع.", "2023-11-18")
    assert [mention.value("base") for mention in extraction.mentions] == ["conoco"]
    assert [told(tally) for tally in extraction.tallies] == ["ordinal conoco = 3"]


def test_the_last_day_is_told_or_that_of_the_report(read: Read) -> None:
    tally = only(read, "Between October 17 and January 22 U.S. forces in Iraq and Syria were attacked 151 times.", "2024-01-24")
    assert (tally.start, tally.end) == ("2023-10-17", "2024-01-22")
    tally = only(read, "As of Jan. 4 U.S. forces in Iraq and Syria had been attacked 118 times since Oct. 17.", "2024-01-06")
    assert (tally.start, tally.end) == ("2023-10-17", "2024-01-04")


def test_a_year_may_be_that_of_another_date_in_the_text(read: Read) -> None:
    tally = only(read, "On November 14, 2023, the Pentagon spoke of 55 attacks in Iraq and Syria since October 17.", None)
    assert (tally.start, tally.end) == ("2023-10-17", "2023-11-14")


def test_the_same_total_told_twice_is_one(read: Read) -> None:
    text = (
        "SOHR has counted 40 attacks on bases in Syria since October 19. The Observatory repeated that there have been "
        "40 attacks on the bases in Syria so far."
    )
    assert [told(tally) for tally in read(text, "2023-11-18").tallies] == ["cumulative all-syria = 40 since 2023-10-19"]
