"""Merges the compiled reports of seeds/ as if they were news, and compares with the incidents that a person linked them to.

Run it with the project's Python: .venv/bin/python bench/compiled.py. README.md beside it says how to read what it prints.
"""

from datetime import date
from itertools import combinations

from app.extract import Reader, extract
from app.extract.values import Claim
from app.ingest import parse_day
from app.reconcile.clustering import Sighting, cluster
from app.reconcile.weighing import face_of
from app.reference import load, seed_gazetteer
from app.seed import rows


def main() -> None:
    reader = Reader.of(seed_gazetteer())
    sites = {entry["slug"]: entry.get("parent") or entry["slug"] for entry in load("bases")}
    attacked = {entry["slug"] for entry in load("sources") if entry.get("speaks_for") == "attacked"}
    compiled = rows("reports.csv")
    sightings = []
    for number, row in enumerate(compiled):
        if (claims := read(row, reader)) is not None:
            sightings.append(Sighting(number, row["url"], number, face_of(claims, sites=sites, attacked=attacked)))
    found = cluster(sightings)
    # What names no base that is known is an attack of its own, and so is missed.
    group_of = {one: frozenset({one}) for one in range(len(compiled))} | {one: group for group in found.groups for one in group}
    hit = missed = extra = 0
    for one, other in combinations(range(len(compiled)), 2):
        ours, theirs = compiled[one], compiled[other]
        if ours["url"] != theirs["url"]:
            same, together = ours["incident_id"] == theirs["incident_id"], group_of[one] == group_of[other]
            hit, missed, extra = hit + (same and together), missed + (same and not together), extra + (together and not same)
    print(f"{len(compiled)} compiled reports, {len(sightings)} of them with a base that is known, {len(found.groups)} attacks")
    print(f"precision {hit / (hit + extra):.3f}, recall {hit / (hit + missed):.3f}: {hit} pairs, {missed} missed, {extra} wrong")
    print(f"{len(found.twins)} pairs are left to an editor")


def read(row: dict[str, str], reader: Reader) -> list[Claim] | None:
    """What the extractor reads in a compiled row, told as a line of news; None where it finds no base that it knows."""
    day = row["published_date"] if len(row["published_date"]) == len("2023-11-04") else ""
    text = f"{row['base_as_written'].split(' / ')[0]} base was attacked: {row['stated_facts']}."
    published: date | None = parse_day(day, row["report_id"])
    mentions = extract(text, published=published, lang=None, reader=reader).mentions
    named = [mention for mention in mentions if mention.value("base") not in (None, "unspecified")]
    if not named:
        return None
    return [*named[0].claims, *(Claim("origin", slug) for slug in row["origins"].split(";") if slug)]


if __name__ == "__main__":
    main()
