"""The timeline as pictures: the same revision is the same picture, and the register waits for no drawing."""

import re

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from starlette.testclient import TestClient

from app.db import transaction
from app.language import ARABIC, speaking
from app.queries.reference import Revision
from app.web.pictures import Pictures
from app.web.render import Pages
from app.web.timeline_words import source_lines

PATHS = ("/timeline.svg", "/timeline.svg?width=paper", "/timeline.png")


class Drawings:
    """Stands for the drawing process: keeps the pictures, and how many connections were open while they were drawn."""

    def __init__(self, engine):
        self.engine, self.pictures, self.open = engine, [], []

    async def svg(self, picture):
        self.pictures.append(picture)
        self.open.append(self.engine.pool.checkedout())
        return ""

    svg_alone = png = svg


@pytest.fixture
def drawings(seeded):
    return Drawings(seeded)


@pytest.fixture
def asked(seeded, drawings):
    app = FastAPI()
    app.include_router(Pictures(seeded, Pages(), drawings).router())
    return TestClient(app)


@pytest.mark.parametrize("path", PATHS)
def test_no_read_stays_open_while_a_picture_is_drawn(asked, drawings, path):
    assert asked.get(path).status_code == 200
    assert drawings.open == [0]


def test_a_picture_to_take_away_is_of_the_day_of_its_revision(asked, drawings, seeded):
    with transaction(seeded) as session:
        session.connection().execute(text("UPDATE data_revision SET made_at = '2025-03-01T22:30:00Z'"))
    asked.get("/timeline.png")
    assert "2 March 2025" in drawings.pictures[0].frame.below[0]


def test_a_revision_is_named_in_the_digits_of_the_language_and_without_marks():
    revision = Revision(1234, "2025-03-01T22:30:00Z")
    assert "Revision 1234, 2 March 2025." in source_lines(revision)[0]
    with speaking(ARABIC):
        assert "١٢٣٤" in source_lines(revision)[0]
        assert not re.search("[0-9]", source_lines(revision)[0])


@pytest.mark.parametrize("path", ["svg?split=weapon", "svg?layer=status", "svg?after=x", "png?width=wide", "png?sort=name"])
def test_a_picture_takes_the_filter_and_how_it_is_drawn_and_nothing_else(client, path):
    key = path[path.index("?") + 1 : path.index("=")]
    answer = client.get(f"/timeline.{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "text/plain; charset=utf-8")
    assert f"{key}: " in answer.text
