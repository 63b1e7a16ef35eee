"""Measures extraction: its speed, stage by stage and against dateparser, on hostile texts, and the memory of a stream.

Run it with the project's Python: .venv/bin/python bench/extract.py. README.md beside it says how to read what it prints.
"""

import argparse
import importlib.metadata
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from app.extract import Reader, events, extract, mentions, totals
from app.extract.reading import Reading
from app.extract.text import Text
from app.reference import seed_gazetteer

ROOT = Path(__file__).resolve().parent.parent
REPORT = 2_500
MEGABYTE = 1_000_000
PUBLISHED = date(2023, 11, 4)

PIECES = {
    "digits": "1",
    "thousands": "1,",
    "groups of thousands": ",111",
    "quotes": '"4" ',
    "nested quotes and brackets": '("«',
    "base names": "قاعدة التنف ",
    "base names between commas": "قاعدة التنف، ",
    "base names joined by و": "التنف وكونيكو و",
    "combining marks": "اً",
    "one letter": "a",
    "full stops": ".",
    "stops and spaces": ". ",
    "hidden words": "صـ.",
    "months": "كانون الثاني / ",
    "dates": "31 October 2023\n",
    "days of the week": "الجمعة - السبت ",
    "و chains": "و ",
    "number words": "one two three drones ",
    "attacks": "استهدفت قاعدة التنف بصاروخ. ",
    "attacks without a stop": "استهدفت قاعدة التنف بصاروخ ",
    "attacks in English": "A drone hit the Tanf base on Sunday. ",
    "totals": "أحصى المرصد 24 هجوماً على القواعد منذ 19 تشرين الأول. ",
    "parts of totals": "5 على قاعدة التنف و",
    "convoys": "دخلت قافلة تضم 40 شاحنة. ",
    "denials": "نفى استهداف قاعدة التنف. ",
    "one endless line": "كلمة ",
    "very short lines": "ا\n",
    "very short attacks": "قصف\n",
    "bullets": "- قصف القاعدة\n",
    "tags": "<b>قصف</b> ",
    "tags without an end": "<a ",
    "scripts without an end": "<script>",
    "comments without an end": "<!--",
    "entities": "&amp;",
}


def reports() -> list[str]:
    """The corpus cut into reports of one length, the same in every run."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "tests" / "corpus" / "dev").glob("*.txt"))]
    whole = "\n\n".join(texts)
    return [whole[at : at + REPORT] for at in range(0, len(whole) - REPORT, REPORT // 4)]


def median_of(rounds: int, run: Callable[[], object]) -> float:
    """Seconds that one run takes, the first one not counted."""
    run()
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def yardstick() -> None:
    """Some work that is the same on every machine: what machines and days differ by can be divided out."""
    table: dict[int, tuple[int, int]] = {}
    for number in range(60_000):
        table[number & 1023] = (number, number * 3)
        table.get(number * 7 & 2047)


def staged(text: str, reader: Reader) -> Iterator[tuple[str, float]]:
    """The stages of one extraction, each with its seconds."""
    clock = time.perf_counter
    start = clock()
    read = Text(text)
    yield "fold", clock() - start
    start = clock()
    assert read.sentences is not None
    yield "sentences", clock() - start
    reading = Reading(read, PUBLISHED, reader)
    start = clock()
    assert reading.hits is not None
    yield "scan", clock() - start
    start = clock()
    assert reading.targets is not None
    yield "targets", clock() - start
    start = clock()
    _, counted = totals.read(reading)
    yield "totals", clock() - start
    start = clock()
    _, _, told = mentions.read(reading, counted)
    yield "mentions", clock() - start
    start = clock()
    events.read(reading, told | counted)
    yield "events", clock() - start


def speed(reader: Reader, texts: list[str], rounds: int) -> float:
    """Prints how long a report takes, whole and by stage; returns the milliseconds of a report."""
    whole = median_of(rounds, lambda: [extract(text, published=PUBLISHED, lang=None, reader=reader) for text in texts])
    each = whole / len(texts) * 1000
    print(f"Speed: {len(texts)} reports of {REPORT:,} characters, median of {rounds} rounds")
    print(f"  {each:8.2f} ms a report, {1000 / each:,.0f} reports a second on one core")
    print(f"  {each / 1000 / median_of(rounds, yardstick):8.3f} yardsticks a report")
    stages: dict[str, list[float]] = {}
    for _ in range(rounds):
        taken: dict[str, float] = {}
        for text in texts:
            for name, seconds in staged(text, reader):
                taken[name] = taken.get(name, 0) + seconds
        for name, seconds in taken.items():
            stages.setdefault(name, []).append(seconds / len(texts) * 1000)
    for name, milliseconds in stages.items():
        print(f"  {statistics.median(milliseconds):8.2f} ms {name}")
    return each


def against_dateparser(texts: list[str], each: float) -> None:
    """Prints how long dateparser looks for dates alone in some of the same texts."""
    try:
        from dateparser.search import search_dates
    except ImportError:
        print("dateparser is not installed: .venv/bin/python -m pip install -r bench/requirements.txt")
        return
    some = texts[:: max(1, len(texts) // 4)]
    taken = median_of(1, lambda: [search_dates(text, languages=["ar", "en"]) for text in some]) / len(some) * 1000
    version = importlib.metadata.version("dateparser")
    print(f"dateparser {version}, search_dates alone, on {len(some)} of the same texts")
    print(f"  {taken:8.2f} ms a report: extraction is {taken / each:,.0f} times as fast")


def hostile(reader: Reader) -> None:
    """Prints how long a megabyte of each piece takes."""
    print(f"Hostile texts of {MEGABYTE:,} characters")
    chooser = random.Random(1)
    mixed = "".join(chooser.choice([*PIECES.values()]) * chooser.randint(1, 30) for _ in range(MEGABYTE // 20))
    for name, piece in [*PIECES.items(), ("all of them mixed", mixed)]:
        text = (piece * (MEGABYTE // len(piece) + 1))[:MEGABYTE]
        start = time.perf_counter()
        extract(text, published=PUBLISHED, lang=None, reader=reader)
        print(f"  {time.perf_counter() - start:8.2f} s {name}")


def stream(reader: Reader, texts: list[str], count: int) -> None:
    """Prints the greatest memory after very many reports, every one with words that no other has."""
    chooser = random.Random(2)
    for _ in range(count):
        words = " ".join(f"{chooser.getrandbits(40):x} {chooser.getrandbits(30)}" for _ in range(60))
        extract(f"{chooser.choice(texts)}\n{words}", published=PUBLISHED, lang=None, reader=reader)
    print(f"Memory of a stream of {count:,} reports")
    print(f"  {peak():8.0f} MB at most")


def peak() -> float:
    """The greatest memory so far, in megabytes."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1_048_576 if sys.platform == "darwin" else 1024)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9, help="rounds of which the median is told")
    parser.add_argument("--stream", type=int, default=2_000, help="reports of the stream whose memory is told")
    options = parser.parse_args()
    reader = Reader.of(seed_gazetteer())
    texts = reports()
    stream(reader, texts, options.stream)
    each = speed(reader, texts, options.rounds)
    hostile(reader)
    print(f"Memory with the hostile texts\n  {peak():8.0f} MB at most")
    against_dateparser(texts, each)


if __name__ == "__main__":
    main()
