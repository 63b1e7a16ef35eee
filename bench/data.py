"""Fills a register with as many incidents as are asked for, as the real actions would leave them, but in bulk.

Run it with the project's Python: .venv/bin/python bench/data.py --incidents 100000. README.md beside it says what it makes.
"""

import argparse
import json
import random
import sqlite3
import tempfile
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from happening import PUBLISHERS, Happening, Incident, Names, days, sentence, skewed
from search import samples, written
from sqlalchemy import Connection, column, insert, table

from app.actions import words
from app.actions.editors import add_compiler
from app.clock import stamped
from app.db import make_engine
from app.extract.lexicon import Lexicon
from app.extract.reading import version_of
from app.ingest import OWN_WORDS, text_hash
from app.migrate import migrate
from app.models.tables import TABLES
from app.models.words import INCIDENT_WORDS, REPORT_WORDS
from app.reconcile.grading import Witness, grade
from app.reference import seed_gazetteer
from app.seed import seed_reference

TOGETHER = 100
"""Reports of one act."""
COPIED, DECIDED, REJECTED, MERGED, WITHDRAWN = 0.08, 0.15, 0.01, 0.015, 0.01
"""The shares of reports that another publisher copies, and of incidents that came to such an end."""
CHUNK = 20_000
"""Rows that are held at most before they are written."""
COMPILER = "benchmark"
Row = tuple[Any, ...]


@dataclass(slots=True)
class Sink:
    """Holds rows until there are many of them, then writes them."""

    connection: sqlite3.Connection
    columns: dict[str, Sequence[str]]
    held: dict[str, list[Row]] = field(default_factory=dict)

    def put(self, table: str, *rows: Row) -> None:
        held = self.held.setdefault(table, [])
        held.extend(rows)
        if len(held) >= CHUNK:
            self._write(table)

    def close(self) -> None:
        for name in self.held:
            self._write(name)

    def _write(self, table: str) -> None:
        names, rows = self.columns[table], self.held[table]
        listed, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
        self.connection.executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", rows)  # noqa: S608
        rows.clear()


INCIDENT_COLUMNS = [column.name for column in TABLES["incident"].c]
FILLED = {
    "act": ("revision", "kind", "editor_id", "reason", "made_at"),
    "change": ("revision", "subject", "subject_id", "field", "before", "after", "stood"),
    "decision": ("kind", "incident_id", "reason", "editor_id", "made_at", "revision"),
    "incident": INCIDENT_COLUMNS,
    "incident_origin": ("incident_id", "source_id"),
    "report": (
        "id", "publisher_id", "kind", "report_ref", "title", "url", "lang", "published_date", "published_note", "text",
        "text_hash", "text_public", "text_licence", "copy_of_id", "extractor_version", "unread", "added_at", "revision",
    ),
    "mention": (
        "id", "report_id", "incident_id", "born_id", "linked_by", "lost", "position", "base_id", "base_as_written", "stated",
        "date_start", "date_end", "span_start", "span_end", "quote", "extractor_version",
    ),
    "claim": ("mention_id", "field", "value", "basis", "alternative", "span_start", "span_end", "quote", "rule"),
}  # fmt: skip


class Filling:
    """Writes the rows of a register that holds what happened."""

    def __init__(self, connection: sqlite3.Connection, incidents: int, seed: int, length: int) -> None:
        self.draw = random.Random(seed)
        self.names, self.sink = Names.of(connection), Sink(connection, FILLED)
        self.happening, self.publisher = Happening(self.draw), skewed(self.draw, PUBLISHERS, 0.7)
        self.samples, self.length, self.days = samples(), length, days(self.draw, incidents)
        self.version = version_of(seed_gazetteer().spelled, Lexicon.load())
        self.revision = connection.execute("SELECT number FROM data_revision").fetchone()[0]
        self.editor = connection.execute("SELECT id FROM editor").fetchone()[0]
        # Half of the time since 2024 reports came in, then editors decided on some of what they tell.
        self.acts = len(self.days) // 5 // TOGETHER + 1
        self.reports = self.mentions = 0
        self.due = 0
        self.to_retell: deque[tuple[Incident, str]] = deque()
        self.survivors: dict[str, int] = {}
        self.decided: list[Incident] = []
        self.grade = lru_cache(None)(self._grade)

    def fill(self) -> None:
        """Reports in the order of time, each with what it tells first and what others told before; then decisions."""
        at = 0
        while at < len(self.days) or self.to_retell:
            size = self.draw.randint(3, 8)
            fresh = [self.happening.one(at + place + 1, day) for place, day in enumerate(self.days[at : at + size])]
            at += len(fresh)
            self._begin_act()
            ended = [one for one in fresh if self._ended(one)]
            told = [(one, one.told[0]) for one in fresh if one not in ended]
            is_copied = bool(told) and self.draw.random() < COPIED
            for one in fresh:
                one.reports = 0 if one in ended else len(one.told) + is_copied
                self._put_incident(one, ended=one in ended)
            if not is_copied and self.to_retell:
                count = self.draw.randint(0, 2) if at < len(self.days) else 8
                told += [self.to_retell.popleft() for _ in range(min(count, len(self.to_retell)))]
            self.to_retell += [(one, origin) for one in fresh if one not in ended for origin in one.told[1:]]
            if told:
                self._put_reports(told, is_copied)
        self._decide()
        self.sink.close()

    def _begin_act(self) -> None:
        if self.reports >= self.due:
            self.due = self.reports + TOGETHER
            self.revision += 1
            share = min(1.0, self.reports / TOGETHER / self.acts)
            self.moment = stamped(datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=900 * share, seconds=self.revision % 60))
            self.sink.put("act", (self.revision, "add_reports", None, "", self.moment))

    def _ended(self, one: Incident) -> bool:
        """Whether it was merged into another by the machine, or withdrawn: no report tells of it any more."""
        share = self.draw.random()
        if share < MERGED and one.base in self.survivors:
            one.decided = "merged"
        elif share < MERGED + WITHDRAWN:
            one.decided = "withdrawn"
        elif share < MERGED + WITHDRAWN + DECIDED:
            one.decided = "rejected" if share < MERGED + WITHDRAWN + REJECTED else "accepted"
            self.decided.append(one)
        if one.decided in ("merged", "withdrawn"):
            return True
        self.survivors[one.base] = one.id
        return False

    def _grade(self, origins: frozenset[str]) -> tuple[str, str]:
        witnesses = [Witness(slug, self.names.sides[slug]) for slug in origins]
        return grade(disputed=False, support=None, witnesses=witnesses)

    def _put_incident(self, one: Incident, *, ended: bool) -> None:
        facts, ids = one.facts, self.names.ids
        origins = frozenset(one.told) - {""}
        grading, reason = ("contested", "denied") if one.id % 37 == 0 else self.grade(origins)
        status = one.decided if ended else "unreviewed"
        into = self.survivors[one.base] if status == "merged" else None
        number = {name: int(value) for name, value in facts.items() if name.endswith(("_low", "_high"))}
        row = {
            "id": one.id, "public_id": f"SJ-{one.id:04d}", "base_id": ids["base"][one.base], "date_precision": "unknown",
            "attacks_low": 1, "attacks_best": 1, "attacks_high": 1, "launched_from": "", "summary_en": "", "summary_ar": "",
            "claimed_by_id": ids["actor"].get(facts.get("claimed_by", "")),
            "attributed_to_id": ids["actor"].get(facts.get("attributed_to", "")),
            "grading": grading, "grading_reason": reason, "review_status": status, "rejected_as": "", "rejected_because": "",
            "merged_into_id": into, "number_of_reports": one.reports, "updated_at": self.moment, "revision": self.revision,
            "made_in": self.revision,
        }  # fmt: skip
        row |= {name: facts[name] for name in ("date_start", "date_end", "date_precision", "time_of_day") if name in facts}
        row |= number | {"weapon": facts["weapon"], "outcome": facts["outcome"]}
        self.sink.put("incident", tuple(row.get(name) for name in INCIDENT_COLUMNS))
        if not ended:
            self.sink.put("incident_origin", *((one.id, ids["source"][slug]) for slug in sorted(origins)))
            return
        states = [("review_status", "unreviewed", status)] + ([("merged_into_id", None, str(into))] if into else [])
        self.sink.put("change", *((self.revision, "incident", one.id, *state, False) for state in states))

    def _put_reports(self, told: list[tuple[Incident, str]], is_copied: bool) -> None:
        """One report, and where somebody copied it that copy."""
        filler = written(self.draw, self.samples, max(100, self.length - 90 * len(told)))
        cut = filler.find(" ", len(filler) // 3)
        parts, at, found = [f"{filler[:cut]}.\n"], cut + 2, []
        for one, origin in told:
            pieces, read = sentence(one, origin, self.names, whole=origin is one.told[0])
            starts = [at]
            for piece in pieces:
                starts.append(starts[-1] + len(piece))
            quote = "".join(pieces)
            claims = [(name, value, "quote", False, starts[n], starts[n + 1], pieces[n], rule) for name, value, n, rule in read]
            found.append((one, at, quote, claims))
            parts.append(f"{quote}\n")
            at += len(quote) + 1
        text = "".join((*parts, filler[cut + 1 :]))
        day = min(max(one.day for one, _ in told) + timedelta(days=self.draw.choice((0, 0, 1, 2))), date(2026, 11, 20))
        title = " ".join(filler.split()[: self.draw.randint(5, 11)])
        publisher = self.publisher()
        first = self._put_report(publisher, title, day, text, None, found)
        if is_copied:
            others = [slug for slug in PUBLISHERS if slug != publisher]
            self._put_report(self.draw.choice(others), title, day, text, first, found)

    def _put_report(self, publisher: str, title: str, day: date, text: str, copy_of: int | None, found: list[Any]) -> int:
        self.reports += 1
        report, ids, is_public = self.reports, self.names.ids, self.reports % 5 == 0
        number = text.find("2")
        unread = [{"start": number, "end": number + 1, "quote": "2", "why": "number"}] if report % 33 == 0 and number > 0 else []
        url = f"https://example.org/{publisher}/{report}"
        self.sink.put("report", (
            report, ids["source"][publisher], "text", f"bench-{report}", title, url, "ar", day.isoformat(), "", text,
            text_hash(text), is_public, OWN_WORDS if is_public else "", copy_of, self.version, json.dumps(unread), self.moment,
            self.revision,
        ))  # fmt: skip
        for one, start, quote, claims in found:
            self.mentions += 1
            mention, facts = self.mentions, one.facts
            # By hand: the merging of what comes later would else make one of those that are much alike.
            self.sink.put("mention", (
                mention, report, one.id, one.id, "compiled", False, start * 64, ids["base"][one.base],
                f"قاعدة {self.names.arabic[one.base]}", "", facts.get("date_start"), facts.get("date_end"), start,
                start + len(quote), quote, self.version,
            ))  # fmt: skip
            self.sink.put("claim", *((mention, *claim) for claim in claims))
        return report

    def _decide(self) -> None:
        """Each decision is an act of its own, and comes after all reports."""
        self.sink.close()
        begin = datetime(2026, 7, 1, tzinfo=UTC)
        states = []
        for place, one in enumerate(self.decided):
            self.revision += 1
            self.moment = stamped(begin + timedelta(days=120 * place / len(self.decided)))
            is_rejected = one.decided == "rejected"
            kind, reason = ("reject", "Told of another place") if is_rejected else ("accept", "")
            self.sink.put("act", (self.revision, kind, self.editor, reason, self.moment))
            self.sink.put("decision", (kind, one.id, reason, self.editor, self.moment, self.revision))
            self.sink.put("change", (self.revision, "incident", one.id, "review_status", "unreviewed", one.decided, False))
            as_, because = ("other_target", reason) if is_rejected else ("", "")
            states.append((one.decided, as_, because, self.moment, self.revision, one.id))
        self.sink.connection.executemany(
            "UPDATE incident SET review_status = ?, rejected_as = ?, rejected_because = ?, updated_at = ?, revision = ?"
            " WHERE id = ?",
            states,
        )
        self.sink.connection.execute(
            "UPDATE incident SET grading = 'discounted', grading_reason = 'rejected' WHERE review_status = 'rejected'"
        )
        self.sink.connection.execute("UPDATE data_revision SET number = ?, made_at = ?", (self.revision, self.moment))


def fill(file: Path, incidents: int, seed: int = 1, length: int = 0) -> None:
    """Makes a register with so many incidents in a new file. `length` is that of a report's text."""
    started = time.perf_counter()
    begun = file.with_suffix(".begun")
    for suffix in ("", "-wal", "-shm"):
        Path(f"{begun}{suffix}").unlink(missing_ok=True)
    engine = make_engine(f"sqlite:///{begun}")
    migrate(engine)
    seed_reference(engine)
    add_compiler(engine, name=COMPILER, display_name="Benchmark")
    engine.dispose()
    connection = sqlite3.connect(begun, isolation_level=None)
    # Nobody else has the file, and one that was not finished is thrown away.
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -400000"):
        connection.execute(f"PRAGMA {pragma}")
    laid_aside = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    ).fetchall()
    for kind, name, _ in laid_aside:
        connection.execute(f"DROP {kind} {name}")
    connection.execute("BEGIN")
    Filling(connection, incidents, seed, length or (2_600 if incidents <= 100_000 else 900)).fill()
    connection.execute("COMMIT")
    say("rows", started)
    for _, _, sql in laid_aside:
        connection.execute(sql)
    say("indexes", started)
    check(connection)
    say("checked", started)
    connection.close()
    with make_engine(f"sqlite:///{begun}").connect().execution_options(writes=True) as writer:
        writer.connection.cursor().execute("PRAGMA cache_size = -400000")
        with writer.begin():
            # More words at once are fewer pieces to be merged; then it is as it was.
            set_aside(writer, 100_000_000)
            words.write_missing(writer)
            set_aside(writer, 1_048_576)
    say("words", started)
    connection = sqlite3.connect(begun, isolation_level=None)
    for statement in ("ANALYZE", "PRAGMA journal_mode = WAL", "PRAGMA wal_checkpoint(TRUNCATE)"):
        connection.execute(statement)
    connection.close()
    begun.rename(file)
    for suffix in ("-wal", "-shm"):
        Path(f"{begun}{suffix}").unlink(missing_ok=True)
    say(f"{file}: {incidents:,} incidents, {file.stat().st_size / 1e6:.0f} MB", started)


def set_aside(writer: Connection, size: int) -> None:
    """Bytes of words that are held in memory before they are written."""
    for words_of in (INCIDENT_WORDS, REPORT_WORDS):
        named = column(words_of.name)
        writer.execute(insert(table(words_of.name, named, column("rank"))).values({named: "hashsize", "rank": size}))


def check(connection: sqlite3.Connection) -> None:
    """What the triggers that were laid aside, and foreign keys, would have refused. Raises ValueError."""
    of_mentions = (
        "SELECT count(*) FROM mention JOIN report ON report.id = mention.report_id"
        " WHERE substr(report.text, mention.span_start + 1, mention.span_end - mention.span_start) IS NOT mention.quote"
    )
    # A claim's words stand within those of its mention.
    of_claims = (
        "SELECT count(*) FROM claim JOIN mention ON mention.id = claim.mention_id WHERE substr(mention.quote,"
        " claim.span_start - mention.span_start + 1, claim.span_end - claim.span_start) IS NOT claim.quote"
    )
    if broken := connection.execute("PRAGMA foreign_key_check").fetchmany(5):
        raise ValueError(f"rows that point nowhere: {broken}")
    if any(connection.execute(statement).fetchone()[0] for statement in (of_mentions, of_claims)):
        raise ValueError("a quote is not the words of its report")


def say(what: str, started: float) -> None:
    print(f"{time.perf_counter() - started:7.1f} s  {what}", flush=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--incidents", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--length", type=int, default=0, help="characters of a report: 2,600, or 900 past 100,000 incidents")
    arguments.add_argument("--out", type=Path, help="the file; one that is there stays as it is")
    options = arguments.parse_args()
    file = options.out or Path(tempfile.gettempdir()) / f"sijill-{options.incidents}.db"
    if file.exists():
        print(f"{file} is there")
    else:
        fill(file, options.incidents, options.seed, options.length)


if __name__ == "__main__":
    main()
