"""What a report denies, and where it says that an attack came from."""

import pytest

from tests.extract.parties import IRI, Parties, Read, one, parties


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سقط صاروخ على قاعدة التنف. ونفت كتائب حزب الله مسؤوليتها عن الهجوم.", {"al-tanf": (None, None, "reported")}),
        (
            ("Rockets hit the Conoco base on Thursday. Kataib Hezbollah denied any involvement."),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("سقط صاروخ على قاعدة التنف أمس، بحسب مصادر محلية. ونفى متحدث باسم التحالف تعرض القاعدة لأي هجوم."),
            {"al-tanf": (None, None, "disputed")},
        ),
        (
            (
                "سقط صاروخ على قاعدة كونيكو أمس. وسقطت قذائف على حقل العمر. ونفى متحدث باسم التحالف أن تكون قواته في "
                "كونيكو قد تعرضت لأي قصف، ولم يتطرق إلى ما جرى في حقل العمر."
            ),
            {"conoco": (None, None, "disputed"), "al-omar": (None, None, "reported")},
        ),
        (
            ("أعلنت المقاومة الإسلامية في العراق استهداف قاعدة التنف بمسيرة. لكن مسؤولاً أميركياً نفى ذلك."),
            {"al-tanf": (IRI, None, "disputed")},
        ),
        ("سقط صاروخ على قاعدة التنف أمس. ونفت إيران أي صلة لها بالهجوم.", {"al-tanf": (None, None, "reported")}),
        ("سقط صاروخ على قاعدة التنف أمس. ونفى مسؤول أميركي وقوع إصابات.", {"al-tanf": (None, None, "reported")}),
        (
            (
                "Rockets hit the Conoco base on Thursday, residents said. A coalition spokesman denied that the base "
                "had been attacked."
            ),
            {"conoco": (None, None, "disputed")},
        ),
        (
            ("The Islamic Resistance in Iraq said it had struck al-Tanf with drones. A US official denied the claim."),
            {"al-tanf": (IRI, None, "disputed")},
        ),
        ("Rockets hit the Conoco base on Thursday. Iran denied any role in the attack.", {"conoco": (None, None, "reported")}),
        ("نفى مصدر في التحالف سقوط صواريخ على قاعدة الشدادي، موضحاً أن الأصوات ناجمة عن تفجير متحكم به.", {}),
        (
            (
                "The coalition denied reports that rockets had hit the Shaddadi base and said the blasts came from a "
                "controlled detonation."
            ),
            {},
        ),
        (
            (
                "تداولت صفحات محلية أنباء عن سقوط قذائف على قاعدة الشدادي. وأوضح مصدر عسكري أن ما سُمع رمايات مدفعية "
                "في إطار تدريب مشترك."
            ),
            {},
        ),
        (
            (
                "Residents woke to blasts that sent rumours of a rocket attack on the Conoco base through chat "
                "groups. The noise was outgoing artillery fire from a drill, an officer said."
            ),
            {},
        ),
        (
            ("نفى التحالف تعرض قاعدة الشدادي لأي هجوم، وقال إن الانفجارات سببها تدريب. وسقط صاروخان على قاعدة كونيكو مساء أمس."),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("أعلنت المقاومة الإسلامية في العراق استهداف قاعدة التنف بمسيرة. ونفى مسؤول أميركي أن تكون القاعدة قد استُهدفت."),
            {"al-tanf": (IRI, None, "disputed")},
        ),
        (
            ("تحدثت مصادر محلية عن سقوط صواريخ على قاعدة كونيكو أمس. وقال التحالف إنه لا صحة لهذه الأنباء."),
            {"conoco": (None, None, "disputed")},
        ),
        ("تحدثت مصادر محلية عن سقوط صواريخ على قاعدة كونيكو أمس. ونفت قسد صحة ذلك.", {"conoco": (None, None, "disputed")}),
        (
            ("Local sources said rockets hit the Conoco base on Friday. The coalition said the reports were false."),
            {"conoco": (None, None, "disputed")},
        ),
        (
            ("Rockets hit the Conoco base on Friday. The Pentagon denied that it planned to leave Syria."),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("Rockets hit the Conoco base on Friday. A US official denied there were any casualties."),
            {"conoco": (None, None, "reported")},
        ),
        (
            (
                "نفى مسؤول أميركي تعرض قاعدة التنف لأي هجوم أمس. وكانت مصادر محلية قد قالت إن طائرة مسيّرة استهدفت "
                "قاعدة التنف مساء أمس."
            ),
            {"al-tanf": (None, None, "disputed")},
        ),
        (
            (
                "أعلنت المقاومة الإسلامية في العراق استهداف قاعدتي التنف والشدادي بمسيّرات. ونفى التحالف تعرض قاعدة "
                "الشدادي لأي هجوم."
            ),
            {"al-tanf": (IRI, None, "claimed"), "al-shaddadi": (IRI, None, "disputed")},
        ),
        ("سقط صاروخ على قاعدة كونيكو أمس. ونفى مصدر في قسد وقوف العشائر خلف الهجوم.", {"conoco": (None, None, "reported")}),
        ("سقط صاروخ على قاعدة كونيكو أمس. ونفت دمشق علمها بالهجوم.", {"conoco": (None, None, "reported")}),
        ("ونفت المقاومة الإسلامية في العراق صلتها بالهجوم الذي استهدف قاعدة الشدادي بصاروخين مساء الجمعة.\n", {}),
        (
            ("استُهدفت قاعدة الشدادي بصاروخين مساء الجمعة. ونفت المقاومة الإسلامية في العراق صلتها بالهجوم.\n"),
            {"al-shaddadi": (None, None, "reported")},
        ),
        (
            (
                "The Islamic Resistance in Iraq denied that it had fired the rockets that hit the Shaddadi base on "
                "Friday, a US official said.\n"
            ),
            {},
        ),
        (
            (
                "Rockets hit the Shaddadi base on Friday. The Islamic Resistance in Iraq has neither confirmed nor "
                "denied responsibility.\n"
            ),
            {"al-shaddadi": (None, None, "reported")},
        ),
        (
            (
                "نفى مسؤول أميركي أن تكون قاعدة التنف قد تعرضت لأي هجوم. وجاء النفي بعد أن تحدثت مصادر محلية عن "
                "طائرتين مسيّرتين هاجمتا القاعدة مساء أمس."
            ),
            {"al-tanf": (None, None, "disputed")},
        ),
    ],
)
def test_a_denial_disputes_the_attack_it_means_and_another_cause_leaves_none(read: Read, text: str, expected: Parties) -> None:
    assert parties(read, text) == expected


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("أُطلقت من الأراضي العراقية", "Iraqi territory"),
        ("مصدرها محيط مدينة الميادين", "Mayadin area"),
        ("أُطلقت من جهة الميادين", "Mayadin area"),
        ("أُطلقت من الضفة الغربية لنهر الفرات", "west of the Euphrates"),
        ("أُطلقت من الضفة المقابلة للفرات", "the other bank of the Euphrates"),
        ("انطلقت من مناطق خاضعة للنظام السوري", "regime-held areas"),
        ("أُطلقت من قرية الجنينة", "قرية الجنينة"),
        ("انطلقت من أطراف بلدة الطيبة باتجاه القاعدة", "أطراف بلدة الطيبة"),
        ("أطلقتها مجموعات مسلحة من محيط بلدة الجلاء", "محيط بلدة الجلاء"),
        ("أُطلقت من منصة متنقلة", None),
        ("أُطلقت من قبل مجهولين", None),
        ("أُطلقت من مكان مجهول", None),
    ],
)
def test_the_place_of_launch_is_a_known_one_or_the_words_of_the_report(read: Read, words: str, place: str | None) -> None:
    assert one(read, f"سقطت صواريخ على قاعدة كونيكو أمس، {words}.").value("launched_from") == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The Conoco base was rocketed from across the Iraqi border on Friday.", "Iraqi territory"),
        ("Rockets fired from the outskirts of Tabiyah hit the Conoco base on Friday.", "the outskirts of Tabiyah"),
        ("Rockets hit the Conoco base on Friday, fired from the direction of Mayadin.", "Mayadin area"),
        ("Rockets fired from the west bank of the Euphrates hit the Conoco base.", "west of the Euphrates"),
        ("Rockets launched from a village called Jafra hit the Conoco base.", "a village called Jafra"),
        ("Rockets fired from a launcher on a truck hit the Conoco base.", None),
        ("A convoy from Kurdistan reached the base after rockets hit the Conoco base.", None),
    ],
)
def test_the_place_of_launch_in_english(read: Read, text: str, place: str | None) -> None:
    assert one(read, text).value("launched_from") == place
