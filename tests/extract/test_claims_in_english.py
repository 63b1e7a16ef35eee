"""An attacker's own word, in English."""

import pytest

from tests.extract.parties import IRI, KH, NUJABA, Parties, Read, parties


@pytest.mark.parametrize(
    ("text", "expected"),
    [
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
                "The Islamic Resistance in Iraq listed the following attacks:\n- A drone struck the al-Tanf base on "
                "Friday.\n- Rockets hit the al-Shaddadi base on Friday."
            ),
            {"al-tanf": (IRI, None, "claimed"), "al-shaddadi": (IRI, None, "claimed")},
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
                "An armed group that few had heard of, Ashab al-Kahf, has claimed the drone strike that hit al-Tanf "
                "on Friday. US Central Command confirmed on Friday that a drone had struck al-Tanf, wounding two "
                "members of the Syrian Free Army.\n"
            ),
            {"al-tanf": ("ashab-al-kahf", None, "reported")},
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
    ],
)
def test_an_attackers_own_word_is_a_claim_of_the_attacks_it_means(read: Read, text: str, expected: Parties) -> None:
    assert parties(read, text) == expected
