"""Nothing that a text supposes, believes, plans, locates or only remembers becomes an attack on a base."""

from collections.abc import Callable

import pytest

from app.extract.values import Extraction

Read = Callable[..., Extraction]


@pytest.mark.parametrize(
    "text",
    [
        "A rocket attack on Conoco could follow, an official warned on Friday.",
        "Iran may attack the al-Tanf garrison with drones this Sunday, officials fear.",
        "If rockets hit the Conoco base on Friday, the US would respond.",
        "لو تعرضت قاعدة كونيكو لقصف صاروخي لكان الرد قاسياً، قال مسؤول أمس.",
        "تدريبات في قاعدة كونيكو اليوم. وظن الأهالي أن القاعدة تعرضت لقصف صاروخي.",
        "Residents thought the Conoco base had been hit by rockets on Friday, but it was a drill.",
        "إشاعات عن استهداف قاعدة كونيكو بصواريخ مساء أمس.",
        "Three US soldiers were killed when a drone struck Tower 22, near the Syrian border and the al-Tanf garrison, on Sunday.",
        "The Pentagon said the al-Tanf base, which was attacked by drones in 2021, will be closed on Friday.",
        "The Shaddadi base, hit by a drone in 2021, received 30 trucks on Friday.",
        "قذيفة استهدفت سيارة لقسد على طريق حقل العمر أمس.",
        "انفجر لغم أرضي بدورية للتحالف قرب قاعدة الشدادي أمس.",
        "أسقطت القوات الأميركية طائرة مسيّرة قرب قاعدة التنف يوم الجمعة، مضيفاً أن المسيّرة كانت في مهمة استطلاع ولم تكن مسلحة.",
    ],
)
def test_what_did_not_happen_on_a_base_makes_no_mention(read: Read, text: str) -> None:
    assert read(text).mentions == ()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Rockets hit the Conoco base on May 3.", {"base": "conoco", "date_start": "2023-05-03"}),
        ("A drone may have hit the Conoco base on Friday.", {"base": "conoco", "date_start": "2023-11-03"}),
        ("Rockets hit Conoco on Oct. 17. It was the 3rd attack on the base this week.", {"date_start": "2023-10-17"}),
        (
            "Two rockets landed at the Conoco base on Friday; a third rocket was found at the launch site.",
            {"munitions_high": "2"},
        ),
        ("سقط صاروخان أمس على قاعدة مشتركة للتحالف وقسد في ريف دير الزور.", {"base": "unspecified", "munitions_low": "2"}),
    ],
)
def test_what_a_text_doubts_or_counts_beside_it_leaves_the_attack_as_told(read: Read, text: str, values: dict[str, str]) -> None:
    (mention,) = read(text).mentions
    assert {name: mention.value(name) for name in values} == values


def test_a_number_for_two_bases_together_is_nobodys_own(read: Read) -> None:
    found = read("أُطلق 20 صاروخاً على قاعدتي كونيكو وحقل العمر أمس.")
    assert [(mention.value("base"), mention.value("munitions_low")) for mention in found.mentions] == [
        ("conoco", None),
        ("al-omar", None),
    ]
    assert [unread.span.quote for unread in found.unread] == ["20 صاروخاً"]
