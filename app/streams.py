"""A stream of reports as JSON Lines, answered line by line in the order of input, by one process or by several."""

import json
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import NamedTuple

from app.extract import Reader, extract
from app.extract.contract import to_json
from app.extract.gazetteer import Gazetteer
from app.ingest import LARGEST, RawReport, RefusedInput, parse_line

PIECE = 65_536
"""Bytes asked of the stream at once."""
BATCH = 16
"""Lines that a process gets at once, at most."""
ROOM = 8_000_000
"""Bytes of lines that wait for their turn; while there are more, nothing is read."""
OVERHEAD = 1_000
"""Bytes that a line costs beside its letters, about: a stream of short lines fills the room as well."""

Answer = str | RefusedInput
"""A line of output, or what is wrong with the line of input."""


class WorkerEnded(Exception):
    """A process that read reports is gone. The message says how it ended, and up to where the stream is answered."""


class Line(NamedTuple):
    """A line of the stream and its number, from 1. Of one over LARGEST there are just enough bytes to see that."""

    number: int
    raw: bytes


class Cutter:
    """Cuts a stream that comes in pieces into lines. Lines without any words are only counted."""

    def __init__(self) -> None:
        self._number = 0
        self._rest = b""

    def cut(self, piece: bytes) -> list[Line]:
        """The lines that end in a piece. The empty piece is the end of the stream, and of a line that nothing else has ended."""
        *ended, rest = piece.split(b"\n") if piece else (b"", b"")
        found = []
        for part in ended:
            self._number += 1
            found.append(Line(self._number, self._with(part)))
            self._rest = b""
        self._rest = self._with(rest)
        return [line for line in found if line.raw.strip()]

    def _with(self, part: bytes) -> bytes:
        return self._rest + part[: LARGEST + 1 - len(self._rest)]


def read(raw: RawReport, where: str, reader: Reader) -> dict[str, object]:
    """The line of output for a report. Raises RefusedInput where the rules fail, which no text should bring about."""
    text = raw.text or ""
    try:
        reading = extract(text, published=raw.published, lang=raw.lang, reader=reader)
        return {"id": raw.report_ref or None, **to_json(reading, text)}
    except Exception as error:
        raise RefusedInput(f"{where}: the rules fail on this text ({error!r:.200}); please report it") from error


def answer(line: Line, name: str, reader: Reader) -> Answer:
    """What is read in a line of the stream that is called `name`, or why it is refused. Never raises."""
    where = f"{name}, line {line.number}"
    try:
        if len(line.raw) > LARGEST:
            raise RefusedInput(f"{where}: over {LARGEST // 1_000_000} MB; give one report a line")
        return json.dumps(read(parse_line(line.raw, where), where, reader), ensure_ascii=False)
    except RefusedInput as refusal:
        return refusal


def answers(source: int, name: str, gazetteer: Gazetteer, jobs: int = 1) -> Generator[Answer, None, None]:
    """An answer for each line that comes in at the file descriptor `source`, in its order and as soon as there is one.

    With more `jobs` than one, as many processes read at once. Raises WorkerEnded when one of them is gone; they end with the
    iterator.
    """
    return _alone(source, name, gazetteer) if jobs == 1 else _together(source, name, gazetteer, jobs)


def _alone(source: int, name: str, gazetteer: Gazetteer) -> Generator[Answer, None, None]:
    cutter, reader, is_open = Cutter(), Reader.of(gazetteer), True
    while is_open:
        piece = os.read(source, PIECE)
        is_open = bool(piece)
        for line in cutter.cut(piece):
            yield answer(line, name, reader)


@dataclass(slots=True)
class _Batch:
    """Lines that one process reads, and its answers once they are there."""

    lines: Sequence[Line]
    answers: Sequence[Answer] | None = None


def _together(source: int, name: str, gazetteer: Gazetteer, jobs: int) -> Generator[Answer, None, None]:
    cutter, is_open, room, answered = Cutter(), True, ROOM, 0
    waiting: deque[Line] = deque()
    batches: deque[_Batch] = deque()
    busy: dict[Connection, _Batch] = {}
    with _workers(jobs, name, gazetteer) as workers:
        while is_open or waiting or batches:
            try:
                for worker in workers:
                    if waiting and worker not in busy:
                        busy[worker] = _Batch(_next(waiting, jobs))
                        batches.append(busy[worker])
                        worker.send(busy[worker].lines)
                # A process that has nothing to do is heard as well: it could only tell of its end.
                ready = wait([*workers, source] if is_open and room > 0 else [*workers])
                for worker in workers.keys() & set(ready):
                    busy.pop(worker).answers = worker.recv()
            except (EOFError, OSError):
                raise WorkerEnded(f"{_end_of(workers[worker])}; {name} is answered up to line {answered}") from None
            if source in ready:
                piece = os.read(source, PIECE)
                is_open = bool(piece)
                lines = cutter.cut(piece)
                room -= _weight(lines)
                waiting.extend(lines)
            while batches and batches[0].answers is not None:
                batch = batches.popleft()
                room += _weight(batch.lines)
                yield from batch.answers or ()
                answered = batch.lines[-1].number


def _next(waiting: deque[Line], jobs: int) -> list[Line]:
    """The lines of the next batch. Few lines are shared by all processes, so that those of a slow stream are answered at once."""
    return [waiting.popleft() for _ in range(min(BATCH, -(-len(waiting) // jobs)))]


def _weight(lines: Sequence[Line]) -> int:
    return sum(len(line.raw) + OVERHEAD for line in lines)


@contextmanager
def _workers(jobs: int, name: str, gazetteer: Gazetteer) -> Iterator[dict[Connection, BaseProcess]]:
    """Processes that answer lists of lines, by the ends of the pipes to them. They end with the context, whatever they do."""
    workers: dict[Connection, BaseProcess] = {}
    try:
        with _uninterrupted():  # inherited: Ctrl-C is for the process that started them, and that will end them
            for _ in range(jobs):
                ours, theirs = multiprocessing.Pipe()
                process = multiprocessing.Process(target=_work, args=(theirs, ours, name, gazetteer), daemon=True)
                process.start()
                theirs.close()  # only the process holds it now: the end of one is the end of the other
                workers[ours] = process
        yield workers
    finally:
        for started in workers.values():
            started.kill()
            started.join()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C has to wait."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(theirs: Connection, ours: Connection, name: str, gazetteer: Gazetteer) -> None:
    ours.close()  # inherited; while it is open here, nobody would notice the end of the process that asks
    reader = Reader.of(gazetteer)
    with suppress(EOFError, OSError):
        while True:
            theirs.send([answer(line, name, reader) for line in theirs.recv()])


def _end_of(process: BaseProcess) -> str:
    process.join(timeout=1)
    status = process.exitcode or 0
    how = f"signal {-status}" if status < 0 else f"status {status}"
    return f"a process that read reports has ended ({how}); if memory was short, try fewer --jobs"
