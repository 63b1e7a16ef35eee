"""Lists of the parts of a total as reports word them."""

import pytest

from app.extract.values import Tally
from tests.extract.totals import Read, told


def parts(tally: Tally) -> list[tuple[str, int]]:
    return [(part.scope, part.count) for part in tally.parts]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        (
            (
                "أحصى المرصد السوري 60 هجوماً على قواعد التحالف منذ 19 تشرين الأول: التنف (8)، حقل العمر (13)، كونيكو "
                "(13)، خراب الجير (11)، الشدادي (10)، روباربا (2)، تل بيدر (2)، قسرك (1)."
            ),
            "2023-12-22",
            [
                (
                    "cumulative all-syria = 60 since 2023-10-19 (al-tanf 8, al-omar 13, conoco 13, kharab-al-jir 11, "
                    "al-shaddadi 10, rubaria 2, tell-baydar 2, qasrak 1)"
                ),
            ],
        ),
        (
            (
                "SOHR has tallied 34 attacks on coalition bases in Syria since October 19, broken down as follows:\n- "
                "Al-Tanf: six\n- Al-Omar oil field: seven\n- Conoco: five\n- Kharab al-Jir: 7\n- Al-Shaddadi: 6\n- Robarba: "
                "one\n- Tal Baydar: one\n- Qasrak: 1"
            ),
            "2023-11-13",
            [
                (
                    "cumulative all-syria = 34 since 2023-10-19 (al-tanf 6, al-omar 7, conoco 5, kharab-al-jir 7, "
                    "al-shaddadi 6, rubaria 1, tell-baydar 1, qasrak 1)"
                ),
            ],
        ),
        (
            (
                "وثق المرصد 14 هجوماً على القواعد الأمريكية في سوريا منذ 19 تشرين الأول الجاري. وطالت الهجمات قاعدة "
                "التنف 3 مرات، وحقل العمر 4 مرات، وكونيكو مرتين، وقاعدة الشدادي مرتين، وروباربا مرة واحدة."
            ),
            "2023-10-29",
            [
                "cumulative all-syria = 14 since 2023-10-19 (al-tanf 3, al-omar 4, conoco 2, al-shaddadi 2, rubaria 1)",
            ],
        ),
        (
            (
                "Of the 40 attacks counted on coalition bases in Syria since October 19, nine were aimed at al-Omar, "
                "seven at al-Tanf, seven at Conoco and six at al-Shaddadi."
            ),
            "2023-11-18",
            [
                "cumulative all-syria = 40 since 2023-10-19 (al-omar 9, al-tanf 7, conoco 7, al-shaddadi 6)",
            ],
        ),
        (
            (
                "رصد المرصد 45 هجوماً على قواعد التحالف في سوريا منذ 19 تشرين الأول، نال حقل العمر النصيب الأكبر منها "
                "بـ11 هجوماً، يليه كونيكو بـ8 هجمات والشدادي بـ8 هجمات."
            ),
            "2023-11-29",
            [
                "cumulative all-syria = 45 since 2023-10-19 (al-omar 11, conoco 8, al-shaddadi 8)",
            ],
        ),
        (
            (
                "The Observatory has counted 80 attacks on coalition bases in Syria since October 19, 2023. Al-Omar was "
                "hit 20 times, Conoco 16, al-Shaddadi 14 and Kharab al-Jir 13; Tal Baydar and Rubarya were attacked "
                "twice each."
            ),
            "2024-01-06",
            [
                (
                    "cumulative all-syria = 80 since 2023-10-19 (al-omar 20, conoco 16, al-shaddadi 14, kharab-al-jir 13, "
                    "tell-baydar 2, rubaria 2)"
                ),
            ],
        ),
        (
            (
                "The Observatory has counted 50 attacks on coalition bases in Syria since October 19.\nBreakdown by base\n"
                "Al-Tanf: 7\nAl-Omar: 11\nConoco: 9\nShaddadi: 9\n"
            ),
            "2023-12-08",
            [
                "cumulative all-syria = 50 since 2023-10-19 (al-tanf 7, al-omar 11, conoco 9, al-shaddadi 9)",
            ],
        ),
        (
            (
                "أحصى المرصد 50 هجوماً على قواعد التحالف في سوريا منذ 19 تشرين الأول.\nالقاعدة\tعدد الهجمات\nالتنف\t7\nحقل "
                "العمر\t11\nكونيكو\t9\n"
            ),
            "2023-12-08",
            [
                "cumulative all-syria = 50 since 2023-10-19 (al-tanf 7, al-omar 11, conoco 9)",
            ],
        ),
        (
            (
                "أحصى المرصد السوري منذ 19 تشرين الأول 18 استهدافاً لقواعد التحالف توزعت كالآتي:\n• أربع هجمات على قاعدة "
                "التنف\n• خمسة هجمات على حقل العمر\n• هجومان على كونيكو\n• هجوم واحد على روباربا\n• ثلاثة استهدافات لخراب "
                "الجير"
            ),
            "2023-11-02",
            [
                "cumulative all-syria = 18 since 2023-10-19 (al-tanf 4, al-omar 5, conoco 2, rubaria 1, kharab-al-jir 3)",
            ],
        ),
        (
            "Iraq accounted for 27 of the 55 attacks recorded on US forces since October 17 and Syria for 28.",
            "2023-11-15",
            [
                "cumulative iraq-and-syria = 55 since 2023-10-17 (other:iraq 27, all-syria 28)",
            ],
        ),
        (
            (
                "The Pentagon has counted 61 attacks on its forces since October 17. Thirty-two of them were in Syria "
                "and 29 in Iraq."
            ),
            "2023-11-18",
            [
                "cumulative iraq-and-syria = 61 since 2023-10-17 (all-syria 32, other:iraq 29)",
            ],
        ),
        (
            (
                "وسجلت قاعدة كونيكو العدد الأكبر من الهجمات بـ40 هجوماً من أصل 135 منذ 19 تشرين الأول 2023، تلتها قاعدة "
                "حقل العمر بـ36 ثم خراب الجير بـ20 فالتنف بـ17."
            ),
            "2024-09-20",
            [
                "cumulative all-syria = 135 since 2023-10-19 (conoco 40, al-omar 36, kharab-al-jir 20, al-tanf 17)",
            ],
        ),
        (
            (
                "The monitor said 23 of the 124 attacks it has counted since Oct. 19 hit al-Shaddadi and its oil "
                "facilities, where US forces are based."
            ),
            "2024-04-07",
            [
                "cumulative all-syria = 124 since 2023-10-19 (al-shaddadi 23)",
            ],
        ),
        (
            (
                "أحصى المرصد السوري لحقوق الإنسان 34 استهدافاً لقواعد التحالف منذ 19 تشرين الأول، وهي:\n6 استهدافات "
                "لقاعدة التنف.\n7 استهدافات لقاعدة حقل العمر.\n5 استهدافات لكونيكو.\nاستهداف واحد لروباربا.\n7 لخراب الجير."
            ),
            "2023-11-13",
            [
                "cumulative all-syria = 34 since 2023-10-19 (al-tanf 6, al-omar 7, conoco 5, rubaria 1, kharab-al-jir 7)",
            ],
        ),
        (
            (
                "وثق نشطاء المرصد السوري تعرض القواعد لـ 116 هجوماً منذ 19 تشرين الأول، وهي موزعة كما يلي: 13 هجوماً "
                "استهدف قاعدة التنف، 33 هجوماً استهدف قاعدة حقل العمر النفطي، 31 على قاعدة حقل كونيكو للغاز، هجومان على "
                "القاعدة في روباربا بريف المالكية، 17 على قاعدة خراب الجير في رميلان، 16 على الشدادي، هجومان على تل "
                "بيدر، وهجوم على كل من قسرك واستراحة الوزير."
            ),
            "2024-02-13",
            [
                (
                    "cumulative all-syria = 116 since 2023-10-19 (al-tanf 13, al-omar 33, conoco 31, rubaria 2, "
                    "kharab-al-jir 17, al-shaddadi 16, tell-baydar 2, qasrak 1, istrahat-al-wazir 1)"
                ),
            ],
        ),
        (
            (
                "Since the start of the year, 39 attacks have targeted coalition bases in Syria: fourteen at Conoco, ten "
                "at the al-Omar field, five each at Kharab al-Jir and al-Tanf, and four at al-Shaddadi."
            ),
            "2024-01-31",
            [
                ("cumulative all-syria = 39 since 2024-01-01 (conoco 14, al-omar 10, kharab-al-jir 5, al-tanf 5, al-shaddadi 4)"),
            ],
        ),
        (
            (
                "Attacks by Iran-backed militias on the coalition's bases in Syria since October 19: al-Omar 33, Conoco "
                "31, Kharab al-Jir 17, al-Shaddadi 16, al-Tanf 13, Rubariya 2, Tal Baydar 2, Qasrak 1, al-Wazir rest "
                "house 1. Total: 116."
            ),
            "2024-02-13",
            [
                "breakdown al-omar = 33 since 2023-10-19",
                "breakdown conoco = 31 since 2023-10-19",
                "breakdown kharab-al-jir = 17 since 2023-10-19",
                "breakdown al-shaddadi = 16 since 2023-10-19",
                "breakdown al-tanf = 13 since 2023-10-19",
                "breakdown tell-baydar = 2 since 2023-10-19",
                "breakdown qasrak = 1 since 2023-10-19",
                "breakdown istrahat-al-wazir = 1 since 2023-10-19",
                "cumulative all-syria = 116 since 2023-10-19",
            ],
        ),
        (
            (
                "حصيلة الاستهدافات منذ 19 تشرين الأول 2023:\n• قاعدة حقل العمر: 36\n• قاعدة كونيكو: 40\n• خراب الجير: 20\n"
                "المجموع: 135\nوهي حصيلة الهجمات على القواعد الأمريكية في سوريا بحسب المرصد."
            ),
            "2024-09-28",
            [
                "cumulative all-syria = 135 since 2023-10-19 (al-omar 36, conoco 40, kharab-al-jir 20)",
            ],
        ),
        (
            (
                "SOHR's figures for attacks on coalition bases since October 19, 2023 (116 in all) by base:\n| al-Omar "
                "oil field | 33 |\n| Conoco | 31 |\n"
            ),
            "2024-02-13",
            [
                "cumulative all-syria = 116 since 2023-10-19 (al-omar 33, conoco 31)",
            ],
        ),
        (
            (
                "قاعدة كونيكو (40 هجوماً) وقاعدة حقل العمر (36) هما الأكثر استهدافاً من بين القواعد الأمريكية في سوريا "
                "منذ 19 تشرين الأول 2023."
            ),
            "2024-09-30",
            [
                "cumulative conoco = 40 since 2023-10-19",
                "cumulative al-omar = 36 since 2023-10-19",
            ],
        ),
        (
            (
                "Al-Shaddadi accounts for 16 of SOHR's 124 attacks since October 19; Conoco leads with 36 and al-Omar "
                "field follows with 35.\nThe bases are run by the coalition."
            ),
            "2024-04-10",
            [
                "cumulative all-syria = 124 since 2023-10-19 (al-shaddadi 16, conoco 36, al-omar 35)",
            ],
        ),
        (
            (
                "وتتوزع الهجمات الـ 124 بين 36 على كونيكو و35 على حقل العمر و20 على خراب الجير و16 على الشدادي و13 على "
                "التنف.\nوكان المرصد وثق الهجمات على القواعد الأمريكية في سوريا منذ 19 تشرين الأول."
            ),
            "2024-04-08",
            [
                "cumulative all-syria = 124 (conoco 36, al-omar 35, kharab-al-jir 20, al-shaddadi 16, al-tanf 13)",
            ],
        ),
    ],
)
def test_a_list_of_parts_is_read(read: Read, text: str, published: str, expected: list[str]) -> None:
    """Whichever of base and number comes first, in a sentence, in the next one, in lines or in a table."""
    assert [told(tally) for tally in read(text, published).tallies] == expected
