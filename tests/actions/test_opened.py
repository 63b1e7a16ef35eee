"""A soft lock tells who has an incident open, expires by itself, and stops nobody."""

import pytest

from app.actions.decisions import accept
from app.actions.editors import add_compiler
from app.actions.opened import close_incident, open_incident
from app.actions.revision import RefusedAction
from app.db import snapshot
from app.queries import queue
from tests.actions.acts import mention, one, report, statuses

NOON, SOON, LATER = "2026-11-22T12:00:00Z", "2026-11-22T12:09:59Z", "2026-11-22T12:10:00Z"


@pytest.fixture
def register(engine):
    for name in ("nour", "sami"):
        add_compiler(engine, name=name, display_name=name.title())
    report(engine, 1, mention())
    return engine


def opened(register, editor, now=NOON):
    return open_incident(register, incident="SJ-0001", editor=editor, now=now)


def test_the_first_has_it_and_the_second_is_told_who_and_until_when(register):
    assert opened(register, "nour").yours
    told = opened(register, "sami", SOON)
    assert (told.yours, told.name, told.until) == (False, "Nour", LATER)


def test_a_heartbeat_renews_and_silence_expires(register):
    opened(register, "nour")
    assert opened(register, "nour", SOON).until == "2026-11-22T12:19:59Z"
    assert not opened(register, "sami", LATER).yours
    assert opened(register, "sami", "2026-11-22T12:20:00Z").yours
    with snapshot(register) as connection:
        assert [one.name for one in queue.opened(connection, now="2026-11-22T12:21:00Z").values()] == ["Sami"]
        assert queue.opened(connection, now="2026-11-22T13:00:00Z") == {}


def test_only_who_has_it_closes_it(register):
    opened(register, "nour")
    close_incident(register, incident="SJ-0001", editor="sami")
    assert not opened(register, "sami").yours
    close_incident(register, incident="SJ-0001", editor="nour")
    assert opened(register, "sami").yours


def test_it_stops_no_act_and_raises_no_revision(register):
    before = one(register, "SELECT number FROM data_revision")
    opened(register, "nour")
    assert one(register, "SELECT number FROM data_revision") == before
    accept(register, incident="SJ-0001", editor="sami")
    assert statuses(register) == {"SJ-0001": "accepted"}


def test_what_is_not_there_cannot_be_opened(register):
    with pytest.raises(RefusedAction, match="SJ-0009"):
        open_incident(register, incident="SJ-0009", editor="nour", now=NOON)
    with pytest.raises(RefusedAction, match="rima"):
        opened(register, "rima")
