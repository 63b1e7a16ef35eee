"""Every example and every never-match of every rule, and how hits win over each other."""

import re

import pytest

from app.extract.clauses import RULES as CUES
from app.extract.clauses import index
from app.extract.engine import Grammar, Hit, Rule, alternation, prefer, within
from app.extract.lexicon import Lexicon
from app.extract.reading import all_rules
from app.extract.text import fold

RULES = all_rules()
GRAMMARS: dict[str, Grammar[object]] = {}


def grammar(rule: Rule[object], lexicon: Lexicon) -> Grammar[object]:
    return GRAMMARS.setdefault(rule.id, Grammar.of([rule], lexicon))


def test_rule_ids_are_unique() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", one) for one in ids)


def test_every_rule_has_examples_and_never_matches() -> None:
    assert [rule.id for rule in RULES if not rule.examples or not rule.never] == []


@pytest.mark.parametrize(("rule", "example"), [(rule, example) for rule in RULES for example in rule.examples])
def test_example_gives_exactly_one_hit(rule: Rule[object], example: str, lexicon: Lexicon) -> None:
    assert len(grammar(rule, lexicon).find(fold(example))) == 1


@pytest.mark.parametrize(("rule", "never"), [(rule, never) for rule in RULES for never in rule.never])
def test_never_match_gives_no_hit(rule: Rule[object], never: str, lexicon: Lexicon) -> None:
    assert grammar(rule, lexicon).find(fold(never)) == []


def test_the_index_of_cues_finds_what_the_rules_find(lexicon: Lexicon) -> None:
    rules = Grammar.of(CUES, lexicon)
    phrases = index(lexicon)
    for rule in CUES:
        for words in (*rule.examples, *rule.never):
            text = fold(f"وقد {words}، {words} ف{words} بال{words}.")
            name = rule.id.removeprefix("cue.")
            expected = prefer([hit for hit in rules.all(text) if hit.rule == rule.id])
            assert phrases.find(text)[name] == expected, (name, text)


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
