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


def parties(read: Read, text: str) -> dict[str | None, tuple[str | None, str | None, str]]:
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
        ("سقط صاروخ على قاعدة التنف. ونفت كتائب حزب الله مسؤوليتها عن الهجوم.", {"al-tanf": (None, None, "reported")}),
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
            ("Rockets hit the Conoco base on Thursday. Kataib Hezbollah denied any involvement."),
            {"conoco": (None, None, "reported")},
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
            (
                "The Islamic Resistance in Iraq said it had struck al-Tanf with drones on Monday. On Friday, shells "
                "fell around the al-Shaddadi base. The Observatory blamed the same group."
            ),
            {"al-tanf": (IRI, None, "claimed"), "al-shaddadi": (None, IRI, "reported")},
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
    ],
)
def test_claims_blame_and_denials_are_told_apart(
    read: Read, text: str, expected: dict[str | None, tuple[str | None, str | None, str]]
) -> None:
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
