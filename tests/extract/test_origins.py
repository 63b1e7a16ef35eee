"""Whom a report quotes for an attack."""

import pytest

from tests.extract.parties import Read, one


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("أفادت مصادر محلية للأناضول بأن صاروخاً سقط على قاعدة التنف.", {"local-sources", "anadolu"}),
        ("وبحسب المرصد السوري لحقوق الإنسان، سقط صاروخ على قاعدة التنف.", {"sohr"}),
        ("سقط صاروخ على قاعدة التنف، نقلاً عن وكالة سبوتنيك.", {"sputnik"}),
        ("وكان الجيش الأميركي قد أقرّ بأن صاروخاً سقط على قاعدة التنف.", {"us-official"}),
        ("وثّق المرصد السوري سقوط صاروخ على قاعدة التنف.", {"sohr"}),
        ("سقط صاروخ على قاعدة التنف. ولم يصدر عن القيادة المركزية الأميركية أي تعليق.", set()),
        ("لم تعلق القيادة المركزية الأميركية على سقوط صاروخ على قاعدة التنف.", set()),
        ("أحصى البنتاغون 140 هجوماً. وسقط صاروخ على قاعدة التنف أمس.", set()),
        ("سقط صاروخ أُطلق من الميادين على قاعدة كونيكو.", set()),
        ("تبنت المقاومة الإسلامية في العراق استهداف قاعدة التنف.", {"islamic-resistance-in-iraq"}),
        ("A rocket hit the Tanf base, a US defense official told Reuters.", {"us-official", "reuters"}),
        ("According to the Syrian Observatory for Human Rights, a rocket hit the Tanf base.", {"sohr"}),
        ("A rocket hit the Tanf base, Anadolu has reported, citing local sources.", {"anadolu", "local-sources"}),
        ("A rocket hit the Tanf base. The Pentagon did not say who fired it.", set()),
        ("A rocket hit the Tanf base, the Pentagon said on Friday.", {"us-dod"}),
        ("A rocket hit the Tanf base of the US-led coalition.", set()),
    ],
)
def test_origins_are_those_whom_the_report_quotes_for_the_attack(read: Read, text: str, origins: set[str]) -> None:
    assert {claim.value for claim in one(read, text).claims if claim.field == "origin"} == origins


def test_the_origin_of_a_list_is_that_of_the_sentence_before_it(read: Read) -> None:
    text = "ورصد نشطاء المرصد السوري ما يلي:\n- سقط صاروخ على قاعدة التنف.\n- هاجمت مسيّرة قاعدة الشدادي."
    mentions = read(text).mentions
    assert [[claim.value for claim in mention.claims if claim.field == "origin"] for mention in mentions] == [["sohr"], ["sohr"]]


def test_an_origin_has_the_words_that_quote_it(read: Read) -> None:
    mention = one(read, "قال المرصد السوري لحقوق الإنسان إن صاروخاً سقط على قاعدة التنف.")
    claim = next(claim for claim in mention.claims if claim.field == "origin")
    assert claim.span is not None
    assert claim.span.quote == "قال المرصد السوري لحقوق الإنسان"
