"""Who attacked: whose word it is, whom others blame, what is denied, from where it was fired, and whom the report quotes."""

from collections.abc import Callable

import pytest

from app.extract.values import Extraction, Mention

Read = Callable[..., Extraction]

IRI = "islamic-resistance-in-iraq"
IBM = "iran-backed-militias"
IAF = "iraqi-armed-factions"
KH = "kataib-hezbollah"
NUJABA = "harakat-al-nujaba"


Parties = dict[str | None, tuple[str | None, str | None, str]]


def parties(read: Read, text: str) -> Parties:
    """By base: who claims it, whom others blame, and the status."""
    return {
        mention.value("base"): (
            mention.value("claimed_by"),
            mention.value("attributed_to"),
            mention.value("status") or "reported",
        )
        for mention in reversed(read(text).mentions)
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            ("أعلنت فصائل «المقاومة الإسلامية في العراق» مسؤوليتها عن استهداف قاعدة التنف بمسيّرة."),
            {"al-tanf": (IRI, None, "claimed")},
        ),
        (
            ("قالت «المقاومة الإسلامية في العراق»، في بيان عبر تلغرام، إن مجاهديها قصفوا قاعدة الشدادي برشقة صاروخية."),
            {"al-shaddadi": (IRI, None, "claimed")},
        ),
        (
            ("وبحسب بيان للمقاومة الإسلامية في العراق، استهدف مقاتلوها قاعدة كونيكو بطائرة مسيرة."),
            {"conoco": (IRI, None, "claimed")},
        ),
        ("استُهدفت قاعدة كونيكو بطائرة مسيّرة، وفق ما أعلنت المقاومة الإسلامية في العراق.", {"conoco": (IRI, None, "claimed")}),
        (
            ("استهدفت طائرة مسيرة قاعدة التنف، بحسب بيان صادر عن المقاومة الإسلامية في العراق."),
            {"al-tanf": (IRI, None, "claimed")},
        ),
        (
            ("وسّعت المقاومة الإسلامية في العراق عملياتها، وأعلنت في بيان أن عناصرها أطلقوا صاروخين باتجاه قاعدة الشدادي."),
            {"al-shaddadi": (IRI, None, "claimed")},
        ),
        (
            ("سقطت صواريخ على قاعدة كونيكو مساء أمس. وفي بيان مقتضب تبنّت كتائب حزب الله العملية."),
            {"conoco": (KH, None, "reported")},
        ),
        (
            ('سقطت صواريخ على قاعدة كونيكو مساء أمس. وتبنى الهجوم فصيل يسمي نفسه "تشكيل الوارثين".'),
            {"conoco": ("tashkil-al-waritheen", None, "reported")},
        ),
        (
            ("سقطت صواريخ على قاعدة كونيكو مساء أمس، وهو ما تبنته لاحقاً المقاومة الإسلامية في العراق."),
            {"conoco": (IRI, None, "reported")},
        ),
        ("سقطت صواريخ على قاعدة كونيكو مساء أمس، في هجوم تبنته حركة النجباء.", {"conoco": (NUJABA, None, "reported")}),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس. وسقطت قذائف على قاعدة الشدادي. وتبنت المقاومة الإسلامية في العراق الهجومين."),
            {"conoco": (IRI, None, "reported"), "al-shaddadi": (IRI, None, "reported")},
        ),
        (
            (
                "سقطت صواريخ على قاعدة كونيكو أمس. وسقطت قذائف على قاعدة الشدادي. وتبنت المقاومة الإسلامية في العراق "
                "هجوم كونيكو فقط."
            ),
            {"conoco": (IRI, None, "reported"), "al-shaddadi": (None, None, "reported")},
        ),
        (
            ("أعلنت المقاومة الإسلامية في العراق استهداف قاعدة التنف بمسيّرة، وقاعدة الشدادي برشقة صاروخية، أمس."),
            {"al-tanf": (IRI, None, "claimed"), "al-shaddadi": (IRI, None, "claimed")},
        ),
        (
            ("أعلنت المقاومة الإسلامية في العراق أنها قصفت قاعدة التنف بمسيّرة، ثم ضربت قاعدة الشدادي بالصواريخ."),
            {"al-tanf": (IRI, None, "claimed"), "al-shaddadi": (IRI, None, "claimed")},
        ),
        (
            (
                "أعلنت المقاومة الإسلامية في العراق أنها قصفت قاعدة التنف بمسيّرة، فيما قال المرصد السوري إن صواريخ "
                "سقطت على قاعدة الشدادي."
            ),
            {"al-tanf": (IRI, None, "claimed"), "al-shaddadi": (None, None, "reported")},
        ),
        (
            (
                "سقطت صواريخ على قاعدة الشدادي أمس. ويأتي القصف بعد يوم من تبنّي المقاومة الإسلامية في العراق "
                "استهداف قاعدة التنف بمسيرة."
            ),
            {"al-shaddadi": (None, None, "reported"), "al-tanf": (IRI, None, "claimed")},
        ),
        (
            (
                "أعلنت المقاومة الإسلامية في العراق أمس استهداف قاعدة التنف بمسيّرة. وفي 10 تشرين الأول قالت الجماعة "
                "ذاتها إنها هاجمت قاعدة هيمو بالصواريخ."
            ),
            {"al-tanf": (IRI, None, "claimed"), "himo": (IRI, None, "claimed")},
        ),
        (
            ("أعلنت المقاومة الإسلامية في العراق أمس استهداف قاعدة التنف بمسيّرة. كما تبنت ضرب قاعدة كونيكو بالصواريخ."),
            {"al-tanf": (IRI, None, "claimed"), "conoco": (IRI, None, "claimed")},
        ),
        (
            (
                "أعلنت المقاومة الإسلامية في العراق أمس استهداف قاعدة التنف بمسيّرة. وفي بيان ثالث تحدثت عن إطلاق "
                "صاروخ على قاعدة كونيكو."
            ),
            {"al-tanf": (IRI, None, "claimed"), "conoco": (IRI, None, "claimed")},
        ),
        (
            (
                "نشر الإعلام الحربي للمقاومة الإسلامية في العراق البيان التالي:\nقصف مجاهدونا اليوم قاعدة الاحتلال في "
                "كونيكو بالصواريخ."
            ),
            {"conoco": (IRI, None, "claimed")},
        ),
        (
            (
                "المقاومة الإسلامية في العراق تتبنى استهداف قاعدة التنف\n\nأفادت مصادر محلية بأن طائرة مسيرة استهدفت "
                "قاعدة التنف مساء أمس."
            ),
            {"al-tanf": (IRI, None, "reported")},
        ),
        ("أكدت المقاومة الإسلامية في العراق استهدافها قاعدة كونيكو بصواريخ.", {"conoco": (IRI, None, "claimed")}),
        (
            ("بثت المقاومة الإسلامية في العراق مشاهد قالت إنها لإطلاق مسيّرة باتجاه قاعدة كونيكو."),
            {"conoco": (IRI, None, "claimed")},
        ),
        ("أقرّت حركة النجباء باستهداف قاعدة التنف بطائرة مسيرة.", {"al-tanf": (NUJABA, None, "claimed")}),
        (
            ('زعمت ميليشيا "المقاومة الإسلامية في العراق" أنها ضربت قاعدة التنف بطائرة مسيرة.'),
            {"al-tanf": (IRI, None, "claimed")},
        ),
        (
            ("ونقل موقع عن المقاومة الإسلامية في العراق أنها استهدفت قاعدة الشدادي بطائرتين مسيّرتين."),
            {"al-shaddadi": (IRI, None, "claimed")},
        ),
        (
            (
                "تبنت المقاومة الإسلامية في العراق هجوماً بالمسيّرات على قاعدة التنف، بينما قالت مصادر محلية إن "
                "صاروخين سقطا على قاعدة كونيكو."
            ),
            {"al-tanf": (IRI, None, "claimed"), "conoco": (None, None, "reported")},
        ),
        (
            (
                "The Islamic Resistance in Iraq said in an online statement that its fighters had fired rockets at "
                "the Conoco base on Friday."
            ),
            {"conoco": (IRI, None, "claimed")},
        ),
        (
            ("Two drones struck the al-Tanf garrison on Friday, the Islamic Resistance in Iraq said in a statement."),
            {"al-tanf": (IRI, None, "claimed")},
        ),
        (
            (
                "A drone hit the Rmelan base on Friday. The Islamic Resistance in Iraq, an umbrella brand, later "
                "took credit for it."
            ),
            {"rmelan": (IRI, None, "reported")},
        ),
        (
            ("A drone hit the Rmelan base on Friday. The attack was claimed by the Islamic Resistance in Iraq."),
            {"rmelan": (IRI, None, "reported")},
        ),
        ("A drone hit the Rmelan base on Friday in an attack claimed by Kataib Hezbollah.", {"rmelan": (KH, None, "reported")}),
        (
            ("A drone hit the Rmelan base on Friday. Responsibility was claimed by the Islamic Resistance in Iraq on Telegram."),
            {"rmelan": (IRI, None, "reported")},
        ),
        (
            (
                "Rockets hit the Conoco base on Friday. A drone hit the al-Shaddadi base. The Islamic Resistance in "
                "Iraq claimed both attacks."
            ),
            {"conoco": (IRI, None, "reported"), "al-shaddadi": (IRI, None, "reported")},
        ),
        (
            (
                "Rockets hit the Conoco base on Friday. A drone hit the al-Shaddadi base. The Islamic Resistance in "
                "Iraq claimed only the Conoco attack."
            ),
            {"conoco": (IRI, None, "reported"), "al-shaddadi": (None, None, "reported")},
        ),
        (
            ("In a statement on Telegram, the Islamic Resistance in Iraq said it had struck the al-Tanf base with drones."),
            {"al-tanf": (IRI, None, "claimed")},
        ),
        (
            ("Rockets hit the Conoco base on Thursday. The Islamic Resistance in Iraq said it was behind the launch."),
            {"conoco": (IRI, None, "reported")},
        ),
        (
            (
                "Two drones attacked al-Tanf on Friday, an official said. The Islamic Resistance in Iraq claims that "
                "attack and one more: another drone, it says, struck the al-Shaddadi base."
            ),
            {"al-tanf": (IRI, None, "reported"), "al-shaddadi": (IRI, None, "claimed")},
        ),
        (
            (
                "Iraqi militants announced that they had targeted the Conoco base with rockets, according to Kataib "
                "Hezbollah's Telegram channel."
            ),
            {"conoco": (KH, None, "claimed")},
        ),
        (
            ("According to the Islamic Resistance in Iraq, its drones hit the al-Tanf base on Friday."),
            {"al-tanf": (IRI, None, "claimed")},
        ),
        (
            ("Harakat al-Nujaba boasted on Telegram that it had hit the al-Tanf base with two drones."),
            {"al-tanf": (NUJABA, None, "claimed")},
        ),
        (
            (
                "The Islamic Resistance in Iraq announced a drone attack on the al-Tanf base and a rocket attack on "
                "the Conoco base."
            ),
            {"al-tanf": (IRI, None, "claimed"), "conoco": (IRI, None, "claimed")},
        ),
        (
            (
                "The Islamic Resistance in Iraq said it had struck al-Tanf with drones on Monday. On Friday, shells "
                "fell around the al-Shaddadi base. The Observatory blamed the same group."
            ),
            {"al-tanf": (IRI, None, "claimed"), "al-shaddadi": (None, IRI, "reported")},
        ),
        (
            (
                "أعلنت فصائل المقاومة الإسلامية في العراق، في بيان نشرته على قناتها في تليغرام، استهداف القاعدة "
                "الأميركية في كونيكو بطائرة مسيّرة."
            ),
            {"conoco": (IRI, None, "claimed")},
        ),
        ("بيان للمقاومة الإسلامية في العراق: استهدفنا قاعدة الشدادي برشقة صاروخية.", {"al-shaddadi": (IRI, None, "claimed")}),
        (
            ('قالت جماعة عراقية مسلحة تطلق على نفسها "المقاومة الإسلامية في العراق" إنها قصفت قاعدة التنف بطائرتين مسيّرتين.'),
            {"al-tanf": (IRI, None, "claimed")},
        ),
        (
            ("نقلت وكالة رويترز عن بيان للمقاومة الإسلامية في العراق أنها هاجمت قاعدة التنف بمسيرة."),
            {"al-tanf": (IRI, None, "claimed")},
        ),
        ("المقاومة الإسلامية في العراق: استهدفنا قاعدة كونيكو بالصواريخ", {"conoco": (IRI, None, "claimed")}),
        (
            ("استهدفت المقاومة الإسلامية في العراق قاعدة كونيكو برشقة صاروخية، بحسب ما جاء في بيان لها."),
            {"conoco": (IRI, None, "claimed")},
        ),
        ("استهدفت المقاومة الإسلامية في العراق، وفق بيان لها، قاعدة كونيكو برشقة صاروخية.", {"conoco": (IRI, None, "claimed")}),
        ("هاجمت كتائب حزب الله قاعدة التنف بالمسيّرات، على ما أعلنت في بيان.", {"al-tanf": (KH, None, "claimed")}),
        (
            ("أعلن لواء الغالبون مسؤوليته عن الهجوم الصاروخي على قاعدة كونيكو."),
            {"conoco": ("liwa-al-ghaliboun", None, "claimed")},
        ),
        (
            ('تعرضت قاعدة كونيكو لهجوم صاروخي مساء أمس. وأعلن فصيل يطلق على نفسه اسم "لواء الغالبون" وقوفه وراء الهجوم.'),
            {"conoco": ("liwa-al-ghaliboun", None, "reported")},
        ),
        (
            ('تعرضت قاعدة كونيكو لهجوم صاروخي مساء أمس. وخرج فصيل "أصحاب الكهف" ببيان يعلن فيه مسؤوليته عن العملية.'),
            {"conoco": ("ashab-al-kahf", None, "reported")},
        ),
        (
            ("تعرضت قاعدة كونيكو لهجوم صاروخي مساء أمس تبنته لاحقاً المقاومة الإسلامية في العراق."),
            {"conoco": (IRI, None, "reported")},
        ),
        (
            ('تعرضت قاعدة كونيكو لهجوم صاروخي مساء أمس. وجاء في بيان للمقاومة الإسلامية في العراق أن الهجوم "يأتي نصرة لغزة".'),
            {"conoco": (IRI, None, "reported")},
        ),
        (
            ("تعرضت قاعدة كونيكو لهجوم صاروخي مساء أمس، سرعان ما تبنته كتائب سيد الشهداء."),
            {"conoco": ("kataib-sayyid-al-shuhada", None, "reported")},
        ),
        (
            (
                "قالت المقاومة الإسلامية في العراق في بيان إنها استهدفت قاعدة التنف بمسيرة. وأوضح البيان أن قاعدة "
                "كونيكو قُصفت أيضاً بالصواريخ."
            ),
            {"al-tanf": (IRI, None, "claimed"), "conoco": (IRI, None, "claimed")},
        ),
        (
            ("استُهدفت قاعدة التنف بمسيّرة وقاعدة الشدادي بصواريخ أمس. وأعلنت المقاومة الإسلامية في العراق مسؤوليتها عن الهجومين."),
            {"al-tanf": (IRI, None, "reported"), "al-shaddadi": (IRI, None, "reported")},
        ),
        (
            (
                "استُهدفت قاعدة التنف بمسيّرة أمس. واستُهدفت قاعدة الشدادي بصواريخ. وأعلنت المقاومة الإسلامية في "
                "العراق مسؤوليتها عن الهجوم الأول، ولم تتطرق إلى الثاني."
            ),
            {"al-tanf": (IRI, None, "reported"), "al-shaddadi": (None, None, "reported")},
        ),
        (
            ("استُهدفت قاعدة التنف بمسيّرة أمس. وأكد مصدر في المقاومة الإسلامية في العراق أنها نفذت الهجوم."),
            {"al-tanf": (IRI, None, "reported")},
        ),
        (
            (
                "قال مسؤول أميركي إن صاروخين سقطا قرب قاعدة كونيكو أمس. وكانت المقاومة الإسلامية في العراق أعلنت "
                "أنها استهدفت القاعدة."
            ),
            {"conoco": (IRI, None, "reported")},
        ),
        (
            (
                "أعلنت المقاومة الإسلامية في العراق استهداف قاعدة كونيكو بالصواريخ. وأكد مسؤول أميركي سقوط صاروخين "
                "قرب قاعدة كونيكو."
            ),
            {"conoco": (IRI, None, "reported")},
        ),
        (
            ("أعلنت المقاومة الإسلامية في العراق استهداف قاعدة كونيكو بالصواريخ. ولم يصدر تعليق من التحالف الدولي."),
            {"conoco": (IRI, None, "claimed")},
        ),
        (
            (
                "An Iraqi armed group calling itself the Islamic Resistance in Iraq claimed responsibility for a "
                "drone attack on the al-Tanf base."
            ),
            {"al-tanf": (IRI, None, "claimed")},
        ),
        (
            (
                "The Islamic Resistance in Iraq, a shadowy umbrella of pro-Iran militias, claimed on Saturday to "
                "have fired drones at the al-Tanf base."
            ),
            {"al-tanf": (IRI, None, "claimed")},
        ),
        (
            (
                "In a message posted to Telegram, the group known as the Islamic Resistance in Iraq announced it had "
                "hit the Conoco base with rockets."
            ),
            {"conoco": (IRI, None, "claimed")},
        ),
        (
            ("A drone attack on the al-Tanf base was claimed on Friday by the Islamic Resistance in Iraq."),
            {"al-tanf": (IRI, None, "claimed")},
        ),
        (
            ("Rockets hit the Conoco base on Friday, an attack later claimed by the Islamic Resistance in Iraq."),
            {"conoco": (IRI, None, "reported")},
        ),
        (
            (
                "Rockets hit the Conoco base on Friday. Hours later the Islamic Resistance in Iraq said on Telegram "
                "that it had carried out the attack."
            ),
            {"conoco": (IRI, None, "reported")},
        ),
        (
            (
                "Rockets hit the Conoco base on Friday. Claiming responsibility, the Islamic Resistance in Iraq said "
                "the attack was in support of Gaza."
            ),
            {"conoco": (IRI, None, "reported")},
        ),
        (
            ("Rockets hit the Conoco base on Friday. A statement attributed to Kataib Hezbollah claimed the attack."),
            {"conoco": (KH, None, "reported")},
        ),
        (
            ("The Islamic Resistance in Iraq claimed attacks on three bases in Syria: al-Tanf, Conoco and al-Shaddadi."),
            {"al-tanf": (IRI, None, "claimed"), "conoco": (IRI, None, "claimed"), "al-shaddadi": (IRI, None, "claimed")},
        ),
        (
            (
                "The Islamic Resistance in Iraq said it targeted the al-Tanf base with two drones. It added that it "
                "also fired rockets at the Conoco base."
            ),
            {"al-tanf": (IRI, None, "claimed"), "conoco": (IRI, None, "claimed")},
        ),
        (
            (
                "The Islamic Resistance in Iraq said it targeted the al-Tanf base with two drones. A US official "
                "confirmed that two drones attacked al-Tanf and said both were shot down."
            ),
            {"al-tanf": (IRI, None, "reported")},
        ),
        (
            (
                "The Islamic Resistance in Iraq says it attacked the al-Tanf base with drones on Friday. The "
                "Pentagon has not commented."
            ),
            {"al-tanf": (IRI, None, "claimed")},
        ),
        (
            ("Iraq's Islamic Resistance has taken responsibility for a rocket attack on the Conoco base."),
            {"conoco": (IRI, None, "claimed")},
        ),
        (
            (
                "Islamic Resistance in Iraq claims drone strike on al-Tanf\n\nTwo drones attacked the al-Tanf base on "
                "Friday, local sources said."
            ),
            {"al-tanf": (IRI, None, "reported")},
        ),
        (
            (
                "أعلنت المقاومة الإسلامية في العراق استهداف قاعدة التنف بمسيرة يوم الخميس.\nوقالت الجماعة في بيان "
                "لاحق إنها قصفت قاعدة كونيكو بالصواريخ."
            ),
            {"al-tanf": (IRI, None, "claimed"), "conoco": (IRI, None, "claimed")},
        ),
        (
            (
                "The Islamic Resistance in Iraq claimed a drone attack on the al-Tanf base on Thursday. The group "
                "later said it had fired rockets at the Conoco base."
            ),
            {"al-tanf": (IRI, None, "claimed"), "conoco": (IRI, None, "claimed")},
        ),
        (
            (
                "The Islamic Resistance in Iraq claimed a drone attack on the al-Tanf base on Thursday. Separately, "
                "rockets landed near the Conoco base on Friday, a US official said."
            ),
            {"al-tanf": (IRI, None, "claimed"), "conoco": (None, None, "reported")},
        ),
        (
            (
                "قالت مصادر أهلية إن صواريخ سقطت على قاعدة كونيكو أمس. وقالت المقاومة الإسلامية في العراق إن "
                "مجاهديها قصفوا القاعدة برشقة صاروخية."
            ),
            {"conoco": (IRI, None, "reported")},
        ),
        (
            ("قصف مجاهدو المقاومة الإسلامية في العراق قاعدة كونيكو بالصواريخ، وذلك رداً على مجازر العدو في غزة، بحسب البيان."),
            {"conoco": (IRI, None, "claimed")},
        ),
        (
            (
                "بسم الله الرحمن الرحيم\nهاجم مجاهدو المقاومة الإسلامية في العراق، يوم أمس، قاعدة التنف بواسطة "
                "الطيران المسيّر، وأصابت أهدافها بشكل مباشر.\nالمقاومة الإسلامية في العراق"
            ),
            {"al-tanf": (IRI, None, "claimed")},
        ),
        (
            (
                "The Islamic Resistance in Iraq listed the following attacks:\n- A drone struck the al-Tanf base on "
                "Friday.\n- Rockets hit the al-Shaddadi base on Friday."
            ),
            {"al-tanf": (IRI, None, "claimed"), "al-shaddadi": (IRI, None, "claimed")},
        ),
        (
            ("أعلنت المقاومة الإسلامية في العراق استهداف قواعد التنف وكونيكو والشدادي بالطيران المسيّر."),
            {"al-tanf": (IRI, None, "claimed"), "conoco": (IRI, None, "claimed"), "al-shaddadi": (IRI, None, "claimed")},
        ),
        ("هاجمت طائرات مسيّرة قاعدة التنف أمس.. والمقاومة الإسلامية في العراق تتبنى", {"al-tanf": (IRI, None, "reported")}),
        (
            ("تبنت «المقاومة الإسلامية في العراق»، الجمعة، هجومين بالطيران المسيّر على قاعدتي «التنف» و«الشدادي»."),
            {"al-tanf": (IRI, None, "claimed"), "al-shaddadi": (IRI, None, "claimed")},
        ),
        (
            (
                "وتعرضت قاعدة التنف لهجوم بمسيّرتين تبنته المقاومة الإسلامية في العراق، بينما استُهدفت قاعدة كونيكو "
                "بصواريخ لم تتبنها أي جهة."
            ),
            {"al-tanf": (IRI, None, "reported"), "conoco": (None, None, "reported")},
        ),
        (
            (
                "A drone hit al-Tanf, an attack claimed by the Islamic Resistance in Iraq, while rockets that no "
                "group has claimed landed near the Conoco base."
            ),
            {"al-tanf": (IRI, None, "reported"), "conoco": (None, None, "reported")},
        ),
        (
            (
                "Rockets hit the Conoco base on Thursday and a drone struck al-Tanf on Friday; the Islamic "
                "Resistance in Iraq claimed the latter."
            ),
            {"conoco": (None, None, "reported"), "al-tanf": (IRI, None, "reported")},
        ),
        (
            (
                "القوات الأمريكية تتعرض لهجومين في سوريا\nخاص – شبكة الشرق\n\nتعرضت قاعدة الشدادي جنوبي الحسكة، فجر "
                "اليوم السبت، لهجوم بطائرتين مسيّرتين، وفق ما أكده مصدر عسكري في «قسد» لشبكتنا.\n\nوأضاف المصدر أن "
                "الدفاعات الجوية أسقطت إحدى الطائرتين.\n\nوبعد نحو ساعة، استهدفت رشقة صاروخية قاعدة كونيكو شمالي دير "
                "الزور، من دون أن تتضح الجهة التي تقف خلفها.\n\nوأعلنت «المقاومة الإسلامية في العراق» عبر منصاتها "
                "الرقمية مسؤوليتها عن هجوم الشدادي، مشيرة إلى أنه جاء رداً على المجازر في غزة.\n"
            ),
            {"al-shaddadi": (IRI, None, "reported"), "conoco": (None, None, "reported")},
        ),
        (
            (
                "Drone and rocket fire on US bases in Syria\n\nRockets landed at the Conoco gas field base late on "
                "Friday, according to two US officials who asked not to be named. There were no casualties.\n\nA few "
                "hours earlier a one-way drone was shot down near al-Shaddadi, one of the officials said.\n\nThe "
                "Islamic Resistance in Iraq, a loose coalition of Iran-aligned militias, posted a claim for the "
                "Conoco attack on its Telegram channel. It made no mention of al-Shaddadi.\n\nKataib Hezbollah, the "
                "most powerful member of the coalition, said last week it would step up operations.\n"
            ),
            {"conoco": (IRI, None, "reported"), "al-shaddadi": (None, None, "reported")},
        ),
        (
            (
                'أصدرت "المقاومة الإسلامية في العراق" اليوم السبت ثلاثة بيانات، قالت في الأول إنها استهدفت قاعدة '
                "التنف بطائرة مسيرة، وفي الثاني إنها قصفت قاعدة الشدادي بالصواريخ، وفي الثالث إنها هاجمت قاعدة عين "
                "الأسد.\nولم يصدر تأكيد من الجانب الأميركي.\n"
            ),
            {"al-tanf": (IRI, None, "claimed"), "al-shaddadi": (IRI, None, "claimed")},
        ),
        (
            (
                "An armed group that few had heard of, Ashab al-Kahf, has claimed the drone strike that hit al-Tanf "
                "on Friday. US Central Command confirmed on Friday that a drone had struck al-Tanf, wounding two "
                "members of the Syrian Free Army.\n"
            ),
            {"al-tanf": ("ashab-al-kahf", None, "reported")},
        ),
        (
            (
                "المقاومة العراقية تدك قاعدة الاحتلال الأميركي في حقل العمر\nأفاد مصدر في المقاومة العراقية بأن "
                "مجاهديها دكّوا فجر اليوم قاعدة الاحتلال في حقل العمر النفطي برشقة صاروخية كبيرة.\n"
            ),
            {"al-omar": (IRI, None, "claimed")},
        ),
        (
            (
                "US officials on Saturday pointed the finger at Kataib Hezbollah for Friday's drone attack on the "
                "al-Tanf garrison, which the Islamic Resistance in Iraq has claimed.\n"
            ),
            {"al-tanf": (IRI, None, "reported")},
        ),
        (
            (
                "The Islamic Resistance in Iraq said it struck the al-Tanf base with drones on Friday. A US official "
                "confirmed the attack."
            ),
            {"al-tanf": (IRI, None, "reported")},
        ),
        (
            (
                "The Islamic Resistance in Iraq said it struck the al-Tanf base with drones on Friday. The Pentagon "
                "has not confirmed the attack."
            ),
            {"al-tanf": (IRI, None, "claimed")},
        ),
        (
            (
                "The Islamic Resistance in Iraq said it struck the al-Tanf base with drones on Friday. None of this "
                "has been confirmed by the Pentagon."
            ),
            {"al-tanf": (IRI, None, "claimed")},
        ),
        (
            ("أعلنت المقاومة الإسلامية في العراق استهداف قاعدة التنف بمسيرة. وأكد مسؤول أميركي وقوع الهجوم."),
            {"al-tanf": (IRI, None, "reported")},
        ),
        (
            ("أعلنت المقاومة الإسلامية في العراق استهداف قاعدة التنف بمسيرة. ولم يؤكد أي مسؤول أميركي الهجوم."),
            {"al-tanf": (IRI, None, "claimed")},
        ),
        (
            ("أعلنت المقاومة الإسلامية في العراق استهداف قاعدة التنف بمسيرة. وأكدت المقاومة أن الهجوم يأتي نصرة لغزة."),
            {"al-tanf": (IRI, None, "claimed")},
        ),
    ],
)
def test_an_attackers_own_word_is_a_claim_of_the_attacks_it_means(read: Read, text: str, expected: Parties) -> None:
    assert parties(read, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سقط صاروخ على قاعدة التنف، ولم تعلن أي جهة مسؤوليتها عن الهجوم.", {"al-tanf": (None, None, "reported")}),
        (
            ("سقط صاروخ على قاعدة التنف. ولم تتبنَّ المقاومة الإسلامية في العراق الهجوم حتى الآن."),
            {"al-tanf": (None, None, "reported")},
        ),
        (
            ("سقط صاروخ على قاعدة التنف. وعادة ما تتبنى المقاومة الإسلامية في العراق مثل هذه الهجمات."),
            {"al-tanf": (None, None, "reported")},
        ),
        (
            ("سقط صاروخ على قاعدة التنف. وسبق أن تبنت المقاومة الإسلامية في العراق هجمات مماثلة."),
            {"al-tanf": (None, None, "reported")},
        ),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس. ونسب المرصد السوري الهجوم إلى مجموعات مدعومة من إيران."),
            {"conoco": (None, IBM, "reported")},
        ),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس. ورجّحت مصادر أن تكون الميليشيات الإيرانية خلف الهجوم."),
            {"conoco": (None, IBM, "reported")},
        ),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس. واتهم مسؤول أميركي كتائب حزب الله بتنفيذ الهجوم."),
            {"conoco": (None, KH, "reported")},
        ),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس. وحمّلت واشنطن فصائل مدعومة من إيران المسؤولية."),
            {"conoco": (None, IBM, "reported")},
        ),
        ("سقطت صواريخ أطلقتها ميليشيات موالية لإيران على قاعدة كونيكو أمس.", {"conoco": (None, IBM, "reported")}),
        ("تعرضت قاعدة كونيكو لهجوم بالصواريخ من قبل الميليشيات الإيرانية.", {"conoco": (None, IBM, "reported")}),
        ("تعرضت قاعدة كونيكو لقصف صاروخي نفذته فصائل عراقية مسلحة.", {"conoco": (None, IAF, "reported")}),
        ("استهدفت مسيّرات تابعة للميليشيات الإيرانية قاعدة حقل العمر.", {"al-omar": (None, IBM, "reported")}),
        ("قال مصدر محلي إن مسيّرات للميليشيات الإيرانية أصابت قاعدة حقل العمر.", {"al-omar": (None, IBM, "reported")}),
        ("سقطت قذائف على القرية الخضراء أطلقتها «أطراف خبيثة مدعومة من إيران».", {"green-village": (None, IBM, "reported")}),
        (
            ("سقطت صواريخ على قاعدة كونيكو أُطلقت من الضفة الغربية لنهر الفرات، حيث تتمركز فصائل موالية لإيران."),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("سقطت أربعة صواريخ على قاعدة حقل العمر مصدرها منطقة الميادين الخاضعة لنفوذ مليشيات إيرانية."),
            {"al-omar": (None, None, "reported")},
        ),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس. وقصفت طائرات أميركية مواقع للميليشيات الإيرانية في الميادين."),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس. ولم يُعرف ما إذا كانت الميليشيات الإيرانية وراء الهجوم."),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس. وتبقى كتائب حزب الله وحركة النجباء في صدارة المشتبه بهم المعتادين."),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس. وتشير أصابع الاتهام إلى الميليشيات الإيرانية."),
            {"conoco": (None, IBM, "reported")},
        ),
        ("سقطت صواريخ على قاعدة كونيكو أمس، في هجوم نُسب إلى فصائل موالية لإيران.", {"conoco": (None, IBM, "reported")}),
        (
            (
                "سقطت صواريخ على قاعدة كونيكو مساء الجمعة، وقصفت طائرات مسيّرة قاعدة حقل العمر. واتهم ناشطون "
                "الميليشيات الإيرانية بالوقوف وراء الحادثين."
            ),
            {"conoco": (None, IBM, "reported"), "al-omar": (None, IBM, "reported")},
        ),
        ("عاودت الميليشيات الإيرانية قصف قاعدة كونيكو بصواريخ مساء أمس.", {"conoco": (None, IBM, "reported")}),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس. وقالت مصادر إن الميليشيات التابعة لإيران هي من أطلقت الصواريخ."),
            {"conoco": (None, IBM, "reported")},
        ),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس، سواء أكانت الميليشيات الإيرانية وراءها أم خلايا داعش."),
            {"conoco": (None, None, "reported")},
        ),
        ("سقطت صواريخ على قاعدة كونيكو أمس. وتوعدت كتائب حزب الله بمزيد من الهجمات.", {"conoco": (None, None, "reported")}),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس. وتتهم واشنطن عادة فصائل مدعومة من إيران بالوقوف وراء هجمات كهذه."),
            {"conoco": (None, None, "reported")},
        ),
        (
            (
                "Rockets hit the Conoco base on Thursday. No group has claimed responsibility, though the Islamic "
                "Resistance in Iraq usually advertises such operations on Telegram."
            ),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("Rockets hit the Conoco base on Thursday. No group immediately claimed responsibility."),
            {"conoco": (None, None, "reported")},
        ),
        (
            (
                "Rockets hit the Conoco base on Thursday. The Islamic Resistance in Iraq has claimed dozens of "
                "similar attacks since October."
            ),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("Rockets hit the Conoco base on Thursday. Washington blamed Iran-backed militias."),
            {"conoco": (None, IBM, "reported")},
        ),
        (
            (
                "Rockets hit the Conoco base on Thursday. Shortly afterwards more rockets landed near Green Village. "
                'CENTCOM blamed "suspected Iran-backed militants" for both.'
            ),
            {"conoco": (None, IBM, "reported"), "green-village": (None, IBM, "reported")},
        ),
        (
            ("Officials said Iran-backed militias fired rockets at the Conoco base on Thursday."),
            {"conoco": (None, IBM, "reported")},
        ),
        (
            (
                "Rockets hit the Conoco base on Thursday. The projectiles were fired by Iran-backed groups stationed "
                "on the other bank of the Euphrates."
            ),
            {"conoco": (None, IBM, "reported")},
        ),
        (
            ("Rockets hit the Conoco base on Thursday. The Observatory said militias loyal to Iran had launched them."),
            {"conoco": (None, IBM, "reported")},
        ),
        (
            ("Rockets hit the Conoco base on Thursday. US aircraft then bombed a depot used by Iran-backed militias."),
            {"conoco": (None, None, "reported")},
        ),
        (
            (
                "Rockets hit the Conoco base on Thursday. He said he had no information on who did it, noting only "
                "that drones are a familiar tool of Iran-backed militias."
            ),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("Rockets hit the Conoco base on Thursday. Kataib Hezbollah and Harakat al-Nujaba remain the usual suspects."),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("Rockets hit the Conoco base on Thursday, in what officials called an attack by Iran-aligned militias."),
            {"conoco": (None, IBM, "reported")},
        ),
        ("Suspected Iran-backed militants fired rockets at the Conoco base on Thursday.", {"conoco": (None, IBM, "reported")}),
        (
            ("Rockets hit the Conoco base on Thursday. The US military attributed the attack to Kataib Hezbollah."),
            {"conoco": (None, KH, "reported")},
        ),
        (
            ("Rockets hit the Conoco base on Thursday. It was not clear whether Iran-backed militias were responsible."),
            {"conoco": (None, None, "reported")},
        ),
        (
            (
                "Rockets hit the Conoco base on Thursday. Iran-backed militias have attacked US forces more than 100 "
                "times since October."
            ),
            {"conoco": (None, None, "reported")},
        ),
        ("استهدفت المقاومة الإسلامية في العراق قاعدة كونيكو برشقة صاروخية مساء أمس.", {"conoco": (None, IRI, "reported")}),
        (
            (
                "تعرضت قاعدة كونيكو لهجوم صاروخي مساء أمس. ولم تعلن أي جهة مسؤوليتها، لكن المقاومة الإسلامية في "
                "العراق توعدت بمواصلة الهجمات."
            ),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("تعرضت قاعدة كونيكو لهجوم صاروخي مساء أمس. ولم يصدر أي بيان من المقاومة الإسلامية في العراق."),
            {"conoco": (None, None, "reported")},
        ),
        (
            (
                "تعرضت قاعدة كونيكو لهجوم صاروخي مساء أمس. وتتبنى المقاومة الإسلامية في العراق بين الحين والآخر "
                "هجمات على القواعد الأميركية."
            ),
            {"conoco": (None, None, "reported")},
        ),
        (
            (
                "تعرضت قاعدة كونيكو لهجوم صاروخي مساء أمس. وكانت المقاومة الإسلامية في العراق قد تبنت عشرات الهجمات "
                "منذ تشرين الأول."
            ),
            {"conoco": (None, None, "reported")},
        ),
        (
            (
                "تعرضت قاعدة كونيكو لهجوم صاروخي مساء أمس، فيما أعلنت المقاومة الإسلامية في العراق استهداف قاعدة عين "
                "الأسد غربي العراق."
            ),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("تعرضت قاعدة كونيكو لهجوم صاروخي مساء أمس. وتبنت المقاومة الإسلامية في العراق هجوماً على قاعدة حرير في أربيل."),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("تعرضت قاعدة كونيكو لهجوم صاروخي مساء أمس. وفي العراق، تبنت المقاومة الإسلامية قصف قاعدة عين الأسد."),
            {"conoco": (None, None, "reported")},
        ),
        ("سقطت صواريخ على قاعدة كونيكو، يُعتقد أن الميليشيات الإيرانية أطلقتها.", {"conoco": (None, IBM, "reported")}),
        ("سقطت صواريخ على قاعدة كونيكو، أطلقها مسلحون موالون لإيران من غرب الفرات.", {"conoco": (None, IBM, "reported")}),
        ("شنت فصائل موالية لإيران هجوماً بالمسيّرات على قاعدة كونيكو.", {"conoco": (None, IBM, "reported")}),
        ("نفذت مجموعات مسلحة مدعومة من طهران هجوماً صاروخياً على قاعدة كونيكو.", {"conoco": (None, IBM, "reported")}),
        ("قُصفت قاعدة كونيكو بالصواريخ على يد الميليشيات الإيرانية.", {"conoco": (None, IBM, "reported")}),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس. وقال مسؤول في البنتاغون إن وكلاء إيران هم من يقف وراء الهجوم."),
            {"conoco": (None, IBM, "reported")},
        ),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس. وعزا المرصد القصف إلى الميليشيات الإيرانية المتمركزة غرب الفرات."),
            {"conoco": (None, IBM, "reported")},
        ),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس. ويأتي ذلك بعد غارات أميركية على مواقع لميليشيات موالية لإيران."),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس، بعد يوم من غارات استهدفت الميليشيات الإيرانية في الميادين."),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس، في ظل تصعيد متواصل بين القوات الأميركية والميليشيات الإيرانية."),
            {"conoco": (None, None, "reported")},
        ),
        ("سقطت صواريخ على قاعدة كونيكو أمس، رداً على مقتل قيادي في كتائب حزب الله.", {"conoco": (None, None, "reported")}),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس. وردت القوات الأميركية بقصف مواقع الميليشيات الإيرانية."),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس، في تصعيد تنسبه واشنطن إلى فصائل موالية لإيران."),
            {"conoco": (None, IBM, "reported")},
        ),
        ("سقطت صواريخ على قاعدة كونيكو أمس أطلقتها مجموعات مجهولة.", {"conoco": (None, None, "reported")}),
        (
            ("سقطت صواريخ مجهولة المصدر على قاعدة كونيكو أمس، قرب مناطق انتشار الميليشيات الإيرانية."),
            {"conoco": (None, None, "reported")},
        ),
        ("سقطت صواريخ على قاعدة كونيكو أمس. وتنتشر في الضفة المقابلة ميليشيات إيرانية.", {"conoco": (None, None, "reported")}),
        ("سقطت صواريخ على قاعدة كونيكو أمس. واستنفرت الميليشيات الإيرانية في البوكمال.", {"conoco": (None, None, "reported")}),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس. وأخلت الميليشيات الإيرانية مقراتها تحسباً لرد أميركي."),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("الهجوم على قاعدة كونيكو نفذته الميليشيات الإيرانية بصواريخ من طراز غراد مساء أمس."),
            {"conoco": (None, IBM, "reported")},
        ),
        ("ضربت مسيّرة أطلقتها كتائب حزب الله قاعدة التنف أمس.", {"al-tanf": (None, KH, "reported")}),
        (
            (
                "Rockets hit the Conoco base on Friday. There was no immediate claim of responsibility. The Islamic "
                "Resistance in Iraq has previously claimed such attacks."
            ),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("Rockets hit the Conoco base on Friday. The attack has not been claimed by the Islamic Resistance in Iraq."),
            {"conoco": (None, None, "reported")},
        ),
        (
            (
                "Rockets hit the Conoco base on Friday. The Islamic Resistance in Iraq also claimed an attack on the "
                "Ain al-Asad base in Iraq."
            ),
            {"conoco": (None, None, "reported")},
        ),
        ("The Iraqi Resistance targeted the al-Tanf base with drones on Friday.", {"al-tanf": (None, IRI, "reported")}),
        (
            ("Rockets hit the Conoco base on Friday. The group behind the attack, Harakat al-Nujaba, did not say why."),
            {"conoco": (None, NUJABA, "reported")},
        ),
        ("Iran-backed militants launched rockets at the Conoco base on Friday.", {"conoco": (None, IBM, "reported")}),
        ("The Conoco base was attacked with rockets by Iran-backed militias on Friday.", {"conoco": (None, IBM, "reported")}),
        (
            (
                "Rockets hit the Conoco base on Friday. Two US officials, speaking on condition of anonymity, said "
                "Iranian-backed groups were responsible."
            ),
            {"conoco": (None, IBM, "reported")},
        ),
        (
            ("Rockets hit the Conoco base on Friday. US officials suspect Iran-backed militias."),
            {"conoco": (None, IBM, "reported")},
        ),
        (
            ("Rockets hit the Conoco base on Friday. The attack is believed to have been carried out by Kataib Hezbollah."),
            {"conoco": (None, KH, "reported")},
        ),
        (
            ("Rockets hit the Conoco base on Friday. The strike came as tensions rise between the US and Iran-backed militias."),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("Rockets hit the Conoco base on Friday, days after US jets bombed Iran-backed militias in Albukamal."),
            {"conoco": (None, None, "reported")},
        ),
        (
            (
                "Rockets hit the Conoco base on Friday. In response, US forces struck a weapons depot belonging to "
                "Iran-backed militias."
            ),
            {"conoco": (None, None, "reported")},
        ),
        (
            (
                "Rockets hit the Conoco base on Friday. No one has been blamed, but Iran-backed militias have often "
                "fired at the base."
            ),
            {"conoco": (None, None, "reported")},
        ),
        (
            (
                "Rockets hit the Conoco base on Friday. Washington holds Iran-backed militias responsible for more "
                "than 150 attacks since October."
            ),
            {"conoco": (None, None, "reported")},
        ),
        (
            (
                "Rockets hit the Conoco base on Friday. The US says Iran-backed militias have carried out more than "
                "150 attacks since October."
            ),
            {"conoco": (None, None, "reported")},
        ),
        (
            (
                "Rockets hit the Conoco base on Friday. The base lies across the river from positions held by "
                "Iran-backed militias."
            ),
            {"conoco": (None, None, "reported")},
        ),
        ("Rockets hit the Conoco base on Friday. Kataib Hezbollah vowed more attacks.", {"conoco": (None, None, "reported")}),
        ("Rockets fired by Iran-backed militias hit the Conoco base on Friday.", {"conoco": (None, IBM, "reported")}),
        (
            ("Rockets hit the Conoco base on Friday in what the Pentagon described as an attack by Iran-backed militias."),
            {"conoco": (None, IBM, "reported")},
        ),
        (
            ("A drone launched by either Kataib Hezbollah or Harakat al-Nujaba hit the al-Tanf base on Friday."),
            {"al-tanf": (None, None, "reported")},
        ),
        ("بعد ساعات من إعلان كتائب حزب الله تعليق عملياتها، سقط صاروخ على قاعدة كونيكو.", {"conoco": (None, None, "reported")}),
        ("رغم إعلان كتائب حزب الله تعليق عملياتها، سقط صاروخ على قاعدة كونيكو مساء أمس.", {"conoco": (None, None, "reported")}),
        (
            ("Hours after Kataib Hezbollah announced it was suspending attacks, rockets hit the Conoco base."),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("Despite a pledge by Kataib Hezbollah to halt attacks, rockets hit the Conoco base on Friday."),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("Rockets hit the Conoco base on Friday, which Iran-backed militias have attacked dozens of times."),
            {"conoco": (None, None, "reported")},
        ),
        ("سقطت صواريخ أمس على قاعدة كونيكو القريبة من مناطق سيطرة الميليشيات الإيرانية.", {"conoco": (None, None, "reported")}),
        ("عقب تهديدات أطلقتها كتائب حزب الله، سقط صاروخ على قاعدة كونيكو مساء أمس.", {"conoco": (None, None, "reported")}),
        (
            ("سقط صاروخ على قاعدة كونيكو مساء أمس، بالتزامن مع اجتماع لقادة الفصائل العراقية في بغداد."),
            {"conoco": (None, None, "reported")},
        ),
        ("سقط صاروخ على قاعدة كونيكو مساء أمس، فيما نعت كتائب حزب الله أحد عناصرها.", {"conoco": (None, None, "reported")}),
        ("سقط صاروخ على قاعدة كونيكو مساء أمس، وباركت حركة النجباء الهجوم.", {"conoco": (None, None, "reported")}),
        (
            ("سقط صاروخ على قاعدة كونيكو مساء أمس. وأشادت كتائب حزب الله بالهجوم من دون أن تتبناه."),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("Rockets hit the Conoco base on Friday. Harakat al-Nujaba praised the attack but did not claim it."),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("Rockets hit the Conoco base on Friday as Iran-backed militias buried a commander."),
            {"conoco": (None, None, "reported")},
        ),
        (
            (
                "Rockets hit the Conoco base on Friday, the Syrian Observatory for Human Rights said. The group "
                "relies on a network of sources in Syria."
            ),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("قال مسؤول عراقي إن الصواريخ التي سقطت على قاعدة كونيكو أطلقتها فصائل عراقية مسلحة."),
            {"conoco": (None, IAF, "reported")},
        ),
        ("اتهم التحالف الدولي فصائل مدعومة من إيران بقصف قاعدة كونيكو بالصواريخ.", {"conoco": (None, IBM, "reported")}),
        ("حمّل التحالف الدولي كتائب حزب الله مسؤولية الهجوم الصاروخي على قاعدة كونيكو.", {"conoco": (None, KH, "reported")}),
        (
            ("رجّح المرصد السوري أن تكون الميليشيات الإيرانية هي من قصفت قاعدة كونيكو بالصواريخ."),
            {"conoco": (None, IBM, "reported")},
        ),
        (
            ("The coalition accused Iran-backed militias of firing rockets at the Conoco base on Friday."),
            {"conoco": (None, IBM, "reported")},
        ),
        (
            ("Washington blamed Kataib Hezbollah for a drone attack on the al-Tanf base on Friday."),
            {"al-tanf": (None, KH, "reported")},
        ),
        (
            ("Rockets, apparently fired by Iran-backed militias, hit the Conoco base on Friday."),
            {"conoco": (None, IBM, "reported")},
        ),
        ("Rockets hit the Conoco base on Friday. Suspicion fell on Iran-backed militias.", {"conoco": (None, IBM, "reported")}),
        (
            ("Rockets hit the Conoco base on Friday. The launch was the work of Iran-backed militias, the Observatory said."),
            {"conoco": (None, IBM, "reported")},
        ),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس. وقال المرصد إن مصدر القصف الميليشيات الإيرانية."),
            {"conoco": (None, IBM, "reported")},
        ),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس. وبحسب المرصد فإن الميليشيات الإيرانية تقف خلف الاستهداف."),
            {"conoco": (None, IBM, "reported")},
        ),
        (
            ("سقطت صواريخ على قاعدة كونيكو أمس، وفق ما قال المرصد، فيما لم يتضح إن كانت الميليشيات الإيرانية خلف القصف."),
            {"conoco": (None, None, "reported")},
        ),
        (
            ("سقط ما بين 7 إلى 10 صواريخ أطلقتها ميليشيات موالية لإيران على قاعدة كونيكو أمس."),
            {"conoco": (None, IBM, "reported")},
        ),
        (
            ("Between five and seven rockets fired by Iran-backed militias hit the Conoco base on Friday."),
            {"conoco": (None, IBM, "reported")},
        ),
        (
            (
                "دوت انفجارات في محيط قاعدة كونيكو مساء الجمعة ناجمة عن سقوط أربعة صواريخ أطلقتها، على الأرجح، "
                "ميليشيات موالية لإيران متمركزة في الضفة المقابلة.\nوأفاد المرصد السوري أن القوات الأميركية ردت بقصف "
                "مدفعي على بلدة مراط.\n"
            ),
            {"conoco": (None, IBM, "reported")},
        ),
        (
            (
                "قُتل متعاقد أمريكي وأصيب خمسة جنود عندما أصابت طائرة مسيرة قاعدة خراب الجير أمس الجمعة، حسبما أعلنت "
                'وزارة الدفاع الأمريكية التي قالت إن الطائرة "إيرانية المنشأ".\nوقالت الوزارة إن الحرس الثوري '
                "الإيراني يدعم الجماعات المسؤولة عن مثل هذه الهجمات.\n"
            ),
            {"kharab-al-jir": (None, None, "reported")},
        ),
        (
            (
                "سقطت ثلاث قذائف على القرية الخضراء في حقل العمر مساء أمس. وتتهم مصادر محلية الميليشيات الإيرانية "
                "المنتشرة غرب الفرات بالمسؤولية عن القصف، فيما لم تعلن أي جهة تبنيها له حتى الآن.\n"
            ),
            {"green-village": (None, IBM, "reported")},
        ),
        (
            (
                "استهدف الطيران المسيّر التابع للمقاومة الإسلامية في العراق قاعدة الاحتلال الأميركي في التنف، بحسب "
                "مراسل الميادين.\n"
            ),
            {"al-tanf": (None, IRI, "reported")},
        ),
        (
            (
                "Two attack drones targeted the al-Tanf garrison on Friday. Both were shot down. The Pentagon said "
                "it believed that the drones had been launched by militias backed by Iran.\n"
            ),
            {"al-tanf": (None, IBM, "reported")},
        ),
        (
            (
                'رجحت مصادر أمنية عراقية أن يكون فصيل منضو تحت "المقاومة الإسلامية في العراق" وراء استهداف قاعدة '
                "خراب الجير بخمسة صواريخ مساء أمس.\n"
            ),
            {"kharab-al-jir": (None, IRI, "reported")},
        ),
        (
            ("شهدت الأيام الماضية تصعيداً بين القوات الأميركية وكتائب حزب الله. واستُهدفت قاعدة الشدادي مساء أمس بصاروخين.\n"),
            {"al-shaddadi": (None, None, "reported")},
        ),
        (
            (
                "أطلق مجهولون صاروخين على قاعدة الشدادي مساء أمس. ويأتي هذا بعد يومين من تبني كتائب سيد الشهداء "
                "هجوماً على قاعدة حرير في أربيل.\n"
            ),
            {"al-shaddadi": (None, None, "reported")},
        ),
        (
            ("Rockets hit the al-Omar base on Friday. On Thursday Iran-backed militias had shelled the Conoco base.\n"),
            {"al-omar": (None, None, "reported"), "conoco": (None, IBM, "reported")},
        ),
        (
            (
                "Iran-backed militias had shelled the Conoco base on Thursday. On Friday, rockets of unknown origin "
                "hit the al-Omar base.\n"
            ),
            {"conoco": (None, IBM, "reported"), "al-omar": (None, None, "reported")},
        ),
        (
            ("قصفت الميليشيات الإيرانية قاعدة كونيكو بالصواريخ أمس، كما استهدفت قاعدة حقل العمر بطائرة مسيرة.\n"),
            {"conoco": (None, IBM, "reported"), "al-omar": (None, IBM, "reported")},
        ),
        (
            ("قصفت الميليشيات الإيرانية قاعدتي كونيكو وحقل العمر بالصواريخ أمس.\n"),
            {"conoco": (None, IBM, "reported"), "al-omar": (None, IBM, "reported")},
        ),
        (
            ("Iran-backed militias fired rockets at the Conoco base on Friday and drones at the al-Shaddadi base.\n"),
            {"conoco": (None, IBM, "reported"), "al-shaddadi": (None, IBM, "reported")},
        ),
        (
            (
                "وقال مسؤول أميركي لوكالة فرانس برس إن الهجوم على قاعدة الشدادي مساء الجمعة نُفذ بصاروخين، مضيفاً أن "
                "واشنطن لا تستبعد وقوف جماعات موالية لإيران وراءه.\n"
            ),
            {"al-shaddadi": (None, IBM, "reported")},
        ),
        (
            ("Rockets hit the Shaddadi base on Friday. Islamic State militants were blamed.\n"),
            {"al-shaddadi": (None, None, "reported")},
        ),
    ],
)
def test_who_is_blamed_is_an_attribution_and_who_is_only_named_is_none(read: Read, text: str, expected: Parties) -> None:
    assert parties(read, text) == expected


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


def one(read: Read, text: str) -> Mention:
    mentions = read(text).mentions
    assert len(mentions) == 1, [mention.claims for mention in mentions]
    return mentions[0]


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("أفادت مصادر محلية للأناضول بأن صاروخاً سقط على قاعدة التنف.", {"local-sources", "anadolu"}),
        ("وبحسب المرصد السوري لحقوق الإنسان، سقط صاروخ على قاعدة التنف.", {"sohr"}),
        ("سقط صاروخ على قاعدة التنف، نقلاً عن وكالة سبوتنيك.", {"sputnik"}),
        ("وكان الجيش الأميركي قد أقرّ بأن صاروخاً سقط على قاعدة التنف.", {"us-official"}),
        ("وثّق المرصد السوري سقوط صاروخ على قاعدة التنف.", {"sohr"}),
        ("سقط صاروخ على قاعدة التنف. ولم يصدر عن القيادة المركزية الأميركية أي تعليق.", set()),
        ("لم تعلق القيادة المركزية الأميركية على سقوط صاروخ على قاعدة التنف.", set()),
        ("أحصى البنتاغون 140 هجوماً. وسقط صاروخ على قاعدة التنف أمس.", set()),
        ("سقط صاروخ أُطلق من الميادين على قاعدة كونيكو.", set()),
        ("تبنت المقاومة الإسلامية في العراق استهداف قاعدة التنف.", {"islamic-resistance-in-iraq"}),
        ("A rocket hit the Tanf base, a US defense official told Reuters.", {"us-official", "reuters"}),
        ("According to the Syrian Observatory for Human Rights, a rocket hit the Tanf base.", {"sohr"}),
        ("A rocket hit the Tanf base, Anadolu has reported, citing local sources.", {"anadolu", "local-sources"}),
        ("A rocket hit the Tanf base. The Pentagon did not say who fired it.", set()),
        ("A rocket hit the Tanf base, the Pentagon said on Friday.", {"us-dod"}),
        ("A rocket hit the Tanf base of the US-led coalition.", set()),
    ],
)
def test_origins_are_those_whom_the_report_quotes_for_the_attack(read: Read, text: str, origins: set[str]) -> None:
    assert {claim.value for claim in one(read, text).claims if claim.field == "origin"} == origins


def test_the_origin_of_a_list_is_that_of_the_sentence_before_it(read: Read) -> None:
    text = "ورصد نشطاء المرصد السوري ما يلي:\n- سقط صاروخ على قاعدة التنف.\n- هاجمت مسيّرة قاعدة الشدادي."
    mentions = read(text).mentions
    assert [[claim.value for claim in mention.claims if claim.field == "origin"] for mention in mentions] == [["sohr"], ["sohr"]]


def test_an_origin_has_the_words_that_quote_it(read: Read) -> None:
    mention = one(read, "قال المرصد السوري لحقوق الإنسان إن صاروخاً سقط على قاعدة التنف.")
    claim = next(claim for claim in mention.claims if claim.field == "origin")
    assert claim.span is not None
    assert claim.span.quote == "قال المرصد السوري لحقوق الإنسان"
