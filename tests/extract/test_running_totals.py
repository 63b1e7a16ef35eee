"""Running totals as reports word them."""

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
                "The Pentagon said on Tuesday that U.S. forces had come under attack at least 66 times since Oct. 17, 34 "
                "times in Syria and 32 in Iraq."
            ),
            "2023-11-22",
            [
                "cumulative iraq-and-syria >= 66 since 2023-10-17 (all-syria 34, other:iraq 32)",
            ],
        ),
        (
            (
                "Monday's barrage brings to 98 the number of attacks on US troops in Iraq and Syria since 17 October, "
                "according to a US defense official."
            ),
            "2023-12-19",
            [
                "cumulative iraq-and-syria = 98 since 2023-10-17",
            ],
        ),
        (
            (
                "A US military official told AFP there have been at least 103 attacks on US and coalition forces in Iraq "
                "and Syria since mid-October."
            ),
            "2023-12-22",
            [
                "cumulative iraq-and-syria >= 103",
            ],
        ),
        (
            ("American troops in Iraq and Syria have been attacked more than 130 times since October 17, the Pentagon says."),
            "2024-01-12",
            [
                "cumulative iraq-and-syria > 130 since 2023-10-17",
            ],
        ),
        (
            (
                "Since the Oct. 7 Hamas attack on Israel, Iran-backed groups have launched more than 160 attacks on U.S. "
                "bases in Iraq, Syria and Jordan."
            ),
            "2024-02-01",
            [
                "cumulative other:iraq-syria-jordan > 160 since 2023-10-07",
            ],
        ),
        (
            ("So far, 27 attacks have been recorded against US forces in the two countries: 16 in Iraq and 11 in Syria."),
            "2023-10-31",
            [
                "cumulative iraq-and-syria = 27 (other:iraq 16, all-syria 11)",
            ],
        ),
        (
            (
                "Rockets fell near the US base in Conoco. The Syrian Observatory said the attack raised the total to 61 "
                "since October 19."
            ),
            "2023-12-27",
            [
                "cumulative all-syria = 61 since 2023-10-19",
            ],
        ),
        (
            "Washington says its forces in Iraq and Syria were attacked 151 times between October 17 and January 22.",
            "2024-01-23",
            [
                "cumulative iraq-and-syria = 151 since 2023-10-17",
            ],
        ),
        (
            ("From Oct. 17 through Nov. 23, the Pentagon tracked 73 attacks on U.S. forces: 37 in Syria and 36 in Iraq."),
            "2023-11-24",
            [
                "cumulative iraq-and-syria = 73 since 2023-10-17 (all-syria 37, other:iraq 36)",
            ],
        ),
        (
            "وبهذا الاستهداف يرتفع عدد الهجمات على القواعد الأمريكية في سوريا إلى 38 هجوماً منذ 19 أكتوبر الماضي.",
            "2023-11-18",
            [
                "cumulative all-syria = 38 since 2023-10-19",
            ],
        ),
        (
            ("وبلغت حصيلة الهجمات التي طالت قواعد التحالف منذ الـ19 من تشرين الأول الفائت 75 هجوماً، حسب المرصد السوري."),
            "2024-01-04",
            [
                "cumulative all-syria = 75 since 2023-10-19",
            ],
        ),
        (
            "وقال المرصد إن القواعد الأمريكية في سوريا تعرضت لـ 124 هجوماً منذ بداية الحرب على غزة.",
            "2024-04-07",
            [
                "cumulative all-syria = 124",
            ],
        ),
        (
            ("وتعرضت قواعد التحالف الدولي في سوريا، منذ مطلع العام الجاري، لما يزيد على 50 هجوماً بالصواريخ والطائرات المسيّرة."),
            "2024-06-10",
            [
                "cumulative all-syria > 50 since 2024-01-01",
            ],
        ),
        (
            "وهاجمت الفصائل القوات الأميركية في العراق وسوريا أكثر من مئة مرة منذ 17 تشرين الأول.",
            "2023-12-26",
            [
                "cumulative iraq-and-syria > 100 since 2023-10-17",
            ],
        ),
        (
            "وسجل المرصد مئة وأربعة وعشرين هجوماً على القواعد الأمريكية في سوريا منذ 19 تشرين الأول 2023.",
            "2024-04-07",
            [
                "cumulative all-syria = 124 since 2023-10-19",
            ],
        ),
        (
            "SOHR has documented one hundred and eight attacks on coalition bases in Syria since October 19, 2023.",
            "2024-02-05",
            [
                "cumulative all-syria = 108 since 2023-10-19",
            ],
        ),
        (
            "وإلى الآن، وثق المرصد السوري 130 هجوماً على قواعد التحالف في سوريا.",
            "2024-08-01",
            [
                "cumulative all-syria = 130",
            ],
        ),
        (
            (
                "On Oct. 17 the truce with the factions ended. Since then, U.S. forces in Iraq and Syria have been "
                "attacked 74 times."
            ),
            "2023-11-30",
            [
                "cumulative iraq-and-syria = 74 since 2023-10-17",
            ],
        ),
        (
            (
                "قال المتحدث باسم البنتاغون بات رايدر إن القوات الأميركية تعرضت لـ 23 هجوماً بين 17 و30 أكتوبر، 14 منها "
                "في العراق و9 في سوريا."
            ),
            "2023-10-31",
            [
                "cumulative iraq-and-syria = 23 since 2023-10-17 (other:iraq 14, all-syria 9)",
            ],
        ),
        (
            ("The Pentagon's tally of attacks on American troops in Iraq and Syria since mid-October has climbed to 105."),
            "2023-12-25",
            [
                "cumulative iraq-and-syria = 105",
            ],
        ),
        (
            "Since last Saturday US bases in Syria have been attacked five times, according to the Observatory.",
            "2023-11-15",
            [
                "cumulative all-syria = 5 since 2023-11-11",
            ],
        ),
        (
            (
                "There have been 32 separate attacks in Syria and 38 in Iraq against US forces since Oct. 17, a Pentagon "
                "spokesperson said."
            ),
            "2023-11-28",
            [
                "cumulative all-syria = 32 since 2023-10-17",
                "cumulative other:iraq = 38 since 2023-10-17",
            ],
        ),
        (
            "SOHR: the number of attacks on international coalition bases since October 19 now stands at 75.",
            "2024-01-04",
            [
                "cumulative all-syria = 75 since 2023-10-19",
            ],
        ),
        (
            "وكانت حصيلة سابقة للمرصد قد تحدثت عن 116 هجوماً على قواعد التحالف.",
            "2024-02-20",
            [
                "cumulative all-syria = 116",
            ],
        ),
        (
            "قُتل 7 من قسد في هجوم هو الأعنف من أصل 109 هجمات على قواعد التحالف.",
            "2024-02-05",
            [
                "cumulative all-syria = 109",
            ],
        ),
        (
            "Total attacks on U.S. bases since Oct. 17: 165 (66 in Iraq, 98 in Syria, one in Jordan).",
            "2024-01-31",
            [
                "cumulative other:iraq-syria-jordan = 165 since 2023-10-17 (other:iraq 66, all-syria 98, other:jordan 1)",
            ],
        ),
        (
            ("الهجمات الـ 55 التي تعرضت لها القوات الأميركية في العراق وسوريا منذ 17 تشرين الأول أسفرت عن إصابة 59 جندياً."),
            "2023-11-15",
            [
                "cumulative iraq-and-syria = 55 since 2023-10-17",
            ],
        ),
        (
            ("وقالت وزارة الدفاع إن قواتها تعرضت منذ 17 تشرين الأول لـ13 هجوماً (10 في العراق و3 في سوريا) بالمسيّرات والصواريخ."),
            "2023-10-25",
            [
                "cumulative iraq-and-syria = 13 since 2023-10-17 (other:iraq 10, all-syria 3)",
            ],
        ),
        (
            (
                "رصدنا في المرصد السوري 28 استهدافاً بالمسيّرات و32 بالصواريخ للقواعد الأمريكية في سوريا منذ 19 تشرين "
                "الأول، أي 60 استهدافاً."
            ),
            "2023-12-22",
            [
                "cumulative all-syria = 60 since 2023-10-19",
            ],
        ),
        (
            (
                "The two attacks brought the day's total to five and the overall count since Oct. 19 to 39, the monitor "
                "said.\nCoalition bases in Syria were the target."
            ),
            "2023-11-18",
            [
                "cumulative all-syria = 39 since 2023-10-19",
            ],
        ),
        (
            (
                "The Houthis have launched 45 attacks on ships in the Red Sea since November 19, while US bases in Iraq "
                "and Syria have been attacked 170 times since October 17."
            ),
            "2024-02-15",
            [
                "cumulative iraq-and-syria = 170 since 2023-10-17",
            ],
        ),
        (
            (
                "The US military struck 85 targets in Iraq and Syria on Friday in retaliation for 165 attacks on its "
                "forces since October 17."
            ),
            "2024-02-03",
            [
                "cumulative iraq-and-syria = 165 since 2023-10-17",
            ],
        ),
    ],
)
def test_a_running_total_is_read(read: Read, text: str, published: str, expected: list[str]) -> None:
    """However a report says that a count runs over a time, and on whom the attacks were."""
    assert [told(tally) for tally in read(text, published).tallies] == expected
