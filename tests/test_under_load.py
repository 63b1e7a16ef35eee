"""Readers while somebody writes: each page is of one revision, whole, and none is older than what its reader knows of."""

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.request import Request, urlopen

import pytest

from app.actions.decisions import accept, correct, merge, reject, reopen
from app.actions.reports import add_report
from app.db import snapshot
from app.extract.values import Claim, Extraction, Mention
from app.ingest import RawReport
from app.queries import counts, incidents, reference
from app.queries.filter import IncidentFilter
from app.seed import COMPILER
from app.settings import Settings

SECONDS = 8
READERS = 4
CITED = re.compile(r"Sijill: ([\d,]+) incidents reported[^.]*\. Data set, revision (\d+) of")
BASE = re.compile(r'<label>\s*<input id="filter-base-[^>]*value="([^"]+)"[^>]*>.*?<span class="count">(\d+)</span>', re.S)
STATUS = re.compile(r'<input id="filter-status-[^>]*value="([^"]+)"[^>]*>.*?<span class="count">(\d+)</span>', re.S)
ROW = re.compile(r'class="quiet" href="/incidents\?base=([^"]+)">(\d+)<')
LISTED = re.compile(r'href="/incidents/(SJ-\d+)"')
PATHS = ("/", "/incidents", "/?utm={reader}", "/incidents?utm={reader}")


def told(address, path):
    """What a page says: its revision, total, count by base and by status, and, of a list, the incidents on its first page."""
    with urlopen(Request(address + path, headers={"Accept-Encoding": "identity"}), timeout=60) as answer:
        page = answer.read().decode()
    total, revision = CITED.search(page).groups()
    status = {code: int(count) for code, count in STATUS.findall(page)}
    bases = {slug: int(count) for slug, count in BASE.findall(page)}
    rows = {slug: int(count) for slug, count in ROW.findall(page)}
    assert not rows or rows == bases
    listed = tuple(dict.fromkeys(LISTED.findall(page))) if path.startswith("/incidents") else None
    return int(revision), (int(total), bases, status.get("accepted", 0)), listed


def held(engine):
    """The same as the register holds it now."""
    with snapshot(engine) as connection:
        sites, everything = reference.sites(connection), IncidentFilter()
        bases = {one.site.slug: one.count for one in counts.by_base(connection, everything, sites)}
        accepted = IncidentFilter.of([("status", "accepted")], known=reference.names(connection).codes, strict=True)
        counted = counts.headline(connection, everything).total, bases, counts.headline(connection, accepted).total
        listed = tuple(row.public_id for row in incidents.page(connection, everything, size=Settings().page_size).rows)
        return reference.data_revision(connection), counted, listed


def acts(engine):
    """Acts of all kinds, each a step that moves counts or what the list shows."""
    with snapshot(engine) as connection:
        rows = incidents.page(connection, IncidentFilter(), size=200).rows
    fresh = [row.public_id for row in rows if row.review_status == "unreviewed"]
    for number, (one, other) in enumerate(zip(fresh[::2], fresh[1::2], strict=False)):
        yield lambda one=one: accept(engine, incident=one, editor=COMPILER)
        yield lambda other=other: reject(engine, incident=other, ground="drill", reason="load", editor=COMPILER)
        yield lambda one=one: correct(engine, incident=one, values={"base": "al-tanf"}, reason="load", editor=COMPILER)
        yield lambda other=other: reopen(engine, incident=other, reason="load", editor=COMPILER)
        yield lambda one=one: reopen(engine, incident=one, reason="load", editor=COMPILER)
        yield lambda one=one, other=other: merge(engine, incident=other, into=one, reason="load", editor=COMPILER)
        yield lambda number=number: add_report(engine, **compiled(number))


def compiled(number):
    fields = (("base", "conoco"), ("date_start", f"2023-11-{number % 28 + 1:02}"), ("weapon", "mortar"))
    claims = tuple(Claim(field, value, "compiled") for field, value in fields)
    raw = RawReport(None, kind="page", publisher="sohr", url=f"https://load.example/{number}")
    return {"raw": raw, "reading": Extraction("compiled", mentions=(Mention(claims, ref=f"load{number}"),))}


@pytest.mark.parametrize("seconds", [SECONDS])
def test_no_reader_sees_a_half_applied_act_or_a_page_older_than_an_answer(seeded, served, seconds):
    address, over = served(seeded), threading.Event()
    states = {}
    seen = []

    def note():
        revision, counted, listed = held(seeded)
        states[revision] = counted, listed
        return revision

    def read(reader):
        """Asks until it is over; what comes never goes back in time."""
        last, paths = 0, [path.format(reader=reader) for path in PATHS]
        while not over.is_set():
            for path in paths:
                page = told(address, path)
                assert page[0] >= last
                last = page[0]
                seen.append(page)

    last = note()
    with ThreadPoolExecutor(READERS) as pool:
        reading = [pool.submit(read, reader) for reader in range(READERS)]
        try:
            end, done = time.monotonic() + seconds, 0
            for act in acts(seeded):
                act()
                last, former = note(), last
                done += 1
                # What the writer has just been told is done, its next page shows.
                assert told(address, PATHS[done % 2])[0] == last > former
                if time.monotonic() > end:
                    break
        finally:
            over.set()
        for one in reading:
            one.result()
    assert done > 7, "too few acts to say anything"
    for revision, counted, listed in seen:
        assert counted == states[revision][0]
        assert sum(counted[1].values()) == counted[0]
        assert listed is None or listed == states[revision][1]
