"""Published totals: cumulative counts with their parts, periods, ordinals, and what only looks like a total."""

from collections.abc import Callable

import pytest

from app.extract.values import Extraction, Tally

Read = Callable[..., Extraction]


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


def told(tally: Tally) -> str:
    parts = ", ".join(f"{part.scope} {part.count}" for part in tally.parts)
    since = f" since {tally.start}" if tally.start else ""
    return f"{tally.kind} {tally.scope} {tally.bound} {tally.count}{since}" + (f" ({parts})" if parts else "")


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
