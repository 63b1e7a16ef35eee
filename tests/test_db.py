import threading

import pytest
from sqlalchemy import text

from app.db import snapshot, transaction


def number(connection):
    return connection.execute(text("SELECT number FROM data_revision")).scalar_one()


def test_a_snapshot_does_not_see_what_is_written_meanwhile(engine):
    with snapshot(engine) as reading:
        before = number(reading)
        with transaction(engine) as session:
            session.connection().execute(text("UPDATE data_revision SET number = number + 1"))
        assert number(reading) == before
    with snapshot(engine) as reading:
        assert number(reading) == before + 1


def test_a_transaction_that_fails_leaves_nothing(engine):
    with snapshot(engine) as reading:
        before = number(reading)

    def fail_half_way():
        with transaction(engine) as session:
            session.connection().execute(text("UPDATE data_revision SET number = 99"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    with snapshot(engine) as reading:
        assert number(reading) == before


def test_writers_that_read_first_wait_for_each_other(engine):
    def raise_slowly():
        with transaction(engine) as session:
            found = number(session.connection())
            waiting.wait(timeout=0.05)
            session.connection().execute(text("UPDATE data_revision SET number = :next"), {"next": found + 1})

    waiting = threading.Event()
    with snapshot(engine) as reading:
        before = number(reading)
    threads = [threading.Thread(target=raise_slowly) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with snapshot(engine) as reading:
        assert number(reading) == before + 6
