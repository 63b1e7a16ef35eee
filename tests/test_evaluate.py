"""The figures of extraction: the same as the scorer's, to the digit; and what is refused as gold or as a baseline."""

import json
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from functools import partial
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import ROOT, corpus, streams
from app.evaluate import BadBaseline, BadGold, Figures, Gold, changes, evaluate, table
from app.evaluate.figures import Rate, Share
from app.evaluate.matching import match
from app.extract import Reader
from app.ingest import RefusedInput
from app.reference import seed_gazetteer

SCORER = ROOT / "tests" / "corpus" / "score.py"
DEV = ROOT / "tests" / "corpus" / "dev"


@pytest.fixture(scope="module")
def golds():
    return corpus.load(DEV)


@pytest.fixture(scope="module")
def output(golds):
    """What extraction prints for the corpus, by the id of the text."""
    reader = Reader.of(seed_gazetteer())
    return {gold.id: streams.read(corpus.report(gold, DEV), gold.id, reader) for gold in golds}


@pytest.fixture
def scored(tmp_path) -> Callable[..., dict]:
    def run(output, folder=DEV):
        lines = tmp_path / "output.jsonl"
        lines.write_text("\n".join(json.dumps(line) for line in output.values()), "utf-8")
        command = [sys.executable, SCORER, "score", folder, lines, "--json"]
        return json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)

    return run


def lose(name, random, line):
    line[name] = [entry for entry in line[name] if random.random() < 0.6]


def repeat(name, random, line):
    line[name] += [deepcopy(entry) for entry in line[name] if random.random() < 0.4]
    random.shuffle(line[name])


def swap(name, keys, random, line):
    """Some entries get values of others, and some none at all."""
    donors = [*deepcopy(line[name]), {}]
    for entry in line[name]:
        for key in keys:
            if random.random() < 0.4:
                entry[key] = random.choice(donors).get(key)


def shift(name, random, line):
    """Evidence points elsewhere: some of it to other words, some of it past the end."""
    for entry in line[name]:
        by = random.choice((0, 1, 40, 10_000))
        span = entry["evidence"]
        entry["evidence"] = random.choice((None, span | {"end": span["end"] + by}, span | {"start": span["start"] - by}))


def cut(texts, name, random, line):
    """Evidence stays exact, but is another stretch of the text."""
    text = texts[line["id"]]
    for entry in line[name]:
        start = max(0, entry["evidence"]["start"] + random.randint(-150, 150))
        end = min(len(text), start + random.randint(1, 300))
        entry["evidence"] = {"start": start, "end": end, "quote": text[start:end]}


def unback(texts, random, line):
    text = texts[line["id"]]
    long = {"start": 0, "end": min(len(text), 201), "quote": text[:201], "rule": "x"}
    for entry in line["incidents"]:
        for key in list(entry["claims"]):
            entry["claims"][key] = random.choice((entry["claims"][key], {}, long, entry["claims"][key] | {"rule": ""}))


def rename(random, line):
    """Other codes: some for the same site or weapon, some for places that no gazetteer has."""
    for entry in line["incidents"]:
        entry["base"] = random.choice(
            (entry["base"], "al-omar", "green-village", "rmelan", "other:somewhere", "unspecified", None)
        )
        entry["weapon"] = random.choice((entry["weapon"], "rocket", "missile", "drone", None))
        entry["date"] = random.choice((entry["date"], entry["date_end"], None, "2024-11-05"))
    for tally in line["tallies"]:
        tally["scope"] = random.choice((tally["scope"], "all-syria", "other:iraq", "other:elsewhere"))
        tally["count"] = random.choice((tally["count"], 4))
    for event in line["non_strike_events"]:
        event["type"] = random.choice((event["type"], "alert", "other"))


INCIDENT_KEYS = (
    "base", "date", "date_end", "time_of_day", "weapon", "munitions_min", "munitions_max", "claimed_by", "attributed_to",
    "intercepted", "casualties_reported", "status",
)  # fmt: skip
MUTILATIONS = {
    "lost": lambda texts: [partial(lose, name) for name in ("incidents", "tallies", "non_strike_events")],
    "repeated": lambda texts: [partial(repeat, name) for name in ("incidents", "tallies", "non_strike_events")],
    "swapped": lambda texts: [
        partial(swap, "incidents", INCIDENT_KEYS),
        partial(swap, "tallies", ("since", "op", "kind", "scope", "count")),
        partial(swap, "non_strike_events", ("type",)),
    ],
    "shifted": lambda texts: [partial(shift, name) for name in ("incidents", "non_strike_events")],
    "cut": lambda texts: [partial(cut, texts, name) for name in ("incidents", "non_strike_events")],
    "unbacked": lambda texts: [partial(unback, texts)],
    "renamed": lambda texts: [rename],
}


def mutilated(output, seed, acts):
    random = Random(seed)
    changed = deepcopy({key: line for key, line in output.items() if random.random() < 0.95})
    for line in changed.values():
        for act in acts:
            act(random, line)
    return changed


def test_the_figures_of_the_corpus_are_those_of_the_scorer(golds, output, scored):
    assert json.dumps(evaluate(golds, output).to_json()) == json.dumps(scored(output))


@pytest.mark.parametrize("kind", MUTILATIONS)
def test_the_figures_of_a_mutilated_output_are_those_of_the_scorer(golds, output, scored, kind):
    changed = mutilated(output, kind, MUTILATIONS[kind]({gold.id: gold.text for gold in golds}))
    figures = evaluate(golds, changed).to_json()
    assert figures == scored(changed)
    assert figures != evaluate(golds, output).to_json()


@pytest.mark.parametrize("seed", range(6))
def test_the_figures_are_those_of_the_scorer_whatever_is_wrong_at_once(golds, output, scored, seed):
    texts = {gold.id: gold.text for gold in golds}
    kinds = Random(seed).sample(["repeated", "swapped", "renamed", "lost", "cut", "unbacked"], 4)
    changed = mutilated(output, seed, [act for kind in kinds for act in MUTILATIONS[kind](texts)])
    assert evaluate(golds, changed).to_json() == scored(changed)


INCIDENT = {**dict.fromkeys(INCIDENT_KEYS), "base": "conoco", "date": "2023-11-04", "status": "reported", "evidence": "x"}
RECORD = {"id": "001", "lang": None, "published": None, "incidents": [INCIDENT], "tallies": [], "non_strike_events": []}


def kept(folder, **changed):
    """A corpus of one text."""
    (folder / "001.json").write_text(json.dumps(RECORD | changed), "utf-8")
    (folder / "001.txt").write_text("a text", "utf-8")
    return folder


@pytest.mark.parametrize(
    ("gold", "found"),
    [
        ([INCIDENT], []),
        ([INCIDENT | {"optional": True}], []),
        ([INCIDENT | {"optional": True}], [INCIDENT]),
        ([INCIDENT | {"ambiguity": ""}], [INCIDENT | {"weapon": "drone"}]),
        ([INCIDENT | {"date": None, "month": "2023-11"}], [INCIDENT]),
        ([INCIDENT | {"date": None, "month": "2023-10"}], [INCIDENT]),
        ([INCIDENT | {"date": None}], [INCIDENT]),
        ([INCIDENT | {"date_end": "2023-11-05"}], [INCIDENT | {"date": "2023-11-05"}]),
        ([INCIDENT | {"base": "other:a"}], [INCIDENT | {"base": "unspecified"}]),
        ([INCIDENT, INCIDENT | {"weapon": "drone"}], [INCIDENT | {"weapon": "drone"}]),
        ([], []),
        ([], [INCIDENT]),
    ],
)
def test_each_rule_of_matching_is_the_scorers(tmp_path, scored, gold, found):
    folder = kept(tmp_path, incidents=gold)
    output = {"001": {"id": "001", "incidents": [entry | {"evidence": None} for entry in found]}}
    assert evaluate(corpus.load(folder), output).to_json() == scored(output, folder)


FITS = st.lists(st.lists(st.none() | st.integers(0, 3), min_size=4, max_size=4), max_size=4)
"""For each of some gold items and each of four found ones their worth as a pair, or None where they do not fit."""


@given(FITS)
def test_no_other_way_to_pair_has_more_pairs_or_more_worth(worths):
    rows, columns = range(len(worths)), range(4)
    pairs = match(rows, columns, lambda r, c: worths[r][c] is not None, lambda r, c: worths[r][c]).pairs

    def value(way):
        fitting = [worths[row][column] for row, column in enumerate(way) if worths[row][column] is not None]
        return len(fitting), sum(fitting)

    assert (len(pairs), sum(worths[row][column] for row, column in pairs)) == max(map(value, permutations(columns, len(worths))))


def test_a_long_list_is_paired_item_by_item():
    numbers = range(300)
    assert match(numbers, numbers, lambda g, f: g == f, lambda g, f: 1).missed == ()


def test_what_is_wrong_is_told_by_text():
    def gold(name, **changed):
        return Gold.of(RECORD | {"id": name} | changed, "a text")

    tally = {"scope": "all-syria", "count": 4, "since": None, "op": "=", "kind": "cumulative", "evidence": "t"}
    event = {"type": "alert", "evidence": "text"}
    figures = evaluate(
        [gold("a"), gold("b", tallies=[tally], non_strike_events=[event]), gold("c", incidents=[])],
        {
            "a": {"incidents": [INCIDENT | {"weapon": "drone", "evidence": None}]},
            "b": {"incidents": [], "tallies": [tally | {"op": ">"}, tally | {"count": 5, "evidence": None}]},
            "c": {"incidents": [INCIDENT | {"evidence": {"quote": "q"}}], "non_strike_events": [event | {"evidence": None}]},
        },
    )
    assert figures.errors == (
        "a conoco weapon: gold None, found 'drone'",
        "b missed conoco 2023-11-04: x",
        "b total all-syria 4 op: gold '=', found '>'",
        "b extra total all-syria 5: None",
        "b missed event alert: text",
        "c extra conoco 2023-11-04: q",
        "c extra event alert: None",
    )


def test_the_table_shows_each_figure(golds, output):
    output = {key: line for key, line in output.items() if key != "003"}
    figures = evaluate(golds, output)
    shown = table(figures)
    for part in figures.to_json().values():
        for value in (cell for row in (part.values() if isinstance(part, dict) else ()) for cell in leaves(row)):
            assert str(value) in shown
    assert shown.endswith("no output for 003")


def leaves(value):
    return value.values() if isinstance(value, dict) else (value,)


def test_a_share_of_nothing_is_shown_as_such():
    assert Share().to_json() == {"accuracy": None, "of": 0}
    assert table(Figures()).count("–") == 15


def test_a_figure_that_is_worse_is_a_drop_and_one_that_is_better_is_none():
    before = Figures(incidents=Rate(8, 1, 1), evidence=Share(1, 2), claims=Share(1, 2), negatives=3, false_alarms=1)
    now = Figures(incidents=Rate(8, 1, 2), evidence=Share(2, 2), claims=Share(), negatives=3, false_alarms=2, absent=("x",))
    found = {change.name: (change.before, change.now, change.is_drop) for change in changes(before.to_json(), now)}
    assert found == {
        "incidents.precision": (0.8889, 0.8, True),
        "incidents.f1": (0.8889, 0.8421, True),
        "evidence.accuracy": (0.5, 1.0, False),
        "claims.backed": (0.5, None, True),
        "negatives.with_false_alarm": (1, 2, True),
        "texts_without_output": (0, 1, True),
    }
    assert not any(change.is_drop for change in changes(now.to_json(), before) if change.name != "evidence.accuracy")
    assert changes(now.to_json(), now) == []


@pytest.mark.parametrize(
    ("baseline", "complaint"),
    [
        ([], "no JSON object"),
        ({}, "`incidents.precision`"),
        (Figures().to_json() | {"claims": 1}, "`claims.backed`"),
        (Figures().to_json() | {"evidence": {"accuracy": "high"}}, "`evidence.accuracy`"),
    ],
)
def test_a_baseline_without_its_figures_is_refused(baseline, complaint):
    with pytest.raises(BadBaseline, match=complaint):
        changes(baseline, Figures())


@pytest.mark.parametrize(
    ("record", "complaint"),
    [
        ([], "the file is no JSON object"),
        ({"id": "1"}, "the file lacks `lang`, `published`, `incidents`"),
        (RECORD | {"id": 1}, "`id` is 1"),
        (RECORD | {"published": 20231104}, "`published` is 20231104"),
        (RECORD | {"incidents": {}}, "`incidents` is no list"),
        (RECORD | {"incidents": [INCIDENT, "x"]}, "entry 2 of `incidents` is no JSON object"),
        (RECORD | {"incidents": [{"base": "conoco"}]}, "entry 1 of `incidents` lacks `date`, `date_end`"),
        (RECORD | {"incidents": [INCIDENT | {"base": []}]}, r"`base` of entry 1 of `incidents` is \[\]"),
        (RECORD | {"incidents": [INCIDENT | {"evidence": None}]}, "`evidence` of entry 1 of `incidents` is None"),
        (RECORD | {"incidents": [INCIDENT | {"month": 11}]}, "`month` of entry 1 of `incidents` is 11"),
        (RECORD | {"tallies": [{"count": 4, "evidence": ""}]}, "entry 1 of `tallies` lacks `scope`"),
        (RECORD | {"non_strike_events": [{"evidence": ""}]}, "entry 1 of `non_strike_events` lacks `type`"),
    ],
)
def test_gold_that_lacks_something_is_refused_by_entry_and_key(record, complaint):
    with pytest.raises(BadGold, match=f"^{complaint}"):
        Gold.of(record, "a text")


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("001.json", b"{", r"001\.json: not JSON"),
        ("001.json", b"[" * 100_000, r"001\.json: not JSON"),
        ("001.json", b"\xff", r"001\.json: not UTF-8"),
        ("001.json", b"{}", r"001\.json: the file lacks `id`.*see tests/corpus/README\.md"),
        ("001.txt", b"\xff", r"001\.txt: not UTF-8"),
        ("001.txt", None, r"001\.txt: No such file"),
        ("001.json", None, "no annotations in it"),
    ],
)
def test_a_folder_that_can_not_be_used_is_refused_by_file(tmp_path, name, content, complaint):
    file = kept(tmp_path) / name
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    with pytest.raises(RefusedInput, match=complaint):
        corpus.load(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(RefusedInput, match="nowhere: there is no such folder"):
        corpus.load(tmp_path / "nowhere")


def test_a_day_of_publication_that_is_none_is_refused_by_file(tmp_path):
    (gold,) = corpus.load(kept(tmp_path, published="2023-02-31"))
    with pytest.raises(RefusedInput, match=r"001\.json: '2023-02-31' is no day"):
        corpus.report(gold, tmp_path)
