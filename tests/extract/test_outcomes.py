"""What became of an attack: whether anyone was hurt, and whether it was stopped, in many ways of saying it."""

from collections.abc import Callable

import pytest

from app.extract.values import Extraction

Read = Callable[..., Extraction]


@pytest.mark.parametrize(
    ("hurt", "text"),
    [
        ("none", "سقطت صواريخ على قاعدة كونيكو أمس من دون أن يسجل سقوط جرحى."),
        ("none", "سقطت صواريخ على قاعدة كونيكو أمس، ولم يبلغ عن سقوط ضحايا."),
        ("none", "سقطت صواريخ على قاعدة كونيكو أمس، وأكد مسؤول أميركي أن أحداً لم يصب بأذى."),
        ("none", "سقطت صواريخ على قاعدة كونيكو أمس بلا إصابات."),
        ("none", "استهدفت مسيرة قاعدة التنف أمس، ونفى مسؤول أميركي سقوط قتلى أو جرحى."),
        ("none", "استهدفت مسيرة قاعدة التنف أمس، ولم يتعرض أي جندي لإصابات."),
        ("none", "استهدفت مسيرة قاعدة التنف أمس دون أن تتسبب بخسائر بشرية."),
        ("none", "استهدفت مسيرة قاعدة التنف أمس. وقال مسؤول أميركي إنه لا توجد إصابات في صفوف القوات الأميركية."),
        ("none", "استهدفت مسيرة قاعدة التنف أمس. ولم تخلف الضربة أي خسائر في الأرواح."),
        ("none", "استهدفت مسيرة قاعدة التنف أمس، مؤكدا عدم تسجيل أي إصابات بين الجنود."),
        ("none", "استهدفت مسيرة قاعدة التنف أمس ولم ينجم عن الهجوم أي ضحايا."),
        (None, "استهدفت مسيرة قاعدة التنف أمس وأسفرت عن أضرار مادية."),
        (None, "استهدفت مسيرة قاعدة التنف أمس وأوقعت خسائر مادية كبيرة."),
        (None, "استهدفت مسيرة قاعدة التنف أمس وحققت إصابة مباشرة."),
        (None, "استهدفت مسيرة قاعدة التنف يوم الأحد ولم تصب هدفها."),
        ("unknown", "استهدفت مسيرة قاعدة التنف أمس، ولم يتضح بعد ما إذا كانت هناك إصابات."),
        ("unknown", "استهدفت مسيرة قاعدة التنف أمس، وسط تكتم شديد من قوات التحالف عن حجم الخسائر."),
        ("unknown", "استهدفت مسيرة قاعدة التنف أمس، فيما لا تزال الخسائر غير معروفة."),
        ("unknown", "استهدفت مسيرة قاعدة التنف أمس، ولم تصدر حتى الآن أي معلومات عن وقوع إصابات أو أضرار."),
        ("unknown", "استهدفت مسيرة قاعدة التنف أمس، دون أن يكشف التحالف عن حصيلة الضحايا."),
        ("unknown", "استهدفت مسيرة قاعدة التنف أمس، ولم يتسن التأكد من وقوع خسائر بشرية."),
        ("yes", "استهدفت مسيرة قاعدة التنف أمس، ما أسفر عن إصابة ثلاثة جنود أميركيين بجروح طفيفة."),
        ("yes", "استهدفت مسيرة قاعدة التنف أمس، وأدى الهجوم إلى مقتل متعاقد أميركي."),
        ("yes", "استهدفت مسيرة قاعدة التنف أمس موقعة قتلى وجرحى في صفوف القوات الأميركية."),
        ("yes", "استهدفت مسيرة قاعدة التنف أمس. وأصيب في الهجوم مقاتلان من جيش سوريا الحرة."),
        ("yes", "سقطت صواريخ على قاعدة كونيكو أمس، وأصيب مدني بشظايا صاروخ سقط قرب منزله."),
        ("yes", "سقطت صواريخ على قاعدة كونيكو أمس. وقال البنتاغون إن أربعة جنود شخصت إصابتهم بارتجاج في الدماغ."),
        ("yes", "لم تتبن أي جهة الهجوم الذي استهدف قاعدة كونيكو بالصواريخ أمس وأدى إلى إصابة جنديين."),
        ("yes", "سقطت صواريخ على قاعدة كونيكو أمس، وأصيب ما لا يقل عن ثلاثة جنود."),
        (None, "سقطت صواريخ على قاعدة كونيكو أمس بعد مقتل ثلاثة جنود أميركيين في الأردن."),
        (None, "سقطت صواريخ على قاعدة كونيكو أمس. وردت طائرات التحالف بقصف مواقع للميليشيات ما أدى إلى مقتل سبعة عناصر."),
        ("none", "Rockets landed at the Conoco base yesterday. There were no casualties, the Pentagon said."),
        ("none", "Rockets landed at the Conoco base yesterday. No U.S. or coalition personnel were injured in the attack."),
        ("none", "Rockets landed at the Conoco base yesterday but did not hurt anyone."),
        ("none", "Rockets landed at the Conoco base yesterday without injuring anyone."),
        ("none", "Rockets landed at the Conoco base yesterday; there was no damage and no one was wounded."),
        ("none", "Rockets landed at the Conoco base yesterday. Officials said there were no reports of injuries."),
        ("none", "Rockets landed at the Conoco base yesterday, causing neither casualties nor damage."),
        ("none", "Rockets landed at the Conoco base yesterday. All American troops escaped unharmed."),
        ("none", "Rockets landed at the Conoco base yesterday. The attack resulted in zero injuries."),
        (None, "Rockets landed at the Conoco base yesterday and caused minor damage to a building."),
        (None, "Rockets landed at the Conoco base yesterday, and there was no damage to infrastructure."),
        ("unknown", "Rockets landed at the Conoco base yesterday. It was not immediately clear whether anyone was hurt."),
        ("unknown", "Rockets landed at the Conoco base yesterday. There was no immediate word on casualties."),
        ("unknown", "Rockets landed at the Conoco base yesterday. The official did not say whether there were injuries."),
        ("unknown", "Rockets landed at the Conoco base yesterday, with no information on casualties."),
        ("unknown", "Rockets landed at the Conoco base yesterday. Officials were still assessing injuries and damage."),
        ("yes", "A drone hit the al-Tanf base yesterday, killing a U.S. contractor and wounding five service members."),
        ("yes", "A drone hit the al-Tanf base yesterday. Four U.S. service members suffered traumatic brain injuries."),
        ("yes", "A drone hit the al-Tanf base yesterday, causing minor injuries."),
        ("yes", "A drone hit the al-Tanf base yesterday. Two members of the Syrian Free Army were wounded."),
        ("yes", "A drone hit the al-Tanf base yesterday. Two SDF fighters were injured, but no American was hurt."),
        ("yes", "Six Syrian Democratic Forces fighters were killed when a drone hit the al-Omar base yesterday."),
        ("yes", "A drone hit the al-Tanf base yesterday. Several soldiers were evaluated for concussions."),
        (None, "A drone hit the al-Tanf base yesterday, a week after three U.S. troops were killed in Jordan."),
        (None, "A drone hit the al-Tanf base yesterday. U.S. warplanes later struck militia depots, killing several fighters."),
        ("none", "A drone hit the al-Tanf base yesterday, but no militants or troops were hurt."),
    ],
)
def test_whether_anyone_was_hurt(read: Read, hurt: str | None, text: str) -> None:
    assert [mention.value("casualties_reported") for mention in read(text).mentions] == [hurt]


@pytest.mark.parametrize(
    ("stopped", "text"),
    [
        ("all", "أسقطت الدفاعات الجوية طائرة مسيرة قرب قاعدة التنف أمس قبل وصولها إلى هدفها."),
        ("all", "تصدت المضادات الأرضية لمسيرتين حاولتا استهداف قاعدة التنف أمس."),
        ("some", "هاجمت ثلاث مسيرات قاعدة التنف أمس، فأسقطت الدفاعات اثنتين منها وأصابت الثالثة مستودعا."),
        ("some", "هاجمت ثلاث مسيرات قاعدة التنف أمس، وتمكنت الدفاعات من إسقاط مسيرتين فيما انفجرت الثالثة داخل القاعدة."),
        ("some", "هاجمت مسيرتان قاعدة التنف أمس، وأسقطت إحداهما وسقطت الأخرى في محيط القاعدة."),
        ("all", "هاجمت مسيرتان قاعدة التنف أمس، وأسقطتهما الدفاعات الجوية."),
        ("none", "هاجمت مسيرتان قاعدة التنف أمس، وفشلت الدفاعات الجوية في التصدي لهما."),
        ("none", "هاجمت مسيرتان قاعدة التنف أمس، ولم تتمكن المضادات الأرضية من إسقاطهما."),
        ("none", "هاجمت مسيرتان قاعدة التنف أمس، وعجزت منظومة الدفاع عن اعتراضهما."),
        (None, "هاجمت مسيرة قاعدة التنف أمس وفشلت في إصابة هدفها."),
        (None, "هاجمت مسيرة قاعدة التنف أمس، وحاولت الدفاعات الجوية إسقاطها."),
        (None, "هاجمت مسيرة قاعدة التنف أمس، وسمعت أصوات المضادات وهي تتصدى لها."),
        (None, "أطلق صاروخ على قاعدة التنف أمس ولم يصب هدفه."),
        ("all", "U.S. forces shot down a drone heading for the al-Tanf base yesterday."),
        ("all", "A drone aimed at the al-Tanf base yesterday was intercepted before reaching its target."),
        ("some", "Three drones attacked the al-Tanf base yesterday; two were shot down and the third hit the compound."),
        ("some", "Two drones attacked the al-Tanf base yesterday. One was shot down, while the other struck a building."),
        ("some", "Several drones attacked the al-Tanf base yesterday and at least one was destroyed."),
        ("none", "A drone hit the al-Tanf base yesterday after air defenses failed to engage it."),
        ("none", "A drone hit the al-Tanf base yesterday; defenses were unable to shoot it down."),
        (None, "A drone flew at the al-Tanf base yesterday but failed to hit its target."),
        (None, "A drone attacked the al-Tanf base yesterday and troops tried to shoot it down."),
        (None, "Two rockets were fired at the Conoco base yesterday but missed."),
        (None, "Two rockets were fired at the Conoco base yesterday. The launcher was later destroyed."),
        ("all", "A drone attack on the al-Tanf base was thwarted yesterday."),
    ],
)
def test_whether_it_was_stopped(read: Read, stopped: str | None, text: str) -> None:
    assert [mention.value("intercepted") for mention in read(text).mentions] == [stopped]


def test_harm_at_both_bases_is_told_of_both(read: Read) -> None:
    text = "سقطت ستة صواريخ على قاعدة الشدادي أمس، وأربعة على قاعدة كونيكو، ولم تعرف الخسائر في القاعدتين."
    assert [mention.value("casualties_reported") for mention in read(text).mentions] == ["unknown", "unknown"]


def test_those_hurt_in_all_attacks_together_are_not_those_of_the_last(read: Read) -> None:
    text = (
        "Rockets landed at the Conoco base on Monday. There have been 52 attacks on US forces in Syria since October 17. "
        "Sixty service members were wounded."
    )
    assert [mention.value("casualties_reported") for mention in read(text, "2023-11-14").mentions] == [None]


def test_all_were_stopped_where_another_attack_came_through(read: Read) -> None:
    text = "أسقطت الدفاعات ثلاث مسيرات هاجمت قاعدة التنف أمس، لكنها لم تتمكن من اعتراض الصواريخ."
    assert [mention.value("intercepted") for mention in read(text).mentions] == ["some"]
