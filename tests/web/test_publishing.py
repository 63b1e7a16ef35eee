"""Where only reviewed incidents are published, nothing public tells of one that no editor has decided on; the desk sees all."""

import html
import re
from collections import Counter
from datetime import date

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from app.actions.decisions import accept, merge, reject, reopen
from app.actions.editors import add_compiler
from app.db import snapshot
from app.fields import COUNTED_STATUSES
from app.queries import counts, reference
from app.queries.filter import IncidentFilter
from app.queries.published import reviewed_alone
from app.seed import COMPILER
from app.web.publishing import is_desk
from tests.actions.acts import LETTERS, mention, report

ACCEPTED = "SJ-0044"
HREF = re.compile(r'(?:href|src|data|action|hx-get)="(/[^"]*)"')
PLAIN = ("/robots.txt", "/healthz", "/timeline.svg", "/incidents.geojson", "/incidents.csv", "/incidents.bib", "/search?q=conoco")


@pytest.fixture
def reviewed(seeded):
    """The seeds with one accepted incident; another was accepted and reopened."""
    accept(seeded, incident=ACCEPTED, editor=COMPILER)
    accept(seeded, incident="SJ-0046", editor=COMPILER)
    reopen(seeded, incident="SJ-0046", editor=COMPILER)
    return seeded


def hidden(engine):
    """The public ids of all that no editor has decided on, and what was read of them and stated nowhere else."""
    with engine.connect() as connection:
        ids = set(
            connection.execute(
                text("SELECT public_id FROM incident WHERE review_status NOT IN ('accepted', 'rejected')")
            ).scalars()
        )
        quotes = "SELECT i.public_id, m.quote, m.stated FROM mention m JOIN incident i ON i.id = m.incident_id"
        said = [
            (public_id, one) for public_id, *both in connection.execute(text(quotes)) for one in both if one and len(one) > 30
        ]
        # One sentence may tell of an attack and of a total or a drill.
        others = set(connection.execute(text("SELECT quote FROM tally UNION SELECT quote FROM non_strike_event")).scalars())
    of_shown = {words for public_id, words in said if public_id not in ids}
    return ids, {words for public_id, words in said if public_id in ids} - of_shown - others


def walk(client, most):
    """Every public address that can be reached, but of those that differ only in what stands behind the ? only `most`."""
    seen, waiting, kinds = set(), ["/", "/ar/", *PLAIN], Counter()
    while waiting:
        address = waiting.pop()
        kind = re.sub(r"\d+", "0", address.split("?")[0])
        if address in seen or address.startswith("/static/") or ("?" in address and kinds[kind] >= most):
            continue
        seen.add(address)
        kinds[kind] += "?" in address
        answer = client.get(address)
        yield address, answer
        if answer.headers["content-type"].startswith("text/html"):
            waiting += [html.unescape(one).split("#")[0] for one in HREF.findall(answer.text)]


def test_no_public_address_tells_of_an_unreviewed_incident(reviewed, asking):
    ids, said = hidden(reviewed)
    assert len(ids) > 100
    assert len(said) > 100
    # In the register's own words a report is public whole: its text is no reading of it.
    marked = re.compile(r'<div class="text".*?</div>', re.S)
    met = set()
    for address, answer in walk(asking(reviewed, public="reviewed"), most=2):
        met.add(re.sub(r"[\d?].*", "", address))
        assert answer.status_code in (200, 302, 404), address
        body = marked.sub("", html.unescape(answer.text)) if "image/png" not in answer.headers["content-type"] else ""
        assert not ids & set(re.findall(r"SJ-\d+", body)), address
        if not address.startswith(("/search", "/ar/search")):
            assert not [words for words in said if words in body], address
    assert {"/incidents/SJ-", "/reports/", "/tallies", "/map", "/timeline.svg", "/counts", "/ar/bases/conoco"} <= met


def test_all_counts_are_of_what_was_accepted(reviewed, asking):
    client = asking(reviewed, public="reviewed")
    assert "1 incident reported" in client.get("/").text
    assert "Only incidents that an editor has reviewed and accepted are shown" in client.get("/").text
    assert client.get("/incidents.csv").text.count("SJ-") == 1
    assert len(client.get("/incidents.geojson").json()["features"]) == 1
    bases = re.sub(r"<[^>]+>", " ", client.get("/bases").text)
    assert [one for one in re.findall(r"Al-Tanf.*?(\d+)", bases, re.S)[:1]] == ["0"]
    assert "146 incidents" not in client.get("/counts").text
    assert re.search(r"Unreviewed\D*0\b", re.sub(r"<[^>]+>", " ", client.get("/incidents").text))


@pytest.mark.parametrize("ending", ["", ".json", ".csv", ".bib", "/compare"])
def test_an_unreviewed_incident_says_that_it_is_not_reviewed_yet(reviewed, asking, ending):
    client = asking(reviewed, public="reviewed")
    answer = client.get(f"/incidents/SJ-0045{ending}")
    assert answer.status_code == 404
    assert "has not been reviewed yet" in answer.text
    assert client.get(f"/incidents/SJ-0046{ending}").status_code == 404
    assert client.get(f"/incidents/{ACCEPTED}{ending}").status_code == 200


def test_what_was_merged_leads_on_only_to_what_is_shown(reviewed, asking):
    merge(reviewed, incident="SJ-0045", into=ACCEPTED, editor=COMPILER)
    merge(reviewed, incident="SJ-0050", into="SJ-0051", editor=COMPILER)
    client = asking(reviewed, public="reviewed")
    assert client.get("/incidents/SJ-0045").headers["location"] == f"/incidents/{ACCEPTED}"
    assert client.get("/incidents/SJ-0050").status_code == 404


def test_a_rejected_incident_keeps_its_page(reviewed, asking):
    reject(reviewed, incident="SJ-0050", ground="drill", reason="a drill", editor=COMPILER)
    assert asking(reviewed, public="reviewed").get("/incidents/SJ-0050").status_code == 200


def test_a_citation_does_not_count_what_was_never_shown(reviewed, asking):
    reject(reviewed, incident="SJ-0050", ground="drill", reason="a drill", editor=COMPILER)
    client = asking(reviewed, public="reviewed")
    with snapshot(reviewed) as connection:
        before = reference.revision(connection).number - 1
    assert "would stand here" not in client.get(f"/incidents?revision={before}").text
    reject(reviewed, incident=ACCEPTED, ground="drill", reason="a drill", editor=COMPILER)
    assert "1 that would stand here was rejected" in client.get(f"/incidents?revision={before}").text


def test_a_withheld_text_is_not_quoted_by_the_search_while_its_attack_is_unreviewed(engine, asking):
    report(engine, 1, mention(base="conoco"), published=date(2023, 11, 5))
    client = asking(engine, public="reviewed")
    asked = client.get(f"/search?q={LETTERS}").text
    assert "/reports/" in asked
    assert f"<mark>{LETTERS}</mark>" not in asked
    add_compiler(engine, name=COMPILER, display_name="The compiler")
    accept(engine, incident="SJ-0001", editor=COMPILER)
    assert f"<mark>{LETTERS}</mark>" in client.get(f"/search?q={LETTERS}").text


def test_one_application_answers_the_desk_with_all_and_the_public_with_what_was_reviewed(reviewed, asking):
    client, app = asking(reviewed, public="reviewed"), asking(reviewed, public="reviewed").app

    @app.get("/desk/number")
    def number() -> int:
        with snapshot(reviewed) as connection:
            return counts.headline(connection, IncidentFilter()).total

    desk = TestClient(app)
    assert desk.get("/desk/number").json() > 100
    assert desk.get("/ar/desk/number").json() > 100
    assert "1 incident reported" in client.get("/").text


@pytest.mark.parametrize(
    ("path", "desk"),
    [("/desk", True), ("/ar/desk/x", True), ("/desk/", True), ("/deskx", False), ("/ar", False), ("//desk", False), ("/", False)],
)
def test_the_desk_is_known_by_its_address(path, desk):
    assert is_desk(path) == desk


def test_outside_of_a_public_request_all_counts(reviewed):
    with snapshot(reviewed) as connection:
        everything = counts.headline(connection, IncidentFilter()).total
        with reviewed_alone():
            assert counts.headline(connection, IncidentFilter()).total == 1
        assert counts.headline(connection, IncidentFilter()).total == everything > 1
    assert COUNTED_STATUSES == ("unreviewed", "accepted")
