"""The walk over the words of a text: what a word may begin, and that no stream of texts makes it hold more and more."""

import pytest

from app.extract import scanner as module
from app.extract.engine import Found, Hit, Rule, Slots, prefer, within
from app.extract.lexicon import Lexicon
from app.extract.scanner import Phrase, Scanner, find


def names(*words: str, lead: str = "n", whole: bool = False) -> dict[str, list[Phrase]]:
    return {"names": [Phrase("name", one, one, lead, whole) for one in words]}


def words_of(scanner: Scanner, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in find(scanner, text)]


@pytest.mark.parametrize(
    ("lead", "found"),
    [("n", ["تنف", "والتنف", "بتنف", "للتنف", "وبالتنف"]), ("v", ["تنف"]), ("b", ["تنف"])],
)
def test_a_phrase_stands_behind_the_proclitics_of_its_lead(lexicon: Lexicon, lead: str, found: list[str]) -> None:
    scanner = Scanner({}, names("تنف", lead=lead, whole=True), lexicon)
    text = "تنف والتنف بتنف للتنف وبالتنف تنفي فتنفتح"
    assert words_of(scanner, text) == found


def test_a_hit_begins_with_its_proclitics_or_behind_them(lexicon: Lexicon) -> None:
    assert words_of(Scanner({}, names("تنف"), lexicon), "بالتنف") == ["تنف"]
    assert words_of(Scanner({}, names("تنف", whole=True), lexicon), "بالتنف") == ["بالتنف"]


def test_of_phrases_with_one_beginning_the_longest_wins(lexicon: Lexicon) -> None:
    scanner = Scanner({}, names("tal", "tal baydar", "tal baydar base"), lexicon)
    assert words_of(scanner, "tal baydar based, tal baydar base, tal") == ["tal baydar", "tal baydar base", "tal"]


def test_the_last_word_of_a_text_is_found_like_any_other(lexicon: Lexicon) -> None:
    assert words_of(Scanner({}, names("tal baydar"), lexicon), "at tal baydar") == ["tal baydar"]
    assert words_of(Scanner({}, names("tal baydar"), lexicon), "at tal") == []
    assert words_of(Scanner({}, names("tal baydar"), lexicon), "") == []


def test_a_rule_is_asked_once_for_the_same_words(lexicon: Lexicon) -> None:
    asked = []

    def resolve(slots: Slots) -> str | None:
        asked.append(slots.text("word"))
        return slots.text("word")

    rule = Rule("test.word", "(?P<word>ab+)", resolve, (), starts=("ab", "abb"))
    scanner = Scanner({"words": [rule]}, {}, lexicon)
    assert [hit.value for hit in find(scanner, "ab abb ab")] == ["ab", "abb", "ab"]
    assert asked == ["ab", "abb"]


def test_a_rule_without_a_start_is_refused(lexicon: Lexicon) -> None:
    with pytest.raises(ValueError, match=r"test\.word does not say"):
        Scanner({"words": [Rule("test.word", "ab", lambda slots: 1, ())]}, {}, lexicon)


def test_what_is_remembered_has_an_end(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_KNOWN_WORDS", 50)
    monkeypatch.setattr(module, "_KNOWN_VALUES", 5)
    rule = Rule("test.word", r"ab(?P<rest>\w*)", lambda slots: slots.text("rest"), (), starts=(*(f"ab{i}" for i in range(30)),))
    scanner = Scanner({"words": [rule]}, names("tal"), lexicon)
    for number in range(300):
        text = f"x{number} ab{number % 30} tal " + "z" * 1000
        assert [hit.rule for hit in find(scanner, text)] == ["test.word", "name"]
    assert len(scanner._known) <= 50
    assert max(map(len, scanner._known)) < 1000


HITS = [Hit("a", 0, 3, 1), Hit("b", 5, 8, 2), Hit("c", 8, 9, 3), Hit("d", 20, 21, 4)]


@pytest.mark.parametrize("start", range(-1, 22, 3))
@pytest.mark.parametrize("end", range(-1, 23, 4))
def test_within_is_the_same_of_kept_starts_and_of_plain_hits(start: int, end: int) -> None:
    expected = [hit for hit in HITS if start <= hit.start < end]
    assert within(HITS, start, end) == within(Found(HITS), start, end) == expected
    assert Found(HITS).any_within(start, end) == bool(expected)


def test_hits_apart_from_a_run_that_overlaps_stay() -> None:
    hits = [Hit("a", 0, 2, 1), Hit("b", 1, 5, 2), Hit("c", 5, 6, 3), Hit("d", 8, 9, 4), Hit("e", 8, 12, 5), Hit("f", 10, 11, 6)]
    assert [hit.rule for hit in prefer(hits)] == ["b", "c", "e"]
