"""What the tests of actions share: small reports in one letter a mention, and what the register made of them."""

from dataclasses import replace
from datetime import date

from sqlalchemy import text

from app.actions.reports import add_report
from app.extract.values import Claim, Extraction, Mention, Span
from app.ingest import RawReport

LETTERS = "abcdefgh"


def span(at):
    return Span(at, at + 1, LETTERS[at])


def mention(base="conoco", day=3, *, rule="test", **fields):
    """A mention read in the words of one letter, which `reading` gives it."""
    claims = {"base": base, "date_start": f"2023-11-{day:02d}", **fields}
    return Mention(tuple(Claim(name, value, span=span(0), rule=rule) for name, value in claims.items()), base_as_written=base)


def reading(*mentions, together=False):
    """Mentions, each in a letter of its own, or all in the first."""
    return Extraction("rules-1", mentions=tuple(placed(one, 0 if together else at) for at, one in enumerate(mentions)))


def placed(one, at):
    return replace(one, anchor=span(at), claims=tuple(replace(claim, span=span(at)) for claim in one.claims))


def report(engine, number, *mentions, published=date(2023, 11, 5), publisher="sohr", together=False):
    raw = RawReport(f"{LETTERS} {number}", publisher=publisher, published=published, lang="en")
    return add_report(engine, raw=raw, reading=reading(*mentions, together=together))


def incidents(engine, linked_by="%"):
    """The counted incidents: public id → the reports (and places) whose mentions they hold, or those linked by somebody."""
    query = (
        "SELECT i.public_id, substr(r.text, 10), m.span_start FROM mention m JOIN incident i ON i.id = m.incident_id"
        " JOIN report r ON r.id = m.report_id WHERE i.review_status IN ('unreviewed', 'accepted') AND m.linked_by LIKE :linked_by"
    )
    found = {}
    with engine.connect() as connection:
        for public_id, number, at in connection.execute(text(query), {"linked_by": linked_by}):
            found.setdefault(public_id, set()).add((int(number), at))
    return found


def one(engine, statement):
    with engine.connect() as connection:
        return connection.execute(text(statement)).scalar_one()


def statuses(engine):
    with engine.connect() as connection:
        return dict(connection.execute(text("SELECT public_id, review_status FROM incident")).all())
