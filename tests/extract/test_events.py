"""What looks like a strike and is none, in many ways of saying it; and what only speaks of it."""

from collections.abc import Callable

import pytest

from app.extract.values import Extraction

Read = Callable[..., Extraction]


def kinds(extraction: Extraction) -> list[str]:
    return [event.kind for event in extraction.non_strike_events]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["coalition_response"], "ردت القوات الأميركية بقصف مواقع إطلاق الصواريخ في الضفة المقابلة."),
        (["coalition_response"], "قصفت مدفعية التحالف مواقع للميليشيات الإيرانية في محيط بلدة خشام."),
        (["coalition_response"], "نفذت طائرة مسيرة أميركية ضربة على سيارة للميليشيات في بادية البوكمال."),
        (["coalition_response"], "استهدفت طائرات التحالف فجر اليوم شاحنة أسلحة للحرس الثوري قرب الحدود العراقية."),
        (
            ["coalition_response"],
            "أعلنت القيادة المركزية الأميركية تنفيذ ضربات دقيقة على منشآت تستخدمها كتائب حزب الله في العراق.",
        ),
        (["coalition_response"], "شن سلاح الجو الأميركي غارات جوية على مستودعات ذخيرة في الميادين."),
        (["coalition_response"], "وقال البنتاغون إن مقاتلتين من طراز إف-16 قصفتا مستودعا للأسلحة قرب البوكمال."),
        (["coalition_response"], "ودمرت مروحيات أباتشي ثلاث مركبات استخدمت في إطلاق الصواريخ."),
        (["coalition_response"], "أطلقت قوات التحالف قذائف مدفعية باتجاه مواقع الميليشيات غربي الفرات ردا على القصف."),
        (["coalition_response"], "واستهدفت المدفعية الأميركية المتمركزة في حقل كونيكو مصادر النيران."),
        (["coalition_response"], "وقتل سبعة من عناصر الميليشيات في ضربات أميركية استهدفت مقراتهم في دير الزور."),
        (["coalition_response"], "وكانت واشنطن قد شنت الجمعة ضربات على أكثر من 85 هدفا في العراق وسوريا."),
        (["coalition_response"], "وأعقب ذلك قصف مدفعي من قبل قوات التحالف على مناطق سيطرة الميليشيات."),
        (["coalition_response"], "وجاء الرد سريعا إذ أغارت الطائرات الأميركية على مواقع المسلحين."),
        (["coalition_response"], "هاجم الجيش الأميركي مواقع للفصائل في جرف الصخر جنوب بغداد."),
        (["coalition_response"], 'استهدفت راجمات الصواريخ الأميركية "هيمارس" مواقع الميليشيات في القورية.'),
        (
            ["coalition_response"],
            "U.S. fighter jets struck a weapons depot used by Iran-backed militias in Deir ez-Zor province.",
        ),
        (
            ["coalition_response"],
            "The U.S. military carried out airstrikes on two facilities linked to Iran's Revolutionary Guard.",
        ),
        (["coalition_response"], "American artillery at the base responded with fire on the launch site."),
        (["coalition_response"], "Coalition forces returned fire at the point of origin."),
        (["coalition_response"], "An American drone strike killed a senior commander of Kataib Hezbollah in Baghdad last week."),
        (
            ["coalition_response"],
            "In response, US forces conducted precision strikes on command centers of the militias near Abu Kamal.",
        ),
        (
            ["coalition_response"],
            "President Joe Biden ordered strikes that hit 85 targets in Iraq and Syria, and U.S. bombers carried them out.",
        ),
        (["coalition_response"], "The United States retaliated with air strikes on militia positions in Mayadin."),
        (["coalition_response"], "U.S. Central Command said it destroyed three drones' launch sites used by militants in Iraq."),
        (["coalition_response"], "Apache helicopters destroyed two vehicles used to launch the rockets."),
        (["coalition_response"], "The Pentagon said two F-16s struck an ammunition storage area near Boukamal."),
        (["coalition_response"], "US warplanes pounded positions of pro-Iranian fighters overnight, the Observatory said."),
        (["reinforcement_convoy"], "دخلت قافلة عسكرية تابعة للتحالف الدولي مؤلفة من 40 آلية عبر معبر الوليد الحدودي."),
        (["reinforcement_convoy"], "استقدمت القوات الأميركية تعزيزات جديدة إلى قاعدتها في حقل العمر."),
        (["reinforcement_convoy"], "هبطت طائرة شحن عسكرية أميركية في قاعدة خراب الجير محملة بأسلحة وذخائر."),
        (["reinforcement_convoy"], "وصلت إلى قاعدة قسرك 30 شاحنة محملة بمواد لوجستية قادمة من إقليم كردستان."),
        (["reinforcement_convoy"], "أدخلت قوات التحالف رتلا يضم مدرعات وناقلات إلى مناطق شمال شرق سوريا."),
        (["reinforcement_convoy"], "وأرسل التحالف دفعة جديدة من التعزيزات العسكرية إلى قواعده في دير الزور."),
        (["reinforcement_convoy"], "أرسلت القوات الأميركية منظومة دفاع جوي قصيرة المدى إلى قاعدة الشدادي."),
        (
            ["reinforcement_convoy"],
            "A US military convoy of 25 vehicles entered Syria from the Iraqi Kurdistan Region on Sunday.",
        ),
        (
            ["reinforcement_convoy"],
            "The coalition has sent reinforcements to its bases in Deir ez-Zor, including air defence systems.",
        ),
        (["reinforcement_convoy"], "A cargo plane carrying military equipment landed at the Kharab al-Jir airstrip."),
        (["reinforcement_convoy"], "Dozens of trucks loaded with logistical supplies arrived at the Shaddadi base."),
        (["training"], "أجرت قوات التحالف وقوات سوريا الديمقراطية مناورات عسكرية بالذخيرة الحية في حقل كونيكو."),
        (["training"], "سمع دوي انفجارات في محيط قاعدة الشدادي ناجمة عن تدريبات عسكرية للتحالف."),
        (["training"], "US forces and the SDF held a live-fire exercise at the Conoco base on Tuesday."),
        (["training"], "The blasts heard near the al-Omar field were caused by military drills, residents were told."),
        (["alert"], "رفعت القوات الأميركية حالة التأهب في قواعدها شرقي سوريا."),
        (["alert"], "ودوت صفارات الإنذار في قاعدة حقل العمر دون معرفة الأسباب."),
        (["alert"], "شهدت قاعدة التنف حالة استنفار قصوى بعد رصد طائرات مجهولة."),
        (["alert"], "أعلنت القوات الأميركية حالة التأهب القصوى في قواعدها خشية هجمات جديدة."),
        (["alert"], "US forces in eastern Syria were placed on high alert on Sunday."),
        (["alert"], "Sirens were heard at the al-Omar base late on Saturday."),
        (["alert"], "The coalition raised its alert level at bases in Hasakah."),
        (["other"], "استهدفت غارة إسرائيلية مواقع في محيط مطار حلب الدولي."),
        (["other"], "قتل عنصران من قسد بقصف طائرة مسيرة تركية على سيارتهما شرق القامشلي."),
        (["other"], "هاجم مسلحون من تنظيم داعش حاجزا لقوات سوريا الديمقراطية شرقي دير الزور."),
        (["other"], "استهدفت مسيرتان قاعدة عين الأسد غربي العراق."),
        (["other"], "وفي العراق، تعرضت قاعدة حرير في أربيل لهجوم بطائرة مسيرة."),
        (["other"], "قتل ثلاثة جنود أميركيين بهجوم بمسيرة على البرج 22 في الأردن."),
        (["other"], "انسحبت القوات الأميركية من قاعدة حقل كونيكو ونقلت معداتها إلى قاعدة الشدادي."),
        (["other"], "أخلت القوات الأميركية قاعدة تل بيدر بالكامل."),
        (["other"], "سمع دوي انفجارات عنيفة في قاعدة حقل العمر دون معرفة أسبابها."),
        (["other"], "وهددت كتائب حزب الله بمواصلة استهداف القواعد الأميركية."),
        (
            ["other", "training"],
            "نفت قوات سوريا الديمقراطية تعرض قاعدة الشدادي لأي هجوم صاروخي. وقالت إن الأصوات ناجمة عن تدريبات للتحالف.",
        ),
        (["other"], "Israeli warplanes hit targets near Damascus airport overnight."),
        (["other"], "A Turkish drone killed two SDF fighters near Qamishli."),
        (["other"], "ISIS gunmen attacked an SDF checkpoint in the countryside of Deir ez-Zor."),
        (["other"], "Rockets were fired at Ain al-Asad air base in western Iraq."),
        (["other"], "Three American soldiers were killed in a drone attack on Tower 22 in Jordan in January."),
        (["other"], "US forces withdrew from the Conoco base and moved to Shaddadi."),
        (["other"], "The U.S. military has evacuated its base at Tel Baydar."),
        (["other"], "Explosions of unknown cause were heard at the Shaddadi base."),
        (["other"], "Kataib Hezbollah vowed to continue attacks on American bases."),
        (["other"], "An explosion was heard near the US base at Kharab al-Jir."),
        (["coalition_response"], 'وأفادت مصادر أهلية بأن طيران "التحالف" نفذ غارات على أطراف مدينة البوكمال.'),
        (["coalition_response"], 'وقالت القيادة المركزية "سنتكوم" إن قواتها ضربت سبع منشآت للحرس الثوري والفصائل المرتبطة به.'),
        (["coalition_response"], "واستهدفت القوات الأميركية بالمدفعية الثقيلة تحركات للميليشيات على ضفاف الفرات."),
        (["coalition_response"], "وأضاف أن الجيش الأميركي رد بقصف مدفعي على مصدر إطلاق الصواريخ."),
        (["coalition_response"], "تعرضت مواقع الميليشيات الإيرانية في محيط الميادين لغارات جوية أميركية."),
        (["coalition_response"], "وسقط ثلاثة قتلى من الميليشيات بقصف لطائرات التحالف على موقعهم في بادية البوكمال."),
        (["coalition_response"], "وشنت واشنطن في 3 شباط سلسلة ضربات على أهداف في سوريا والعراق ردا على مقتل جنودها."),
        (["coalition_response"], "وتعرضت سيارة تقل عناصر من الميليشيات لاستهداف من مسيرة أميركية قرب الحدود."),
        (["coalition_response"], "وأعلن وزير الدفاع الأميركي لويد أوستن أن قوات بلاده نفذت ضربات دقيقة ضد موقعين في شرق سوريا."),
        (["coalition_response"], "وكان الطيران الأميركي قد قصف مواقع في دير الزور في 26 تشرين الأول الماضي."),
        (["coalition_response"], "The U.S. responded with strikes on facilities used by the groups in Syria."),
        (["coalition_response"], "US forces targeted the launch site with howitzers, residents said."),
        (["coalition_response"], "On Oct. 26, U.S. F-16 fighters bombed two facilities in eastern Syria used by the IRGC."),
        (
            ["coalition_response"],
            "The strikes on Friday, carried out by two U.S. B-1 bombers, killed at least 29 militants, the Observatory said.",
        ),
        (["coalition_response"], "Coalition artillery shelled areas held by Iranian-backed militias in Khasham."),
        (["coalition_response"], "American planes attacked a militia convoy near Boukamal on Wednesday, killing eight."),
        (
            ["coalition_response"],
            "The US military has carried out several rounds of retaliatory strikes on Iran-linked sites in Syria since October.",
        ),
        (
            ["coalition_response"],
            "U.S. Central Command forces conducted strikes against an Iranian-aligned group's weapons storage facility.",
        ),
        (["reinforcement_convoy"], "أفاد المرصد بدخول رتل عسكري جديد للتحالف الدولي من إقليم كردستان العراق، يضم نحو 50 شاحنة."),
        (["reinforcement_convoy"], "وعبرت 20 شاحنة محملة بالأسلحة والذخائر معبر الوليد باتجاه قواعد التحالف في ريف الحسكة."),
        (["reinforcement_convoy"], "وحطت طائرتا شحن أميركيتان في مطار خراب الجير خلال الساعات الماضية."),
        (["reinforcement_convoy"], "استقدم التحالف الدولي رادارات ومنظومات دفاع جوي إلى قاعدة حقل كونيكو عبر قافلة برية."),
        (
            ["reinforcement_convoy"],
            "A new convoy of some 60 trucks belonging to the international coalition has entered northeastern Syria.",
        ),
        (
            ["reinforcement_convoy"],
            "Coalition reinforcements, including armoured vehicles and fuel tankers, reached the base in Rmelan on Monday.",
        ),
        (
            ["reinforcement_convoy"],
            "Three U.S. cargo planes landed at the Rumalyn airstrip with military equipment, SOHR reported.",
        ),
        (["other"], "بدأت القوات الأميركية الانسحاب من قاعدة حقل العمر، بحسب مصادر محلية."),
        (["other"], "غادرت آخر دفعة من القوات الأميركية قاعدة كونيكو باتجاه الشدادي."),
        (["other"], "سحب التحالف الدولي جنوده من قاعدة هيمو غربي القامشلي."),
        (["other"], "The U.S. has pulled its troops out of the Green Village base in eastern Syria."),
        (["other"], "American forces have left the Conoco base and handed it over to the SDF."),
        (["alert"], "وأعلن التحالف حالة التأهب في قواعده بدير الزور تحسبا لهجمات جديدة."),
        (["alert"], "وساد استنفار أمني في محيط قاعدة الشدادي بعد تحليق مسيرة مجهولة."),
        (["alert"], "Troops at the al-Tanf garrison were told to take shelter after an unidentified drone was spotted."),
        (["alert"], "U.S. forces across Syria are on heightened alert, a defence official said."),
        (["training"], "نفذ التحالف الدولي بالاشتراك مع قسد تدريبا عسكريا بالذخيرة الحية في محيط قاعدة الشدادي."),
        (["training"], "وسمع دوي انفجارات ناتجة عن تدريبات لقوات التحالف في قاعدة قسرك."),
        (["training"], "The coalition said it had conducted live-fire training at the al-Tanf garrison."),
        (["other"], "شنت إسرائيل فجر اليوم غارات على مواقع في ريف دمشق."),
        (["other"], "قصفت القوات التركية قرى في ريف تل تمر شمال الحسكة."),
        (["other"], "انفجرت عبوة ناسفة زرعتها خلايا داعش بسيارة لقسد شرقي دير الزور."),
        (["other"], "تعرضت قاعدة فيكتوريا قرب مطار بغداد الدولي لهجوم بصاروخين."),
        (["other"], "دوت انفجارات مجهولة السبب في قاعدة خراب الجير."),
        (["other"], "وأعلنت المقاومة الإسلامية في العراق استهداف ميناء حيفا بصاروخ من طراز الأرقب."),
        (["other"], "Turkey launched air strikes on Kurdish positions in northern Syria."),
        (["other"], "The Islamic Resistance also said it had hit the Harir base near Erbil with a drone."),
        (["other"], "Islamic State militants killed three SDF fighters in an ambush near al-Busayrah."),
        (["other"], "Loud explosions were heard at the Conoco base, their cause was unknown."),
    ],
)
def test_an_event_that_is_no_strike_is_read_with_its_kind(read: Read, expected: list[str], text: str) -> None:
    extraction = read(text, "2024-02-10")
    assert (kinds(extraction), extraction.mentions) == (expected, ())


@pytest.mark.parametrize(
    "text",
    [
        "حلقت مروحيات التحالف في سماء المنطقة لساعات.",
        "وحلق الطيران الحربي التابع للتحالف على علو منخفض فوق القاعدة.",
        "وتدرس واشنطن خيارات الرد على الهجمات.",
        "وقال مسؤول أميركي إن الولايات المتحدة تحتفظ بحق الرد في الوقت المناسب.",
        "وينتشر نحو 900 جندي أميركي في سوريا ضمن التحالف الدولي لمحاربة تنظيم داعش.",
        "وتضم القاعدة مهبطا للمروحيات ومنظومات دفاع جوي ومدافع هاوتزر.",
        "ولم يصدر أي تعليق من التحالف الدولي.",
        "وتتهم واشنطن فصائل موالية لإيران بالوقوف وراء الهجمات على قواعدها.",
        "وكان الرئيس الأميركي قد توعد بالرد على الهجمات.",
        "واندلع حريق في القاعدة وشوهدت سيارات الإطفاء تتجه إليها.",
        "وتأتي الهجمات على خلفية الحرب الإسرائيلية على قطاع غزة.",
        "وتقول الفصائل إن هجماتها تأتي ردا على الدعم الأميركي لإسرائيل في حربها على غزة.",
        "وأغلقت القوات الأميركية الطرق المؤدية إلى القاعدة.",
        "وتعد قاعدة التنف من أهم القواعد الأميركية في سوريا، وتقع عند المثلث الحدودي.",
        "Coalition aircraft were seen circling over the area for several hours.",
        "The Pentagon has said it reserves the right to respond at a time of its choosing.",
        "About 900 U.S. troops are stationed in Syria to fight remnants of the Islamic State group.",
        "U.S. officials have warned Iran that attacks on American troops would draw a response.",
        "The base houses a helipad and air defense systems.",
        "Washington blames Iran-backed militias for the attacks on its forces.",
        "The attacks are widely seen as a reaction to U.S. support for Israel in its war in Gaza.",
        "Secretary of State Antony Blinken discussed the attacks with his Iraqi counterpart on Monday.",
        "The militias say they are targeting US forces because of Washington's backing of Israel.",
        "The spokesman said troops would continue to defend themselves.",
        "وعثرت القوى الأمنية على شاحنة تحمل منصة إطلاق صواريخ في منطقة ربيعة.",
        "Iraqi forces found a truck with a rocket launcher near the border.",
        "وصلت إلى مخيم الركبان قافلة مساعدات إنسانية.",
        "وتقوم القوات الأميركية بتدريب مقاتلين محليين في القاعدة.",
        "US troops at the garrison train local forces to fight ISIS.",
        "وأكد المتحدث باسم البنتاغون أن القوات الأميركية سترد على أي هجوم.",
        "وقال إن القوات الأميركية أسقطت المسيرتين قبل وصولهما إلى القاعدة.",
        "وتحتفظ الولايات المتحدة بقواعد في حقلي العمر وكونيكو وفي الشدادي والتنف.",
        "وتسيطر قوات سوريا الديمقراطية بدعم من التحالف على مناطق شرق الفرات.",
        "وشوهدت أعمدة الدخان تتصاعد من القاعدة بعد القصف.",
        "وهرعت فرق الإطفاء إلى المكان فيما أغلقت الطرق.",
        "وتطالب دمشق وموسكو بانسحاب القوات الأميركية من سوريا.",
        "ويعتقد محللون أن الانسحاب الأميركي من سوريا قد يترك فراغا.",
        "وتأتي هذه الهجمات بعد أيام من تهديدات أطلقتها فصائل عراقية.",
        "وكان التحالف قد أنشأ القاعدة عام 2016 لتدريب مقاتلين محليين.",
        "ويزور وزير الخارجية الأميركي المنطقة هذا الأسبوع.",
        "ووصل وفد من التحالف الدولي إلى مدينة الحسكة للقاء قيادات قسد.",
        "Residents said ambulances were seen rushing to the base.",
        "The Pentagon says its troops are in Syria to prevent a resurgence of Islamic State.",
        "The U.S. has deployed air defence systems across the region since October.",
        "Iran has denied any involvement in the attacks.",
        "Tehran denies ordering the attacks on American forces.",
        "The officials, who were not authorized to speak publicly, asked not to be named.",
        "The group has claimed dozens of attacks on US bases in Iraq and Syria since Oct. 17.",
        "U.S. lawmakers have called for the withdrawal of troops from Syria.",
        "President Biden met his national security team to weigh a response.",
        "The truck used to launch the rockets was found burned near the border.",
        "A U.S. official said the military was still assessing the damage.",
        "The Observatory said the explosions were caused by rockets that hit the base.",
    ],
)
def test_what_only_speaks_of_arms_and_wars_tells_no_event(read: Read, text: str) -> None:
    assert kinds(read(text, "2024-02-10")) == []


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["coalition_response"], "سقط صاروخان على قاعدة كونيكو أمس، فيما ردت مدفعية التحالف على مصادر النيران."),
        (["coalition_response"], "Rockets landed near the Conoco base on Friday, and coalition artillery fired back."),
        (["coalition_response"], "سقط صاروخان على قاعدة كونيكو أمس وردت مدفعية التحالف على مصدر النيران."),
        (["coalition_response"], "Two rockets hit the Conoco base on Friday and US forces returned fire."),
        (
            ["coalition_response"],
            "A day after American warplanes bombed militia depots near Mayadin, two rockets were fired at the Conoco base.",
        ),
        (["alert"], "سقط صاروخان على قاعدة كونيكو أمس، واستنفرت القوات الأميركية في محيطها."),
        ([], "سقط صاروخان على قاعدة كونيكو أمس، وسط استنفار للقوات الأميركية."),
        ([], "سقط صاروخان على قاعدة كونيكو أمس، ودوت صفارات الإنذار داخلها."),
        (["training"], "بينما كانت قوات التحالف تجري مناورات في قاعدة قسرك، هاجمت مسيرة قاعدة كونيكو أمس."),
        ([], "سقط صاروخان على قاعدة كونيكو أمس، في اليوم الذي استهدفت فيه عين الأسد بمسيرة."),
        (["other"], "سقط صاروخان على قاعدة كونيكو أمس، كما شنت الطائرات التركية غارات على عين عيسى."),
    ],
)
def test_the_sentence_of_an_attack_may_tell_another_event_too(read: Read, expected: list[str], text: str) -> None:
    extraction = read(text, "2024-02-10")
    assert kinds(extraction) == expected
    assert [mention.value("base") for mention in extraction.mentions] == ["conoco"]


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "قصفت طائرات أميركية مواقع للميليشيات في البوكمال. واستهدفت الطائرات الأميركية في غاراتها مستودعا للسلاح."),
        (1, "U.S. jets struck militia positions near Mayadin on Friday. The strikes by F-15s hit two depots, the Pentagon said."),
        (2, "قصفت طائرات أميركية أمس مواقع للميليشيات. وفي 3 شباط قصفت طائرات أميركية مستودعا للميليشيات."),
        (2, "هاجمت خلايا داعش حاجزا في ذيبان. كما هاجمت مقرا لقوى الأمن الداخلي في الحوايج."),
        (1, "دخلت قافلة من 40 شاحنة عبر معبر الوليد. وتوجهت القافلة إلى قواعد الحسكة."),
    ],
)
def test_what_is_told_in_two_sentences_is_one_event(read: Read, count: int, text: str) -> None:
    assert len(kinds(read(text, "2024-02-10"))) == count


def test_the_coalitions_raid_is_an_answer_and_that_on_isis_another_event(read: Read) -> None:
    raid = "Coalition forces killed {} in a drone strike in Syria last week."
    assert kinds(read(raid.format("two members of an Iran-backed militia"))) == ["coalition_response"]
    assert kinds(read(raid.format("a senior Islamic State commander"))) == ["other"]


def test_what_happens_again_and_again_is_no_event(read: Read) -> None:
    assert kinds(read("Turkish drones have repeatedly struck SDF positions near Qamishli.")) == []
    assert kinds(read("وتتعرض قاعدة عين الأسد في العراق لهجمات متكررة.")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Turkey's Anadolu Agency said rockets hit the Conoco base on Friday.",
        "The Islamic Resistance in Iraq attacked the Conoco base with rockets on Friday over Israel's war in Gaza.",
        "قالت وكالة الأناضول التركية إن صواريخ سقطت على قاعدة كونيكو أمس.",
        "سقط صاروخان على قاعدة كونيكو أمس بسبب الدعم الأميركي لإسرائيل في حربها على غزة.",
    ],
)
def test_a_war_that_is_only_the_reason_leaves_the_attack(read: Read, text: str) -> None:
    extraction = read(text, "2024-02-10")
    assert (kinds(extraction), [mention.value("base") for mention in extraction.mentions]) == ([], ["conoco"])


def test_a_denial_is_an_event_only_where_the_attack_does_not_count(read: Read) -> None:
    explained = "نفى التحالف تعرض قاعدة الشدادي لهجوم. وقال إن الأصوات نجمت عن تفجير متحكم فيه لألغام قديمة."
    disputed = "سقط صاروخان على قاعدة الشدادي أمس، بحسب الأهالي. ونفى التحالف تعرض القاعدة لأي هجوم."
    assert kinds(read(explained)) == ["other", "other"]
    assert kinds(read(disputed)) == []


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["coalition_response"], "وبعد دقائق، قصفت المدفعية المتمركزة في حقل كونيكو أطراف بلدة طابية."),
        (["coalition_response"], "قصفت مدفعية القاعدة الأميركية في حقل كونيكو محيط بلدة حطلة فجر اليوم."),
        (["coalition_response"], "وفتحت مروحيات الاحتلال الأميركي نيرانها على قارب في نهر الفرات."),
        (["coalition_response"], "وكانت إدارة الرئيس بايدن قد نفذت جولتين من الضربات على منشآت للحرس الثوري في سوريا."),
        (["coalition_response"], "واستهدف قصف أميركي مجموعة من عناصر الميليشيات عند معبر مائي."),
        (["coalition_response"], "US helicopters opened fire on boats crossing the Euphrates."),
        (["coalition_response"], "We struck two facilities used by the IRGC and its proxies near Abu Kamal, the general said."),
        (["coalition_response"], "The coalition said its aircraft had engaged a launch team near Khasham."),
        (["coalition_response"], "US jets struck 30 Islamic State targets on Friday in retaliation for an ambush on its troops."),
        (["coalition_response"], "B-1B bombers dropped more than 125 munitions on militia sites that night."),
        (["alert"], "رفعت قوات التحالف الدولي الجاهزية القتالية في قواعدها بريف دير الزور."),
        (["alert"], "Alarms went off at the Conoco base late on Sunday, residents said."),
        (["other"], "وخرج رتل أميركي من قاعدة كونيكو محملا بمعدات وكرفانات باتجاه الحسكة."),
        (["other"], "نقلت القوات الأميركية عشرات الآليات والمعدات من قاعدة الشدادي إلى إقليم كردستان العراق."),
        (["other"], "بدأ التحالف إغلاق اثنتين من قواعده في ريف الحسكة."),
        (["other"], "The Green Village base was vacated in May, the report said."),
        (["other"], "The coalition closed three outposts in Deir ez-Zor last month."),
        (["other"], "A convoy of 40 trucks left the Shaddadi base for Iraqi Kurdistan, the Observatory said."),
        (["reinforcement_convoy"], "A military column of the coalition crossed al-Waleed and headed to bases in Hasakah."),
        (["training"], "Coalition and SDF troops rehearsed the defence of the base with mortars on Tuesday."),
        (["other"], "وأسقطت مقاتلة أميركية أمس مسيرة تركية اقتربت من الجنود."),
        (["other"], "وعصرا قصفت قوات النظام بالمدفعية أطراف بلدة الطيانة."),
        (["other"], "أطلق الحرس الثوري الإيراني صواريخ على أهداف في أربيل فجر الثلاثاء."),
        (["other"], "Iran fired ballistic missiles at the US base of Al Udeid in Qatar on Monday."),
        (["other"], "Unknown gunmen shot dead two Asayish members in Hasakah."),
        (["other"], "The Houthis fired missiles at a U.S. destroyer in the Red Sea on Saturday."),
        (["other"], "A roadside bomb planted by Islamic State hit an SDF vehicle near Hajin."),
        (["other", "other"], "استهدفت مسيرة قاعدة عين الأسد غربي العراق. وسقطت مسيرة ثانية قرب قاعدة حرير."),
    ],
)
def test_further_ways_to_tell_an_event_that_is_no_strike(read: Read, expected: list[str], text: str) -> None:
    extraction = read(text, "2024-02-10")
    assert (kinds(extraction), extraction.mentions) == (expected, ())


@pytest.mark.parametrize(
    "text",
    [
        "وتخشى بغداد أن تتحول أراضيها إلى ساحة صراع بين واشنطن وطهران.",
        "وعززت الهجمات مخاوف من اتساع الحرب إلى البحر الأحمر والخليج.",
        "وتمر قوافل التحالف عادة عبر معبر الوليد.",
        "ولا ينوي التحالف الانسحاب من قواعده في سوريا، بحسب متحدث.",
        "ولا توجد مؤشرات على أن تركيا استهدفت القوات الأميركية عمدا.",
        "وأخرجت القوات الأميركية عشرات الصهاريج المحملة بالنفط المسروق.",
        "ولم تعلق الفصائل التي باتت تضرب على نحو شبه يومي بعد تلك الضربات.",
        "The militias possess drones able to hit targets in Israel and the Gulf.",
        "Militia media promised a long arm, a phrase used before.",
        "The U.S. has no plans to withdraw from its bases in Syria, the spokesman said.",
        "Coalition convoys usually come through the al-Waleed crossing.",
        "Palestinian militias continued to attack Israeli forces in Khan Younis.",
        "تدريبات وتعزيزات ..",
        "Erbil's governor condemned the attack on Sunday.",
        "Coalition jets dropped flares over the area on Sunday.",
    ],
)
def test_vague_sentences_tell_no_event(read: Read, text: str) -> None:
    assert kinds(read(text, "2024-02-10")) == []


def test_sirens_at_another_base_are_an_event_beside_an_attack(read: Read) -> None:
    text = "سقط صاروخان على قاعدة كونيكو أمس، فيما دوت صفارات الإنذار في قاعدة حقل العمر."
    assert kinds(read(text, "2024-02-10")) == ["alert"]


def test_what_hit_a_position_of_the_partners_beside_the_base_is_the_attacks(read: Read) -> None:
    text = "سقطت ثلاثة صواريخ على قاعدة كونيكو أمس، باستثناء صاروخ رابع أصاب نقطة لقسد قرب القاعدة."
    assert kinds(read(text, "2024-02-10")) == []
