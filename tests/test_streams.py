"""A stream of reports: cut into lines, answered in order by one process or by several, whatever a line holds."""

import io
import json
import multiprocessing
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import streams
from app.extract import Reader
from app.ingest import LARGEST, RefusedInput, read_lines
from app.reference import seed_gazetteer
from app.streams import Cutter, Line, WorkerEnded, answer, answers

# Where tests run in several processes, a thread of theirs makes Python warn of each process that is started.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

TOLD = "قصفت طائرة مسيرة قاعدة التنف مساء أمس، بحسب المرصد السوري لحقوق الإنسان."


@pytest.fixture(scope="module")
def gazetteer():
    return seed_gazetteer()


@pytest.fixture(scope="module")
def reader(gazetteer):
    return Reader.of(gazetteer)


@pytest.fixture
def stream(tmp_path):
    """Opens some bytes as a stream; gives its file descriptor."""
    opened = []

    def open_stream(content):
        path = tmp_path / "stream"
        path.write_bytes(content)
        opened.append(os.open(path, os.O_RDONLY))
        return opened[-1]

    yield open_stream
    for descriptor in opened:
        os.close(descriptor)


def report(number, text=TOLD):
    return json.dumps({"id": str(number), "text": text, "published": "2024-03-05"}).encode()


def cut(pieces):
    cutter = Cutter()
    return [line for piece in (*pieces, b"") for line in cutter.cut(piece)]


def shown(found):
    return [str(one) for one in found]


@given(st.lists(st.lists(st.sampled_from([b"\n", b" ", b"a", b"{}", b"\r\n"]), min_size=1).map(b"".join)))
def test_lines_are_the_same_however_the_stream_comes_in(pieces):
    whole = enumerate(b"".join(pieces).split(b"\n"), 1)
    assert cut(pieces) == [Line(number, raw) for number, raw in whole if raw.strip()]


def test_of_a_line_without_end_only_its_beginning_is_kept(monkeypatch):
    monkeypatch.setattr(streams, "LARGEST", 10)
    assert cut([b"a" * 8, b"a" * 8, b"a" * 8 + b"\nbb"]) == [(1, b"a" * 11), (2, b"bb")]
    assert cut([b"a" * 100 + b"\nb\n"]) == [(1, b"a" * 11), (2, b"b")]


BAD = [
    (b"{", "not JSON"),
    (b"[" * 100_000, "not JSON"),
    (b'{"text": ' * 100_000, "not JSON"),
    (b"<html><body>" + TOLD.encode() + b"</body></html>", "not JSON"),
    (b"\xff\xfe{}", "not UTF-8"),
    (b"null", "not a JSON object"),
    (b'{"text": "a", "published": "2023-02-31"}', "'2023-02-31' is no day; write it as 2023-11-04"),
    (b'{"text": "a", "published": 20231104}', "`published` is not a text"),
    (b'{"text": "' + b"a" * LARGEST + b'"}', "over 5 MB; give one report a line"),
]
ODD = [
    json.dumps({"text": TOLD}).encode(),
    json.dumps({"text": "ا" * (LARGEST // 6 - 100)}).encode(),
    json.dumps({"text": f"<html><body><p class='a'>{TOLD}</p></body></html>"}).encode(),
]
"""What can be read: without a day of publication, close to 5 MB, with tags."""


@pytest.mark.parametrize(("raw", "complaint"), BAD)
def test_a_line_that_is_no_report_is_refused_by_its_number(reader, raw, complaint):
    refusal = answer(Line(7, raw), "standard input", reader)
    assert isinstance(refusal, RefusedInput)
    assert str(refusal).startswith("standard input, line 7: ")
    assert complaint in str(refusal)


@pytest.mark.parametrize("raw", ODD)
def test_a_line_that_is_an_odd_report_is_read(reader, raw):
    assert len(raw) < LARGEST
    assert json.loads(answer(Line(1, raw), "x", reader))["id"] is None


def test_lines_are_refused_as_they_are_when_they_are_stored(reader):
    stream = b"\n".join([*(raw for raw, _ in BAD[1:]), b"", report(1)])
    ours = [one for line in cut([stream]) if isinstance(one := answer(line, "x", reader), RefusedInput)]
    theirs = [one for one in read_lines(io.BytesIO(stream), "x") if isinstance(one, RefusedInput)]
    assert shown(ours) == shown(theirs)


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_each_line_is_answered_in_its_place(gazetteer, reader, stream, jobs):
    lines = [raw for number, (bad, _) in enumerate(BAD) for raw in (bad, b"", report(number))] + ODD
    lines += [report(f"more {number}") for number in range(100)]
    content = b"\n".join(lines)
    alone = [answer(line, "x", reader) for line in cut([content])]
    assert shown(answers(stream(content), "x", gazetteer, jobs)) == shown(alone)
    assert [json.loads(one)["id"] for one in alone[-100:]] == [f"more {number}" for number in range(100)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_stream_without_a_line_has_no_answer(gazetteer, stream, jobs):
    assert list(answers(stream(b"\n\n  \n"), "x", gazetteer, jobs)) == []


def test_a_text_that_the_rules_fail_on_is_refused_and_the_next_is_read(gazetteer, stream, monkeypatch):
    def failing(text, **details):
        if text == "a":
            raise ZeroDivisionError("by\nzero")
        return reading(text, **details)

    reading = streams.extract
    monkeypatch.setattr(streams, "extract", failing)
    source = stream(b"\n".join([report(1), report(2, "a"), report(3)]))
    first, refusal, third = answers(source, "standard input", gazetteer)
    assert [json.loads(one)["id"] for one in (first, third)] == ["1", "3"]
    assert isinstance(refusal, RefusedInput)
    assert str(refusal).startswith(r"standard input, line 2: the rules fail on this text (ZeroDivisionError('by\nzero'))")


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_a_line_is_answered_while_the_stream_stays_open(gazetteer, jobs):
    source, end = os.pipe()
    found = answers(source, "x", gazetteer, jobs)
    for number in range(3):
        os.write(end, report(number) + b"\n")
        assert json.loads(next(found))["id"] == str(number)
    found.close()
    os.close(end)
    os.close(source)


def test_no_more_is_read_than_there_is_room_for(gazetteer, stream, monkeypatch):
    monkeypatch.setattr(streams, "ROOM", 100_000)
    slow = report("slow", "استهدفت قاعدة التنف بصاروخ. " * 400)
    lines = [slow] + [report(number, "a") for number in range(20_000)]
    source = stream(b"\n".join(lines))
    found = answers(source, "x", gazetteer, 2)
    next(found)
    # While the first line was read the rest of the stream lay ready.
    assert os.lseek(source, 0, os.SEEK_CUR) <= 100_000 + 2 * streams.PIECE
    assert sum(1 for _ in found) == 20_000


@pytest.fixture
def started():
    """The processes that a test has started: others of the same run draw charts meanwhile."""
    before = set(multiprocessing.active_children())
    return lambda: [one for one in multiprocessing.active_children() if one not in before]


def test_when_a_process_ends_it_is_told_how_and_how_far_the_stream_is_answered(gazetteer, started):
    source, end = os.pipe()
    found = answers(source, "standard input", gazetteer, 2)
    os.write(end, report(1) + b"\n")
    next(found)
    started()[0].kill()
    with pytest.raises(WorkerEnded, match=r"\(signal 9\).* standard input is answered up to line 1$"):
        next(found)
    assert started() == []
    os.close(end)
    os.close(source)


def test_processes_end_with_the_iterator(gazetteer, stream, started):
    found = answers(stream(b"\n".join(report(number) for number in range(200))), "x", gazetteer, 2)
    next(found)
    assert len(started()) == 2
    found.close()
    assert started() == []
