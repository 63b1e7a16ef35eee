"""Totals for a period, and ordinals, as reports word them."""

import pytest

from app.extract.values import Tally
from tests.extract.totals import Read, told


def parts(tally: Tally) -> list[tuple[str, int]]:
    return [(part.scope, part.count) for part in tally.parts]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        (
            "وثق المرصد خلال شهر كانون الأول 23 هجوماً على قواعد التحالف في سوريا.",
            "2024-01-02",
            [
                "period all-syria = 23 since 2023-12-01",
            ],
        ),
        (
            "شهد العام 2024 نحو 70 هجوماً على القواعد الأمريكية في سوريا.",
            "2025-01-02",
            [
                "period all-syria ~ 70 since 2024-01-01",
            ],
        ),
        (
            "In 2022 coalition bases in Syria were attacked 22 times, according to the Observatory.",
            "2023-01-05",
            [
                "period all-syria = 22 since 2022-01-01",
            ],
        ),
        (
            "Last month, SOHR recorded 29 attacks on coalition bases in Syria.",
            "2023-12-05",
            [
                "period all-syria = 29 since 2023-11-01",
            ],
        ),
        (
            "وتعرضت القواعد الأمريكية في سوريا لستة هجمات خلال الساعات الـ24 الماضية.",
            "2023-11-10",
            [
                "period all-syria = 6",
            ],
        ),
        (
            "US forces in Syria and Iraq came under four attacks in under 24 hours, the Pentagon said.",
            "2023-11-10",
            [
                "period iraq-and-syria = 4",
            ],
        ),
        (
            "Over the past three weeks, U.S. troops in Iraq and Syria have been attacked 40 times.",
            "2023-11-08",
            [
                "period iraq-and-syria = 40",
            ],
        ),
        (
            "ولم يسجل المرصد أي هجوم على القواعد الأمريكية في سوريا خلال شهر آذار.",
            "2024-04-02",
            [
                "period all-syria = 0 since 2024-03-01",
            ],
        ),
        (
            "No attacks on coalition bases in Syria were recorded in March.",
            "2024-04-02",
            [
                "period all-syria = 0 since 2024-03-01",
            ],
        ),
        (
            (
                "SOHR counted 65 attacks on US bases in Syria in the first half of 2024: 39 in January, 15 in February, "
                "none in March and six in April."
            ),
            "2024-07-02",
            [
                "period all-syria = 65 since 2024-01-01",
                "period all-syria = 39 since 2024-01-01",
                "period all-syria = 15 since 2024-02-01",
                "period all-syria = 0 since 2024-03-01",
                "period all-syria = 6 since 2024-04-01",
            ],
        ),
        (
            (
                "شهد شهر كانون الثاني أعلى عدد من الهجمات بواقع 39 هجوماً على القواعد الأميركية في سوريا، يليه تشرين "
                "الثاني بـ29 هجوماً."
            ),
            "2024-02-03",
            [
                "period all-syria = 39 since 2024-01-01",
                "period all-syria = 29 since 2023-11-01",
            ],
        ),
        (
            "In the first quarter of 2024 the Observatory logged 55 attacks on coalition bases in Syria.",
            "2024-04-03",
            [
                "period all-syria = 55 since 2024-01-01",
            ],
        ),
        (
            ("According to the monitor, Thursday's rocket fire brings to eight the attacks on Kharab al-Jir this month."),
            "2023-12-08",
            [
                "period kharab-al-jir = 8 since 2023-12-01",
            ],
        ),
        (
            "شهدت الأسابيع الثلاثة الماضية 25 هجوماً على القواعد الأميركية في سوريا.",
            "2023-11-08",
            [
                "period all-syria = 25",
            ],
        ),
        (
            "وسجل آب 2024 أربع هجمات على القواعد في سوريا مقابل هجومين في تموز.",
            "2024-09-02",
            [
                "period all-syria = 4 since 2024-08-01",
                "period all-syria = 2 since 2024-07-01",
            ],
        ),
        (
            "Attacks on the coalition's bases fell from 39 in January to 15 in February.",
            "2024-03-02",
            [
                "period all-syria = 39 since 2024-01-01",
                "period all-syria = 15 since 2024-02-01",
            ],
        ),
        (
            "There have been about 60 attacks on U.S. bases in Syria so far this year.",
            "2024-06-01",
            [
                "period all-syria ~ 60 since 2024-01-01",
            ],
        ),
        (
            "استهدفت قاعدة التنف مرة واحدة وكونيكو مرتين خلال تموز 2023.",
            "2023-08-03",
            [
                "period al-tanf = 1 since 2023-07-01",
                "period conoco = 2 since 2023-07-01",
            ],
        ),
        (
            "وبلغ إجمالي الهجمات خلال 2024 على قاعدة الشدادي وحدها 18 هجوماً.",
            "2025-01-03",
            [
                "period al-shaddadi = 18 since 2024-01-01",
            ],
        ),
        (
            ("سجل شهر تشرين الثاني 29 هجوماً، وكانون الأول 23 هجوماً، وكانون الثاني 39 هجوماً على القواعد الأمريكية في سوريا."),
            "2024-02-03",
            [
                "period all-syria = 29 since 2023-11-01",
                "period all-syria = 23 since 2023-12-01",
                "period all-syria = 39 since 2024-01-01",
            ],
        ),
        (
            "تعرضت قاعدة التنف لثلاث هجمات خلال أسبوع واحد، بينما استُهدفت كونيكو أربع مرات في الفترة نفسها.",
            "2023-11-17",
            [
                "period al-tanf = 3",
                "period conoco = 4",
            ],
        ),
    ],
)
def test_a_period_is_read(read: Read, text: str, published: str, expected: list[str]) -> None:
    """Months, quarters and years have days; hours, days and weeks are words."""
    assert [told(tally) for tally in read(text, published).tallies] == expected


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        (
            "The attack was the 19th recorded by the Observatory against US bases in Syria since October 19.",
            "2023-11-04",
            [
                "ordinal all-syria = 19 since 2023-10-19",
            ],
        ),
        (
            "وبحسب المرصد، فإن هذا الهجوم هو رقم 101 على قواعد التحالف في سوريا منذ 19 تشرين الأول.",
            "2024-01-31",
            [
                "ordinal all-syria = 101 since 2023-10-19",
            ],
        ),
        (
            "وهذا الاستهداف الـ 40 للقواعد الأمريكية في سوريا منذ 19 تشرين الأول 2023.",
            "2023-11-18",
            [
                "ordinal all-syria = 40 since 2023-10-19",
            ],
        ),
        (
            "استهدفت طائرة مسيّرة قاعدة التنف صباح اليوم، وهو الهجوم الثالث على القاعدة خلال أسبوع.",
            "2023-11-10",
            [
                "ordinal al-tanf = 3",
            ],
        ),
        (
            "تعرضت قاعدة خراب الجير لهجوم صاروخي مساء اليوم للمرة الثانية خلال 24 ساعة.",
            "2023-11-10",
            [
                "ordinal kharab-al-jir = 2",
            ],
        ),
        (
            "Rockets hit the base at al-Shaddadi on Friday for the third time in a week.",
            "2023-11-10",
            [
                "ordinal al-shaddadi = 3",
            ],
        ),
        (
            "Drones struck Conoco on Friday, the fourth attack on the gas field this month.",
            "2023-11-10",
            [
                "ordinal conoco = 4",
            ],
        ),
        (
            "ويعد هذا ثامن هجوم يستهدف القواعد الأميركية في سوريا خلال أسبوعين.",
            "2023-11-10",
            [
                "ordinal all-syria = 8",
            ],
        ),
        (
            "It was the 12th strike on a U.S. position in Syria in ten days.",
            "2023-11-10",
            [
                "ordinal all-syria = 12",
            ],
        ),
        (
            "It is the fifth time in four days that the base at al-Shaddadi has been fired on.",
            "2023-11-22",
            [
                "ordinal al-shaddadi = 5",
            ],
        ),
        (
            "The base at Himo was struck by a drone for the second time since Friday.",
            "2023-11-12",
            [
                "ordinal himo = 2 since 2023-11-10",
            ],
        ),
        (
            "وهذه هي المرة السادسة التي تتعرض فيها قاعدة الشدادي للاستهداف منذ 19 تشرين الأول.",
            "2023-11-17",
            [
                "ordinal al-shaddadi = 6 since 2023-10-19",
            ],
        ),
        (
            ("استهدفت طائرة مسيّرة قاعدة كونيكو اليوم، وهو ثاني هجوم يستهدف القاعدة خلال يومين، والسابع منذ بداية الشهر."),
            "2023-11-17",
            [
                "ordinal conoco = 2",
                "ordinal conoco = 7 since 2023-11-01",
            ],
        ),
        (
            "Tuesday's attack is at least the 130th on US troops in the region since October 17, ABC News reported.",
            "2024-01-10",
            [
                "ordinal other:middle-east = 130 since 2023-10-17",
            ],
        ),
        (
            "وبهذا تكون قاعدة الشدادي قد تعرضت للاستهداف للمرة العاشرة منذ 19 تشرين الأول.",
            "2023-12-08",
            [
                "ordinal al-shaddadi = 10 since 2023-10-19",
            ],
        ),
        (
            "Conoco was hit for the second time in as many days.",
            "2023-12-22",
            [
                "ordinal conoco = 2",
            ],
        ),
        (
            "الهجوم الذي استهدف التنف فجر اليوم هو الثاني عشر على القاعدة منذ 19 تشرين الأول.",
            "2024-01-28",
            [
                "ordinal al-tanf = 12 since 2023-10-19",
            ],
        ),
        (
            "سجلت قاعدة خراب الجير ثالث استهداف لها في أقل من 48 ساعة.",
            "2023-12-02",
            [
                "ordinal kharab-al-jir = 3",
            ],
        ),
    ],
)
def test_an_ordinal_is_read(read: Read, text: str, published: str, expected: list[str]) -> None:
    """In digits and words, before and behind its noun, of a base or of them all."""
    assert [told(tally) for tally in read(text, published).tallies] == expected
