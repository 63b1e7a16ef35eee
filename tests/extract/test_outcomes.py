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
        (
            "yes",
            "Drones hit the al-Tanf garrison. Twenty service members suffered minor injuries, the Pentagon said.",
        ),
        (
            "yes",
            "Drones hit the al-Tanf garrison. The Pentagon later said 15 troops were found to have traumatic brain injury.",
        ),
        ("yes", "A drone crashed into the Rmelan base on Friday, wounding several U.S. and coalition personnel."),
        ("yes", "A rocket attack on the Conoco base on Friday left one US soldier lightly wounded."),
        ("yes", "A U.S. contractor died and another was hurt when a drone hit the Rmelan base on Friday."),
        (
            "yes",
            "Rockets hit the Green Village base. Two women and two children in a nearby village sustained minor wounds.",
        ),
        ("none", "Rockets landed at the Green Village base on Friday, but there were no reported injuries or damage."),
        (
            "none",
            "Rockets hit the Green Village base. No coalition forces were injured and no equipment was damaged.",
        ),
        ("none", "The attack on the Green Village base on Friday with rockets caused no casualties or damage to the base."),
        (
            "none",
            'Rockets hit the Conoco base. "There were no injuries and no damage to the base," Central Command said.',
        ),
        ("none", "Three rockets hit the Shaddadi base on Friday without causing any casualties or material damage, SOHR said."),
        ("none", "Rockets landed near the Conoco base on Friday; none of the troops there were harmed."),
        (
            "unknown",
            "Rockets hit the Conoco base. There was no immediate information about casualties or damage.",
        ),
        ("unknown", "Rockets landed near the Conoco base on Friday. It is unclear if there were any casualties."),
        ("unknown", "Rockets landed near the Conoco base on Friday, with no details available about possible casualties."),
        (
            "unknown",
            "Rockets landed near the Conoco base on Friday, SOHR said, adding that no information was available on human losses.",
        ),
        ("unknown", "Rockets landed near the Conoco base on Friday amid unconfirmed reports of casualties."),
        ("unknown", "Rockets landed near the Conoco base on Friday. The extent of casualties was not known."),
        (None, "Rockets landed near the Conoco base on Friday. Plumes of smoke were seen rising."),
        (None, "Rockets landed near the Conoco base on Friday. A fire broke out in a warehouse and was put out."),
        (
            None,
            "Rockets hit the Conoco base. The attack comes after three US soldiers were killed in Jordan on Sunday.",
        ),
        (None, "Rockets hit the Conoco base. Israel's war in Gaza has killed thousands of Palestinians."),
        (
            None,
            "Rockets hit the Conoco base. An Israeli strike in Damascus killed five Guards members.",
        ),
        (
            None,
            "Rockets hit the Conoco base. Since October more than 70 US troops have been injured in such attacks.",
        ),
        (None, "Rockets landed near the Conoco base on Friday. The group vowed to kill more American soldiers."),
        ("none", "سقطت صواريخ على قاعدة كونيكو الجمعة، من دون ورود تقارير عن سقوط إصابات."),
        ("none", "سقطت صواريخ على قاعدة كونيكو الجمعة. وأضاف المصدر أن الهجوم لم يسفر عن خسائر بشرية أو مادية."),
        ("none", "سقطت صواريخ على قاعدة كونيكو الجمعة. وأكدت القيادة المركزية عدم وقوع إصابات في صفوف قواتها."),
        ("none", "سقطت صواريخ على قاعدة كونيكو الجمعة، ولم يصب أي من أفراد القوات الأميركية أو التحالف."),
        ("none", "سقطت صواريخ على قاعدة كونيكو الجمعة، ولم يتسبب القصف بوقوع ضحايا."),
        ("none", "سقطت صواريخ على قاعدة كونيكو الجمعة، واقتصرت الخسائر على الأضرار المادية."),
        ("none", "سقطت صواريخ على قاعدة كونيكو الجمعة، ولحسن الحظ لم يكن هناك إصابات."),
        ("none", "سقطت صواريخ على قاعدة كونيكو الجمعة بدون وقوع أي إصابات بين العناصر."),
        ("unknown", "سقطت صواريخ على قاعدة كونيكو الجمعة، ولم ترد حتى اللحظة أي تفاصيل عن حجم الخسائر."),
        ("unknown", "سقطت صواريخ على قاعدة كونيكو الجمعة، دون أن ترد معلومات عن الخسائر البشرية والمادية."),
        ("unknown", "سقطت صواريخ على قاعدة كونيكو الجمعة، في ظل تكتم القوات الأميركية على خسائرها."),
        ("unknown", "سقطت صواريخ على قاعدة كونيكو الجمعة، ولا معلومات مؤكدة حول وجود خسائر بشرية حتى اللحظة."),
        ("unknown", "سقطت صواريخ على قاعدة كونيكو الجمعة، ولم يعرف ما إذا خلفت خسائر."),
        ("unknown", "سقطت صواريخ على قاعدة كونيكو الجمعة. ولم تعلن القوات الأميركية عن حجم خسائرها."),
        ("unknown", "سقطت صواريخ على قاعدة كونيكو الجمعة. ولم يتضح حجم الأضرار أو عدد الإصابات."),
        ("yes", "سقطت صواريخ على قاعدة كونيكو الجمعة. وأعلن البنتاغون إصابة أربعة من جنوده."),
        ("yes", "سقطت صواريخ على قاعدة كونيكو الجمعة، وأدت إلى سقوط قتيل وجريحين من قسد."),
        ("yes", "سقطت صواريخ على قاعدة كونيكو الجمعة وأوقعت إصابات بين الجنود."),
        ("yes", "سقطت صواريخ على قاعدة كونيكو الجمعة، وقضى في القصف عنصر من الحراسة."),
        ("yes", "سقطت صواريخ على قاعدة كونيكو الجمعة، ونقل عدد من الجرحى بمروحية إلى قاعدة الشدادي."),
        ("yes", "استشهد مقاتلان من قوات سوريا الديمقراطية بهجوم مسيرة على قاعدة حقل العمر أمس."),
        (None, "سقطت صواريخ على قاعدة كونيكو الجمعة، وسمعت أصوات سيارات الإسعاف."),
        (None, "سقطت صواريخ على قاعدة كونيكو الجمعة وألحقت أضرارا بمهبط الطائرات."),
        (None, "سقطت صواريخ على قاعدة كونيكو الجمعة. وتأتي الهجمات ردا على مقتل آلاف الفلسطينيين في غزة."),
        (
            None,
            "سقطت صواريخ على قاعدة كونيكو الجمعة. وكان خمسة جنود أميركيين قد أصيبوا بهجوم على قاعدة عين الأسد الأسبوع الماضي.",
        ),
        (None, "سقطت صواريخ على قاعدة كونيكو الجمعة. وقتل شاب برصاص مجهولين في بلدة الشحيل."),
        ("none", "أسقطت الدفاعات الجوية مسيرتين هاجمتا قاعدة الشدادي الجمعة دون تسجيل خسائر."),
        (None, "أطلقت ستة صواريخ على قاعدة كونيكو الجمعة، سقطت خارج أسوارها."),
        (None, "أطلقت ستة صواريخ على قاعدة كونيكو الجمعة، وشوهدت المضادات تطلق نيرانها."),
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
        ("all", "أسقطت الدفاعات الجوية مسيرتين هاجمتا قاعدة الشدادي الجمعة دون تسجيل خسائر."),
        ("all", "أعلنت قسد إفشال هجوم بمسيرتين على قاعدة الشدادي الجمعة."),
        ("all", "دمرت الدفاعات الجوية طائرة مسيرة كانت متجهة إلى قاعدة الشدادي الجمعة."),
        ("all", "تمكنت المضادات من تحييد مسيرة انتحارية فوق قاعدة الشدادي الجمعة."),
        ("some", "أطلقت ستة صواريخ على قاعدة كونيكو الجمعة، اعترضت الدفاعات أربعة منها وسقط صاروخان داخلها."),
        ("some", "أطلقت ستة صواريخ على قاعدة كونيكو الجمعة، وتم اعتراض معظمها."),
        ("some", "هاجمت خمس مسيرات قاعدة كونيكو الجمعة، أسقط بعضها وأصابت أخرى أهدافا داخل القاعدة."),
        ("all", "أطلقت ستة صواريخ على قاعدة كونيكو الجمعة، وتم اعتراضها جميعا."),
        ("none", "سقطت ستة صواريخ على قاعدة كونيكو الجمعة دون أن تتمكن الدفاعات من اعتراضها."),
        ("none", "سقطت مسيرة على قاعدة كونيكو الجمعة بعدما تجاوزت الدفاعات الجوية."),
        ("some", "Six rockets were fired at the Conoco base on Friday; four were intercepted and two landed inside."),
        ("some", "Five drones were launched at the Conoco base on Friday, most of which were shot down."),
        ("all", "Five drones were launched at the Conoco base on Friday, all of which were shot down."),
        ("all", "A drone was destroyed by air defenses before it could reach the Conoco base on Friday."),
        ("all", "U.S. forces foiled a drone attack on the Shaddadi base on Friday."),
        ("none", "A drone hit the Conoco base on Friday after evading air defenses."),
        ("none", "A drone slipped past the defenses and struck the Conoco base on Friday."),
        (None, "A drone struck the Conoco base on Friday. It was not clear whether defenses had tried to intercept it."),
        (None, "Rockets aimed at the Conoco base on Friday fell short."),
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


@pytest.mark.parametrize(
    ("hurt", "text"),
    [
        ("none", "سقطت صواريخ على قاعدة كونيكو أمس، واقتصرت نتائجها على الماديات."),
        ("none", "سقطت صواريخ على قاعدة كونيكو أمس من غير إصابات."),
        ("none", "Ten rockets were fired at the Conoco base on Friday, without harm to anyone there."),
        ("none", "Ten rockets were fired at the Conoco base on Friday; none was hurt."),
        ("unknown", "سقطت صواريخ على قاعدة كونيكو أمس، ولا تزال حصيلة الخسائر البشرية مجهولة."),
        ("yes", "سقطت صواريخ على قاعدة كونيكو أمس، وبترت ساق أحد الجنود."),
    ],
)
def test_further_ways_to_tell_of_harm(read: Read, hurt: str | None, text: str) -> None:
    assert read(text, "2024-02-10").mentions[0].value("casualties_reported") == hurt


@pytest.mark.parametrize(
    ("stopped", "text"),
    [
        ("all", "أطلقت فصائل صواريخ على قاعدة كونيكو أمس، إلا أن الدفاعات الجوية دمرتها في الجو."),
        ("some", "هاجمت مسيرات قاعدة كونيكو أمس، وتمكنت الدفاعات من إسقاط واحدة من المسيرات."),
        ("some", "Two drones attacked the Conoco base on Friday: one was destroyed, while the other hit a tent."),
        (None, "Drones attacked the Conoco base on Friday. Officials in Iraqi Kurdistan said a drone was shot down near Erbil."),
    ],
)
def test_further_ways_to_tell_what_was_stopped(read: Read, stopped: str | None, text: str) -> None:
    assert read(text, "2024-02-10").mentions[0].value("intercepted") == stopped
