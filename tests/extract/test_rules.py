"""Every example and every never-match of every rule, and how hits win over each other."""

import re
from pathlib import Path

import pytest

from app.extract.clauses import RULES as CUES
from app.extract.clauses import phrases
from app.extract.engine import Hit, Rule, Slots, alternation, expand, prefer, within
from app.extract.folding import fold
from app.extract.lexicon import Lexicon
from app.extract.reading import RULES as GROUPS
from app.extract.scanner import Scanner, find

RULES = (*(rule for group in GROUPS.values() for rule in group), *CUES)
CORPUS = Path(__file__).resolve().parent.parent / "corpus"
SCANNERS: dict[str, Scanner] = {}


def scanner(rule: Rule[object], lexicon: Lexicon) -> Scanner:
    return SCANNERS.setdefault(rule.id, Scanner({"all": [rule]}, {}, lexicon))


def test_rule_ids_are_unique() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", one) for one in ids)


def test_every_rule_has_examples_and_never_matches() -> None:
    assert [rule.id for rule in RULES if not rule.examples or not rule.never] == []


@pytest.mark.parametrize(("rule", "example"), [(rule, example) for rule in RULES for example in rule.examples])
def test_example_gives_exactly_one_hit(rule: Rule[object], example: str, lexicon: Lexicon) -> None:
    assert len(find(scanner(rule, lexicon), fold(example))) == 1


@pytest.mark.parametrize(("rule", "never"), [(rule, never) for rule in RULES for never in rule.never])
def test_never_match_gives_no_hit(rule: Rule[object], never: str, lexicon: Lexicon) -> None:
    assert find(scanner(rule, lexicon), fold(never)) == []


def test_cues_stand_with_the_proclitics_that_their_rules_allow(lexicon: Lexicon) -> None:
    everything = Scanner({}, phrases(lexicon), lexicon)
    for rule in CUES:
        for words in (*rule.examples, *rule.never):
            text = fold(f"وقد {words}، {words} ف{words} بال{words}.")
            name = rule.id.removeprefix("cue.")
            expected = find(scanner(rule, lexicon), text)
            found = prefer(everything.scan(text)[name])
            assert found == expected, (name, text)


def test_no_match_of_a_rule_begins_with_a_word_that_it_does_not_name(lexicon: Lexicon) -> None:
    texts = [fold(path.read_text("utf-8")) for path in sorted((CORPUS / "dev").glob("*.txt"))[::2]]
    assert texts
    for rule in RULES:
        expression, _ = expand(rule.pattern, lexicon)
        for text in texts:
            hits = find(scanner(rule, lexicon), text)
            for match in re.finditer(expression, text):
                value = rule.resolve(Slots(match, expand(rule.pattern, lexicon)[1], lexicon))
                assert value is None or any(h.start < match.end() and match.start() < h.end for h in hits), (rule.id, match[0])


def test_the_longest_hit_wins_then_the_earliest() -> None:
    hits = [Hit("a", 0, 3, 1), Hit("b", 2, 8, 2), Hit("c", 6, 9, 3), Hit("d", 9, 12, 4), Hit("e", 11, 14, 5)]
    assert [hit.rule for hit in prefer(hits)] == ["b", "d"]


def test_within_takes_hits_that_start_in_the_stretch() -> None:
    hits = [Hit("a", 0, 3, 1), Hit("b", 5, 8, 2), Hit("c", 8, 9, 3)]
    assert [hit.rule for hit in within(hits, 3, 8)] == ["b"]


def test_alternation_prefers_the_longer_word() -> None:
    pattern = re.compile(alternation(["التنف", "التنف الجنوبي", "تل بيدر", "a.b"]))
    assert pattern.match("التنف الجنوبي")[0] == "التنف الجنوبي"
    assert pattern.match("التنف") is not None
    assert pattern.match("تل") is None
    assert pattern.match("axb") is None
