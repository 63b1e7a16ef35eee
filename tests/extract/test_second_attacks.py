"""Second attacks, told in few words: another on the same base, "the same day", "another one", and what is told of both."""

from collections.abc import Callable

import pytest

from app.extract.values import Extraction

Read = Callable[..., Extraction]


def told(extraction: Extraction, *fields: str) -> list[tuple[str | None, ...]]:
    return [tuple(mention.value(field) for field in fields) for mention in extraction.mentions]


@pytest.mark.parametrize(
    "text",
    [
        "سقطت صواريخ على قاعدة كونيكو أمس. وبعد أقل من ساعة تعرضت القاعدة لهجوم آخر بالصواريخ.",
        "سقطت صواريخ على قاعدة كونيكو أمس. واستُهدفت القاعدة للمرة الثانية بالصواريخ أمس.",
        "سقطت صواريخ على قاعدة كونيكو أمس. وبعد ساعات قُصفت القاعدة مجدداً بالصواريخ.",
        "سقطت صواريخ على قاعدة كونيكو أمس. أما الهجوم الثاني فكان بثلاثة صواريخ.",
        "Rockets hit the Conoco base yesterday. The Conoco base was hit by rockets again two hours later.",
        "Rockets were fired at the Conoco base yesterday, and then again a few hours later.",
        "Rockets hit the Conoco base yesterday. A second attack with rockets hit the base in the evening.",
        "Rockets hit the Conoco base yesterday. The second attack was by three rockets.",
        "سقطت صواريخ على قاعدة كونيكو أمس، ثم عاودت الصواريخ استهداف القاعدة بعد نحو ثلاث ساعات.",
        "تعرضت قاعدة كونيكو لقصف بصاروخين أمس، تلاه هجوم ثانٍ بثلاثة صواريخ.",
    ],
)
def test_another_attack_on_the_base_is_a_second_mention(read: Read, text: str) -> None:
    assert told(read(text), "base", "date_start", "weapon") == [("conoco", "2023-11-03", "rocket")] * 2


@pytest.mark.parametrize(
    "text",
    [
        "سقطت صواريخ على قاعدة كونيكو أمس. وهو الهجوم الثاني على القاعدة خلال أسبوع.",
        "سقطت صواريخ على قاعدة كونيكو أمس. واستُهدفت القاعدة بذلك للمرة الثانية خلال أسبوع.",
        "Rockets hit the Conoco base yesterday. Rockets hit the base for the second time in three days.",
        "Rockets hit the Conoco base yesterday. Another strike, by US aircraft, hit positions near the base.",
        "Rockets hit the Conoco base yesterday. No second attack on the base was reported.",
        "سقطت صواريخ على قاعدة كونيكو أمس. وقال مصدر إن هجوماً آخر على القاعدة متوقع.",
        "سقطت صواريخ على قاعدة كونيكو أمس، ولحقت أضرار بمبان أخرى.",
        "سقطت صواريخ مجدداً على قاعدة كونيكو أمس. وسقطت الصواريخ على قاعدة كونيكو مساء.",
        "Rockets hit the Conoco base yesterday. It was the second attack on the base in a week.",
        "Rockets hit the Conoco base again yesterday. SOHR said four rockets hit the Conoco base.",
        "For the second time in a week rockets hit the Conoco base yesterday. Rockets hit the Conoco base, SOHR said.",
    ],
)
def test_a_count_over_time_or_a_retelling_is_no_second_mention(read: Read, text: str) -> None:
    assert told(read(text), "base", "date_start") == [("conoco", "2023-11-03")]


def test_what_is_told_of_the_first_and_of_the_second_stays_with_each(read: Read) -> None:
    text = (
        "Rockets were fired at the Conoco base yesterday, and then again a few hours later. "
        "In the first attack two rockets fell short. The second one consisted of five rockets. "
        "Officials blamed militias backed by Iran for it."
    )
    assert told(read(text), "munitions_low", "attributed_to") == [("2", None), ("5", "iran-backed-militias")]


def test_what_is_told_of_both_attacks_holds_for_both(read: Read) -> None:
    text = "سقط صاروخ على قاعدة كونيكو أمس. واستهدفت مسيرة قاعدة التنف أمس. وتبنت المقاومة العراقية الهجومين."
    assert told(read(text), "base", "claimed_by") == [
        ("conoco", "islamic-resistance-in-iraq"),
        ("al-tanf", "islamic-resistance-in-iraq"),
    ]


def test_a_day_told_later_is_that_of_the_attack_told_without_one(read: Read) -> None:
    text = "A drone attack hit the Tanf base, officials said. The drone hit a store at the Tanf base on Friday evening."
    assert told(read(text), "date_start", "time_of_day") == [("2023-11-03", "evening")]


def test_what_happened_the_day_before_as_well_is_another_attack(read: Read) -> None:
    text = "A drone attack hit the Tanf base, officials said. A drone had also hit the Tanf base on Friday."
    assert told(read(text), "date_start") == [("2023-11-04",), ("2023-11-03",)]


@pytest.mark.parametrize(
    ("text", "day", "part"),
    [
        ("سقطت صواريخ على قاعدة العمر يوم الخميس، بينما استُهدفت قاعدة كونيكو في اليوم نفسه بمسيّرة.", "2023-11-02", None),
        ("سقط صاروخ على قاعدة التنف الخميس. وفي مساء اليوم ذاته سقط صاروخ على قاعدة كونيكو.", "2023-11-02", "evening"),
        ("A drone hit the Tanf base on Thursday. That evening rockets hit the Conoco base.", "2023-11-02", "evening"),
        ("Officials met on Thursday. The same day rockets hit the Conoco base.", "2023-11-02", None),
        ("Rockets hit the Conoco base that evening.", None, "evening"),
    ],
)
def test_the_same_day_is_that_of_the_sentence_before(read: Read, text: str, day: str | None, part: str | None) -> None:
    assert told(read(text), "date_start", "time_of_day")[-1] == (day, part)


def test_the_same_day_of_a_visit_is_not_that_of_an_older_attack(read: Read) -> None:
    text = "سقط صاروخ على قاعدة التنف أمس. وزار وفد في اليوم نفسه قاعدة كونيكو التي تعرضت لقصف مطلع الشهر."
    assert told(read(text), "base") == [("al-tanf",)]


def test_the_day_of_attacks_announced_together_is_that_of_each(read: Read) -> None:
    text = "Two bases of the coalition were attacked on Thursday morning. A drone hit the Tanf base. Rockets hit the Conoco base."
    assert told(read(text), "date_start", "time_of_day") == [("2023-11-02", "morning"), ("2023-11-02", "morning")]


def test_a_second_attack_of_one_sentence_keeps_its_own_time_and_end(read: Read) -> None:
    text = "تعرضت قاعدة التنف لهجوم بمسيّرتين صباح اليوم، تلاه هجوم ثانٍ بثلاث مسيّرات ظهراً، وأسقطت الدفاعات واحدة منها."
    assert told(read(text), "time_of_day", "munitions_high", "intercepted") == [("morning", "2", None), ("noon", "3", "some")]


@pytest.mark.parametrize(
    "text",
    [
        "هاجمت المقاومة العراقية بالصواريخ قاعدة كونيكو وبالطيران المسيّر قاعدة التنف.",
        "استُهدفت قاعدة كونيكو بالصواريخ وقاعدة التنف بالمسيّرات.",
        "سقطت صواريخ على قاعدة كونيكو وهاجمت مسيّرات قاعدة التنف.",
        "Rockets hit the Conoco base and drones attacked the Tanf base.",
    ],
)
def test_each_of_two_bases_in_one_breath_has_its_own_weapon(read: Read, text: str) -> None:
    assert told(read(text), "base", "weapon") == [("conoco", "rocket"), ("al-tanf", "drone")]


def test_a_second_drone_is_one_more_of_the_same_attack(read: Read) -> None:
    text = "A drone was shot down near the Tanf base. A second drone crashed short of it."
    assert told(read(text), "munitions_high", "intercepted") == [("2", "some")]


@pytest.mark.parametrize(
    ("text", "weapon", "count"),
    [
        ("تلقت قاعدة العمر 10 ضربات بصواريخ، وتلقت قاعدة كونيكو 4 ضربات من النوع ذاته.", "rocket", "4"),
        ("استُهدفت قاعدة العمر بمسيّرة. واستُهدفت قاعدة كونيكو بالسلاح نفسه.", "drone", None),
        ("A drone was shot down near the Tanf base, and another one was shot down at the Conoco base.", "drone", "1"),
        ("Rockets hit the Tanf base. A drone released three shells over the Conoco base.", "drone", "3"),
    ],
)
def test_the_same_kind_and_another_one_take_the_weapon_before(read: Read, text: str, weapon: str, count: str | None) -> None:
    assert told(read(text), "base", "weapon", "munitions_high")[-1] == ("conoco", weapon, count)


def test_two_names_of_one_compound_are_two_where_the_second_was_also_attacked(read: Read) -> None:
    text = "A drone hit the Kharab al-Jir base. A drone was also sent against the base at Rmelan."
    assert told(read(text), "base") == [("kharab-al-jir",), ("rmelan",)]


def test_the_claimant_goes_on_in_another_statement(read: Read) -> None:
    text = "أعلنت المقاومة الإسلامية في العراق استهداف قاعدة التنف بمسيرة. وكانت قد أعلنت أمس استهداف قاعدتي كونيكو والشدادي."
    assert told(read(text), "claimed_by", "status") == [("islamic-resistance-in-iraq", "claimed")] * 3


def test_somebody_else_in_between_makes_no_claim(read: Read) -> None:
    text = "أعلنت المقاومة الإسلامية في العراق استهداف قاعدة التنف بمسيرة. وقال المرصد السوري إن صاروخاً سقط على قاعدة كونيكو."
    assert told(read(text), "base", "claimed_by")[-1] == ("conoco", None)
