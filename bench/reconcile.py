"""Measures how fast reports become incidents as the register grows: merging, settling and storing, without extraction.

Run it with the project's Python: .venv/bin/python bench/reconcile.py. README.md beside it says how to read what it prints.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from app.actions.reports import add_reports
from app.db import make_engine
from app.extract.values import Claim, Extraction, Mention, Span
from app.ingest import RawReport
from app.migrate import migrate
from app.reconcile.clustering import Sighting, cluster
from app.reconcile.weighing import face_of
from app.reference import load
from app.seed import seed_reference

FIRST = date(1960, 1, 1)
A_DAY = 0.1
"""Attacks on one base a day, as in the busiest months of the compilation."""
PARTS = ("dawn", "morning", "noon", "afternoon", "evening", "night")
ORIGINS = ("sohr", "us-official", "local-sources", "islamic-resistance-in-iraq", "afp", "reuters")
PUBLISHERS = ("sohr", "rozana", "shafaq", "afp", "reuters", "cnn", "xinhua", "menafn")
MOST = 40
"""Reports of one attack at most: the most told one of the compilation has twelve."""
TOLD_AT_ONCE = 0.15
"""The share of reports that tell of two attacks."""


def attacks(draw: random.Random, reports: int) -> Iterator[tuple[dict[str, str], int]]:
    """Attacks in the order of time, as the fields of what happened, each with how many reports tell of it: 3 on average."""
    bases = [entry["slug"] for entry in load("bases") if entry["slug"] != "unspecified"]
    day, left = 0.0, reports
    while left > 0:
        day += draw.expovariate(A_DAY * len(bases))
        told = min(left, MOST, 1 + int(draw.paretovariate(1.5)))
        left -= told
        low = draw.choice((1, 1, 2, 3, 5, 8))
        yield (
            {
                "base": draw.choice(bases),
                "date_start": (FIRST + timedelta(days=int(day))).isoformat(),
                "time_of_day": draw.choice(PARTS),
                "weapon": draw.choice(("drone", "drone", "rocket", "rocket", "mixed")),
                "munitions_low": str(low),
                "munitions_high": str(low),
                "claimed_by": "islamic-resistance-in-iraq",
            },
            told,
        )


def telling(draw: random.Random, attack: dict[str, str]) -> dict[str, str]:
    """What one report tells of an attack: most of it, sometimes a day late, seldom another weapon."""
    told = {field: value for field, value in attack.items() if field in ("base", "date_start") or draw.random() < 0.6}
    if draw.random() < 0.08:
        told["date_start"] = (date.fromisoformat(told["date_start"]) + timedelta(days=1)).isoformat()
    if draw.random() < 0.05:
        told["weapon"] = "rocket"
    return told | {"origin": draw.choice(ORIGINS)}


def generated(count: int, seed: int) -> Iterator[tuple[RawReport, Extraction]]:
    """Reports with their readings, about in the order in which they would be published."""
    draw = random.Random(seed)
    before: dict[str, str] | None = None
    number = 0
    for attack, told in attacks(draw, count):
        for _ in range(told):
            number += 1
            tellings = [telling(draw, attack)]
            if before and draw.random() < TOLD_AT_ONCE:
                tellings.append(telling(draw, before))
            text = f"{number:08d}" + " ".join(value for one in tellings for value in one.values())
            mentions = tuple(read(one, text) for one in tellings)
            day = date.fromisoformat(attack["date_start"]) + timedelta(days=draw.choice((0, 0, 1)))
            yield RawReport(text, publisher=draw.choice(PUBLISHERS), published=day, lang="en"), Extraction("bench", mentions)
        before = attack


def read(fields: dict[str, str], text: str) -> Mention:
    """A mention whose claims all stand in the text's first eight letters."""
    span = Span(0, 8, text[:8])
    return Mention(tuple(Claim(name, value, span=span, rule="bench") for name, value in fields.items()), anchor=span)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--reports", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--together", type=int, default=100, help="reports in one transaction")
    options = arguments.parse_args()
    made = list(generated(options.reports, options.seed))
    print(f"Reports become incidents, {options.together} in a transaction: {len(made):,} reports")
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'register.db'}")
        migrate(engine)
        seed_reference(engine)
        spent: list[float] = []
        for first in range(0, len(made), options.together):
            given = made[first : first + options.together]
            before = time.perf_counter()
            add_reports(engine, given)
            spent.append(time.perf_counter() - before)
            number = first + len(given)
            if number in (1_000, 10_000, 100_000) or number == len(made):
                latest = [one / options.together * 1000 for one in spent[-1000 // options.together :]]
                print(
                    f"{number:>9,} reports: {sum(spent):7.1f} s in all; of the last 1,000 a report takes"
                    f" {statistics.median(latest):.2f} ms (median), {max(latest):.2f} ms (slowest transaction)"
                )
        with engine.connect() as connection:
            count = connection.exec_driver_sql("SELECT count(*) FROM incident WHERE review_status = 'unreviewed'").scalar_one()
        print(f"{count:>9,} incidents")
        engine.dispose()
    sites = {entry["slug"]: entry.get("parent") or entry["slug"] for entry in load("bases")}
    sightings = [
        Sighting(2 * number + at, str(number), at, face_of(mention.claims, sites=sites, attacked={"us-official"}))
        for number, (_raw, reading) in enumerate(made)
        for at, mention in enumerate(reading.mentions)
    ]
    before = time.perf_counter()
    found = cluster(sightings)
    spent_alone = time.perf_counter() - before
    print(f"Clustering alone, all {len(sightings):,} mentions at once: {spent_alone:.1f} s, {len(found.groups):,} groups")


if __name__ == "__main__":
    main()
