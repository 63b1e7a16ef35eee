"""What needs a person: each reason, what was decided on and why it comes back, the order, and who has what open."""

from dataclasses import replace

import pytest

from app.actions.decisions import accept, correct, not_same, reject
from app.actions.editors import add_compiler
from app.actions.opened import open_incident
from app.actions.reports import add_report, reread_report
from app.db import snapshot
from app.extract.values import Claim, Extraction, Mention, Unread
from app.ingest import RawReport
from app.queries import queue
from app.queries.filter import IncidentFilter
from app.queries.paging import BadCursor
from tests.actions.acts import mention, one, reading, report, span

ALL = IncidentFilter()
NOW = "2026-11-22T12:00:00Z"


@pytest.fixture
def register(engine):
    for name in ("nour", "sami"):
        add_compiler(engine, name=name, display_name=name.title())
    return engine


def queued(engine, kind="", **options):
    """The public ids of the candidates, in their order, each with its kinds."""
    with snapshot(engine) as connection:
        page = queue.page(connection, options.pop("chosen", ALL), kind, size=500, **options)
        return {one.incident.public_id: one.kinds for one in page.rows}


def accepted_at(engine, base="conoco"):
    """An accepted incident at the base, which is then no new one."""
    added = report(engine, 90, mention(base, 28))
    accept(engine, incident=added.incidents[0], editor="nour")


def test_an_incident_that_nobody_decided_on_is_a_candidate_with_nothing_special(register):
    accepted_at(register)
    report(register, 1, mention())
    assert queued(register) == {"SJ-0002": (queue.PLAIN,)}


def test_what_was_decided_on_leaves_the_queue(register):
    accepted_at(register)
    report(register, 1, mention())
    reject(register, incident="SJ-0002", ground="drill", reason="it was one", editor="nour")
    assert queued(register) == {}


def test_twins_stay_though_one_is_accepted_until_a_person_says_so(register):
    accepted_at(register)
    report(register, 1, mention(weapon="drone"))
    report(register, 2, mention(weapon="rocket"))
    assert queued(register, "twin") == {"SJ-0003": ("twin",), "SJ-0002": ("twin",)}
    accept(register, incident="SJ-0002", editor="nour")
    with snapshot(register) as connection:
        found = queue.page(connection, ALL, "twin", size=5).rows
    assert {one.incident.public_id: one.twins for one in found} == {"SJ-0003": ["SJ-0002"], "SJ-0002": ["SJ-0003"]}
    not_same(register, incident="SJ-0002", other="SJ-0003", editor="nour")
    assert queued(register) == {"SJ-0003": (queue.PLAIN,)}


def test_what_is_denied_is_contested(register):
    accepted_at(register)
    report(register, 1, mention(status="disputed"))
    assert queued(register) == {"SJ-0002": ("contested",)}


def test_a_base_is_new_until_an_incident_there_is_accepted_and_unspecified_always(register):
    report(register, 1, mention())
    report(register, 2, mention("unspecified", 9))
    assert set(queued(register, "new_base")) == {"SJ-0001", "SJ-0002"}
    accepted_at(register)
    accept(register, incident="SJ-0002", editor="nour")
    report(register, 3, mention("unspecified", 15))
    assert set(queued(register, "new_base")) == {"SJ-0004"}


def test_an_incident_of_many_reports(register):
    accepted_at(register)
    for number in range(queue.MANY):
        report(register, number, mention(weapon="drone"))
    assert queued(register) == {"SJ-0002": ("many_reports",)}


@pytest.mark.parametrize(
    "claims",
    [
        {"date_start": "2023-11-01", "date_end": "2023-11-30", "date_precision": "month"},
        {"date_start": "2023-11-03", "confidence": "low"},
        {"date_start": "2023-11-03", "date_basis": "inferred"},
    ],
)
def test_a_day_that_is_not_exact_or_a_compiler_in_doubt_is_low_confidence(register, claims):
    accepted_at(register)
    told = Mention(tuple(Claim(*claim, "compiled") for claim in ({"base": "conoco"} | claims).items()), ref="m")
    raw = RawReport(None, kind="page", publisher="sohr", url="https://a.example/1")
    add_report(register, raw=raw, reading=Extraction("compiled", mentions=(told,)))
    assert queued(register) == {"SJ-0002": ("low_confidence",)}


def test_words_that_no_rule_read_are_named(register):
    accepted_at(register)
    unread = replace(reading(mention()), unread=(Unread(span(2), "a number that no rule reads"),))
    add_report(register, raw=RawReport("abcdefgh", publisher="sohr", lang="en"), reading=unread)
    with snapshot(register) as connection:
        (found,) = queue.page(connection, ALL, "unread", size=5).rows
    assert (found.kinds, found.unread) == (("unread",), ["c"])


def test_lost_evidence_comes_back_until_a_person_has_decided_again(register):
    accepted_at(register)
    report(register, 1, mention(weapon="drone"))
    accept(register, incident="SJ-0002", editor="nour")
    reread_report(register, report_id=2, reading=reading())
    assert "lost" in queued(register)["SJ-0002"]
    with snapshot(register) as connection:
        (found,) = queue.page(connection, ALL, "lost", size=5).rows
    assert found.lost == [(2, "a")]
    accept(register, incident="SJ-0002", editor="nour")
    assert queued(register) == {}


def test_a_report_that_came_after_the_decision_asks_for_another(register):
    accepted_at(register)
    report(register, 1, mention(weapon="drone"))
    reject(register, incident="SJ-0002", ground="unsupported", reason="one page alone", editor="nour")
    report(register, 2, mention(weapon="drone"))
    assert queued(register) == {"SJ-0002": ("changed_since",)}
    accept(register, incident="SJ-0002", editor="nour")
    assert queued(register) == {}


def test_what_the_machine_changed_after_the_decision_asks_for_another_and_an_editors_change_does_not(register):
    accepted_at(register)
    report(register, 1, mention(weapon="drone"))
    accept(register, incident="SJ-0002", editor="nour")
    reread_report(register, report_id=2, reading=reading(mention(weapon="drone")))
    assert queued(register) == {}
    correct(register, incident="SJ-0002", values={"outcome": "hit"}, reason="photo", editor="sami")
    assert queued(register) == {}
    reread_report(register, report_id=2, reading=reading(mention(weapon="rocket")))
    assert queued(register) == {"SJ-0002": ("changed_since",)}


def test_each_reason_has_a_weight_of_its_own_and_they_stand_in_their_order():
    weights = [reason.weight for reason in queue.REASONS]
    assert weights == sorted(set(weights), reverse=True)


def test_the_order_is_by_score_then_reports_then_the_latest_day(seeded):
    with snapshot(seeded) as connection:
        rows = queue.page(connection, ALL, size=500).rows
    weights = {reason.kind: reason.weight for reason in queue.REASONS} | {queue.PLAIN: 0}
    assert [one.score for one in rows] == [sum(weights[kind] for kind in one.kinds) for one in rows]
    keys = [(one.score, one.incident.number_of_reports, str(one.incident.date_start or "")) for one in rows]
    assert keys == sorted(keys, reverse=True)


@pytest.mark.parametrize("kind", ["", *queue.KINDS])
def test_counts_are_those_of_the_pages_and_pages_give_each_candidate_once(seeded, kind):
    with snapshot(seeded) as connection:
        found, after = [], ""
        while True:
            page = queue.page(connection, ALL, kind, size=7, after=after)
            found += [one.incident.public_id for one in page.rows]
            if page.next is None:
                break
            after = page.next
        assert queue.counts(connection, ALL)[kind] == len(found) == len(set(found))


def test_the_filter_narrows_the_queue(seeded):
    chosen = IncidentFilter((("base", ("conoco",)),))
    with snapshot(seeded) as connection:
        rows = queue.page(connection, chosen, size=500).rows
        assert {one.incident.base for one in rows} == {"conoco"}
        assert queue.counts(connection, chosen)[""] == len(rows) < queue.counts(connection, ALL)[""]


@pytest.mark.parametrize("cursor", ["x", "1~2", "1~2~2023-11-03~x", "1~2~2023-11-03~٧", "1~2~2023-11-03~-7"])
def test_a_place_that_is_none_is_refused(register, cursor):
    with snapshot(register) as connection, pytest.raises(BadCursor):
        queue.page(connection, ALL, size=5, after=cursor)


def test_next_goes_on_below_skips_what_others_have_open_and_begins_again_at_the_end(register):
    for number, day in enumerate((3, 9, 15)):
        report(register, number, mention(day=day))
    open_incident(register, incident="SJ-0002", editor="sami", now=NOW)
    open_incident(register, incident="SJ-0003", editor="nour", now=NOW)
    nour = one(register, "SELECT id FROM editor WHERE name = 'nour'")
    with snapshot(register) as connection:

        def following(after="", now=NOW):
            return queue.next_of(connection, nour, ALL, now=now, after=after)

        first = following()
        assert first[0] == "SJ-0003"
        second = following(first[1])
        assert second[0] == "SJ-0001"
        assert following(second[1]) == first
        assert following(first[1], now="2026-11-22T12:10:00Z")[0] == "SJ-0002"
        assert queue.next_of(connection, nour, IncidentFilter((("base", ("al-tanf",)),)), now=NOW) is None
