"""Answers that are kept: made once for a state of the register, never stale, never somebody else's."""

import asyncio
import gzip
import os
import subprocess
import sys
from contextlib import asynccontextmanager
from datetime import date

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from app.actions.decisions import accept
from app.db import make_engine
from app.main import create_app
from app.queries.watch import Watch
from app.seed import COMPILER
from app.settings import Settings
from app.web.cache import Cache, takes_gzip

PUBLIC = ("/", "/incidents", "/incidents?base=al-tanf", "/bases/al-tanf", "/incidents/SJ-0044", "/map", "/map.js",
          "/timeline.svg", "/reports", "/tallies", "/counts", "/about", "/ar/", "/ar/incidents")  # fmt: skip
LONG = "ten words that are worth to be sent in short " * 100


class Maker:
    """An application that counts how often it is asked to make each answer."""

    def __init__(self, make=lambda request: PlainTextResponse(LONG)):
        self.made, self.make = [], make
        routes = [Route("/{path:path}", self.answer, methods=["GET", "POST"])]
        self.app = Starlette(routes=routes)

    async def answer(self, request):
        self.made.append(request.url.path + (f"?{request.url.query}" if request.url.query else ""))
        await asyncio.sleep(0.01)
        return self.make(request)


@pytest.fixture
def kept(engine):
    """Gives a client of the cache before a maker, with a room of so many bytes."""
    watches = []

    def keep(maker, room=10_000_000):
        watches.append(Watch(engine))
        return TestClient(Cache(maker.app, watches[-1], room), raise_server_exceptions=False)

    yield keep
    for watch in watches:
        watch.close()


def change(engine):
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE data_revision SET number = number + 1")


def test_an_answer_is_made_once_for_a_revision(kept, engine):
    maker = Maker()
    client = kept(maker)
    assert client.get("/a").text == client.get("/a").text == LONG
    assert maker.made == ["/a"]
    change(engine)
    client.get("/a")
    client.get("/a")
    assert maker.made == ["/a", "/a"]


def test_a_commit_that_changes_nothing_for_readers_takes_nothing_away(kept, engine):
    maker = Maker()
    client = kept(maker)
    client.get("/a")
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM login")
        connection.exec_driver_sql("UPDATE data_revision SET number = number")
    client.get("/a")
    assert maker.made == ["/a"]


def test_what_tells_the_day_is_made_anew_on_the_next(kept, monkeypatch):
    maker, days = Maker(), iter((date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 2)))
    client = kept(maker)
    monkeypatch.setattr("app.web.cache.today", lambda: next(days))
    for _ in range(3):
        client.get("/a")
    assert maker.made == ["/a", "/a"]


@pytest.mark.parametrize("one", ["/a?x=1", "/a?x=2", "/b", "/ar/a"])
def test_every_address_has_an_answer_of_its_own(kept, one):
    maker = Maker(lambda request: PlainTextResponse(str(request.url)))
    client = kept(maker)
    client.get("/a")
    assert client.get(one).text == f"http://testserver{one}"
    assert client.get("/a", headers={"Host": "other.example"}).text == "http://other.example/a"
    assert len(maker.made) == 3


@pytest.mark.parametrize(
    "path",
    ["/desk", "/desk/queue", "/ar/desk/queue", "/login", "/ar/login", "/healthz", "/ar/healthz", "/a.csv"],
)
def test_what_is_not_for_everybody_or_no_page_is_passed_on_untouched(kept, path):
    maker = Maker(lambda request: PlainTextResponse(request.headers.get("cookie", "")))
    client = kept(maker)
    for name in ("nour", "sami"):
        answer = client.get(path, headers={"Cookie": f"sijill={name}"})
        assert answer.text == f"sijill={name}"
        assert "etag" not in answer.headers
    assert len(maker.made) == 2


def test_a_write_is_passed_on(kept):
    maker = Maker()
    client = kept(maker)
    client.post("/a")
    client.post("/a")
    assert maker.made == ["/a", "/a"]


@pytest.mark.parametrize(
    "make",
    [
        lambda request: PlainTextResponse("none", 404),
        lambda request: PlainTextResponse("bad", 400),
        lambda request: PlainTextResponse("mine", headers={"Cache-Control": "no-store"}),
        lambda request: PlainTextResponse("mine", headers={"Set-Cookie": "sijill=1"}),
    ],
)
def test_refusals_and_what_says_itself_how_it_may_be_kept_are_not_kept(kept, make):
    maker = Maker(make)
    client = kept(maker)
    assert "etag" not in client.get("/a").headers
    client.get("/a")
    assert len(maker.made) == 2


def test_what_says_that_all_may_keep_it_is_kept_and_goes_on_saying_so(kept):
    said = {"Cache-Control": "public, max-age=60", "ETag": '"own"'}
    maker = Maker(lambda _request: PlainTextResponse("a" * 2000, headers=said))
    client = kept(maker)
    for coding in ("identity", "gzip"):
        answer = client.get("/static/a.js", headers={"Accept-Encoding": coding})
        again = client.get("/static/a.js", headers={"Accept-Encoding": coding, "If-None-Match": answer.headers["etag"]})
        assert (answer.status_code, again.status_code) == (200, 304)
        assert answer.headers.get_list("cache-control") == again.headers.get_list("cache-control") == ["public, max-age=60"]
        assert len(answer.headers.get_list("etag")) == 1
    assert len(maker.made) == 1


def test_what_is_not_kept_goes_on_with_the_tag_that_it_has(kept):
    client = kept(Maker(lambda _request: PlainTextResponse("mine", headers={"Cache-Control": "no-store", "ETag": '"own"'})))
    assert client.get("/a").headers["etag"] == '"own"'


def test_an_error_is_not_kept(kept):
    answers = iter([ZeroDivisionError("first"), PlainTextResponse("second")])

    def make(_request):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    client = kept(Maker(make))
    assert client.get("/a").status_code == 500
    assert client.get("/a").text == "second"


def test_an_answer_in_pieces_is_put_together(kept):
    client = kept(Maker(lambda request: StreamingResponse(iter(("one ", "two")))))
    assert client.get("/a").text == client.get("/a").text == "one two"


def test_the_room_is_bounded_and_what_was_not_asked_for_the_longest_goes(kept):
    maker = Maker()
    client = kept(maker, room=100_000)
    for number in range(200):
        client.get(f"/a?x={number}")
        client.get("/popular")
    assert maker.made.count("/popular") == 1
    cache = client.app
    assert 0 < cache.shelf.taken <= 100_000
    assert cache.shelf.taken == sum(one.size for one in cache.shelf.answers.values())
    assert not cache.shelf.making
    client.get("/a?x=0")
    assert maker.made.count("/a?x=0") == 2


def test_one_large_answer_does_not_push_out_the_others(kept):
    maker = Maker(lambda request: PlainTextResponse("a" * 50_000 if request.url.path == "/large" else "a"))
    client = kept(maker, room=100_000)
    client.get("/small")
    assert client.get("/large").text == "a" * 50_000
    client.get("/large")
    client.get("/small")
    assert maker.made == ["/small", "/large", "/large"]


@asynccontextmanager
async def asking_at_once(cache):
    """Asks for an address without waiting; what comes are the messages of the answer."""
    asked = []

    def ask(path, coding=b""):
        said = []

        async def send(message):
            said.append(message)

        scope = {
            "type": "http",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "query_string": b"",
            "headers": [(b"host", b"a"), (b"accept-encoding", coding)],
        }

        async def answered():
            await cache(scope, None, send)
            return said

        asked.append(asyncio.create_task(answered()))
        return asked[-1]

    yield ask
    await asyncio.gather(*asked, return_exceptions=True)


def test_what_fifty_ask_for_at_once_is_made_once_even_if_the_first_goes_away(engine):
    maker = Maker()

    async def fifty():
        cache = Cache(maker.app, Watch(engine), 1_000_000)
        async with asking_at_once(cache) as ask:
            asked = [ask("/a") for _ in range(50)]
            await asyncio.sleep(0.003)
            asked[0].cancel()
            answers = await asyncio.gather(*asked[1:])
        cache.watch.close()
        return answers

    answers = asyncio.run(fifty())
    assert [said[1]["body"] for said in answers] == [LONG.encode()] * 49
    assert maker.made == ["/a"]


def test_an_answer_is_compressed_once_and_only_for_who_asks_for_it_so(engine, monkeypatch):
    packed = []
    monkeypatch.setattr("app.web.cache.gzip.compress", lambda body, *_, **__: packed.append(len(body)) or b"short")

    async def asked_for():
        cache = Cache(Maker().app, Watch(engine), 1_000_000)
        async with asking_at_once(cache) as ask:
            await asyncio.gather(ask("/a"), ask("/a"))
            not_asked_for = list(packed)
            answers = [await asyncio.gather(*(ask("/a", b"gzip") for _ in range(20))), [await ask("/a", b"gzip")]]
        cache.watch.close()
        return not_asked_for, {said[1]["body"] for said in (*answers[0], *answers[1])}, cache.shelf

    not_asked_for, bodies, shelf = asyncio.run(asked_for())
    assert (not_asked_for, packed, bodies) == ([], [len(LONG)], {b"short"})
    assert shelf.taken == sum(one.size for one in shelf.answers.values())


def test_an_error_reaches_all_who_wait_and_leaves_nothing(engine):
    maker = Maker(lambda request: 1 / 0)

    async def two():
        cache = Cache(maker.app, Watch(engine), 1_000_000)
        async with asking_at_once(cache) as ask:
            answers = await asyncio.gather(ask("/a"), ask("/a"), return_exceptions=True)
        cache.watch.close()
        return answers, cache.shelf.making

    answers, making = asyncio.run(two())
    assert [type(one) for one in answers] == [ZeroDivisionError] * 2
    assert maker.made == ["/a"]
    assert making == {}


def test_what_was_begun_before_a_change_is_kept_for_nobody_and_given_to_nobody_who_asks_after_it(engine):
    revisions = []

    def make(_request):
        with engine.connect() as connection:
            revisions.append(connection.exec_driver_sql("SELECT number FROM data_revision").scalar_one())
        if len(revisions) == 1:
            change(engine)  # while the first answer is made
        return PlainTextResponse(str(revisions[-1]))

    async def across():
        cache = Cache(Maker(make).app, Watch(engine), 1_000_000)
        async with asking_at_once(cache) as ask:
            before = await ask("/a")
            after = await ask("/a")
        cache.watch.close()
        return int(before[1]["body"]), int(after[1]["body"])

    before, after = asyncio.run(across())
    assert after == before + 1


def test_who_has_an_answer_already_is_told_so(client):
    first = client.get("/incidents")
    etag = first.headers["etag"]
    assert first.headers["cache-control"] == "public, no-cache"
    for held in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        answer = client.get("/incidents", headers={"If-None-Match": held})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == etag
        assert answer.headers["vary"] == "Accept-Encoding, HX-Request"
        assert "content-length" not in answer.headers
    assert client.get("/incidents", headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get("/incidents", headers={"If-None-Match": etag, "Accept-Encoding": "identity"}).status_code == 200


@pytest.mark.parametrize("path", PUBLIC)
def test_public_answers_are_the_same_in_each_coding_and_have_the_headers_of_the_guard(client, path):
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    with client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as packed:
        assert packed.headers["content-encoding"] == "gzip"
        assert gzip.decompress(b"".join(packed.iter_raw())) == plain.content
    assert packed.headers["etag"] != plain.headers["etag"]
    head = client.head(path, headers={"Accept-Encoding": "identity"})
    assert (head.content, head.headers) == (b"", plain.headers)
    assert "content-security-policy" in plain.headers
    assert plain.headers["vary"] == "Accept-Encoding, HX-Request"


@pytest.mark.parametrize("path", PUBLIC)
def test_two_visitors_get_the_same_bytes_whatever_their_browsers_say(settings, path):
    visitors = (
        {"Cookie": "sijill=secret-of-nour", "Accept-Language": "ar", "Referer": "http://one.example/", "User-Agent": "one"},
        {"Cookie": "sijill=secret-of-sami", "Accept-Language": "en", "DNT": "1", "X-Forwarded-For": "10.1.1.1"},
    )
    answers = []
    for sent in visitors:
        with TestClient(create_app(settings)) as client:  # each is the first who asks
            answers.append(client.get(path, headers=sent))
    one, other = answers
    assert one.content == other.content
    assert one.headers == other.headers
    assert "set-cookie" not in one.headers
    assert b"secret" not in one.content


def test_a_part_is_kept_apart_from_its_page(client):
    page, part = client.get("/incidents").text, client.get("/incidents", headers={"HX-Request": "true"}).text
    assert "<html" in page
    assert "<html" not in part
    assert client.get("/incidents", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}).text == page
    assert client.get("/incidents", headers={"HX-Request": "true"}).headers["hx-push-url"] == "/incidents"


def test_a_change_by_another_engine_shows_at_the_next_request(seeded, asking):
    client, other = asking(seeded), make_engine(str(seeded.url))
    before = client.get("/incidents/SJ-0044")
    accept(other, incident="SJ-0044", editor=COMPILER)
    other.dispose()
    after = client.get("/incidents/SJ-0044", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.text != before.text


def test_a_change_by_another_process_shows_at_the_next_request(seeded, asking, tmp_path):
    client = asking(seeded)
    before = client.get("/reports").text
    report = tmp_path / "report.txt"
    report.write_text("A drone attack targeted the al-Tanf base on Monday, a security source said.", "utf-8")
    command = [sys.executable, "-m", "app", "ingest", str(report), "--published", "2023-11-04"]
    subprocess.run(command, env={**os.environ, "SIJILL_DATABASE_URL": str(seeded.url)}, check=True, capture_output=True)
    assert client.get("/reports").text != before


def test_with_no_room_nothing_is_kept_and_all_is_answered(seeded_file):
    with TestClient(create_app(Settings(database_url=f"sqlite:///{seeded_file}", cache_megabytes=0))) as client:
        assert client.get("/").content == client.get("/").content


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [(b"gzip, deflate, br", True), (b"br;q=1.0, gzip;q=0.8", True), (b"GZIP", True), (b"gzip;q=0", False),
     (b"gzip; q=0.0, br", False), (b"identity", False), (b"", False), (b"xgzip", False)],
)  # fmt: skip
def test_gzip_is_sent_to_who_accepts_it(accepted, taken):
    assert takes_gzip(accepted) is taken
