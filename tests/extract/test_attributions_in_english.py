"""Who is blamed for an attack in English words, and who is only named."""

import pytest

from tests.extract.parties import IBM, IRI, KH, NUJABA, Parties, Read, parties


@pytest.mark.parametrize(
    ("text", "expected"),
    [
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
            ("Between five and seven rockets fired by Iran-backed militias hit the Conoco base on Friday."),
            {"conoco": (None, IBM, "reported")},
        ),
        (
            (
                "Two attack drones targeted the al-Tanf garrison on Friday. Both were shot down. The Pentagon said "
                "it believed that the drones had been launched by militias backed by Iran.\n"
            ),
            {"al-tanf": (None, IBM, "reported")},
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
            ("Iran-backed militias fired rockets at the Conoco base on Friday and drones at the al-Shaddadi base.\n"),
            {"conoco": (None, IBM, "reported"), "al-shaddadi": (None, IBM, "reported")},
        ),
        (
            ("Rockets hit the Shaddadi base on Friday. Islamic State militants were blamed.\n"),
            {"al-shaddadi": (None, None, "reported")},
        ),
    ],
)
def test_who_is_blamed_is_an_attribution_and_who_is_only_named_is_none(read: Read, text: str, expected: Parties) -> None:
    assert parties(read, text) == expected
