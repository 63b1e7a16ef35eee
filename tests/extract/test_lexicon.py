"""The vocabulary files: what they hold is folded, and collisions are refused."""

from pathlib import Path

import pytest

from app.extract.folding import fold
from app.extract.lexicon import FOLDER, Lexicon, LexiconError


def test_every_entry_is_folded(lexicon: Lexicon) -> None:
    entries = [entry for entries in lexicon.lists.values() for entry in entries]
    assert len(entries) > 1000
    assert [entry for entry in entries if fold(entry) != entry or not entry] == []


def test_two_spellings_of_one_list_that_fold_alike_are_refused_with_both_places(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[verb]\none = ["أصاب"]\n', "utf-8")
    (tmp_path / "b.toml").write_text('[verb]\ntwo = ["اصاب"]\n', "utf-8")
    with pytest.raises(LexiconError, match=r"b\.toml, \[verb\], two: 'اصاب' collides with a\.toml, \[verb\], one: 'أصاب'"):
        Lexicon.load(tmp_path)


def test_a_spelling_twice_under_one_value_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[month]\n1 = ["يناير", "ينايـر"]\n', "utf-8")
    with pytest.raises(LexiconError, match="collides"):
        Lexicon.load(tmp_path)


def test_one_spelling_may_stand_in_two_lists(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[month]\n1 = ["may"]\n[verb]\nmay = ["may"]\n', "utf-8")
    assert Lexicon.load(tmp_path)["verb"]["may"] == "may"


def test_an_entry_of_marks_alone_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[x]\ny = ["ًٌ"]\n', "utf-8")
    with pytest.raises(LexiconError, match="folds to nothing"):
        Lexicon.load(tmp_path)


def test_the_article_after_li_is_known(lexicon: Lexicon) -> None:
    assert lexicon["base_again"][fold("للقاعدة")] == "again"


def test_the_digest_changes_with_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text('[x]\ny = ["a"]\n', "utf-8")
    before = Lexicon.load(tmp_path).digest
    path.write_text('[x]\ny = ["a", "b"]\n', "utf-8")
    assert Lexicon.load(tmp_path).digest != before


def test_every_list_of_the_files_is_a_table_of_spellings() -> None:
    assert len(list(FOLDER.glob("*.toml"))) >= 9


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('x = ["a"]\n', r"a\.toml, x: not a table"),
        ('[x]\ny = "abc"\n', r"a\.toml, \[x\], y: not a list of spellings"),
        ("[x]\ny = [1]\n", r"a\.toml, \[x\], y: not a list of spellings"),
        ("[x\n", r"a\.toml: "),
    ],
)
def test_a_file_that_is_no_vocabulary_is_refused_by_name(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "a.toml").write_text(content, "utf-8")
    with pytest.raises(LexiconError, match=told):
        Lexicon.load(tmp_path)
