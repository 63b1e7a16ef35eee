"""The public history of an incident: who, when, old, new and why, without an account's name; and two revisions side by side."""

import html
import re

import pytest

from app.actions.acts import editor_act
from app.actions.decisions import accept, correct, merge, not_same, reject, reopen
from app.actions.editors import add_compiler, add_editor
from app.actions.revision import keep_changes
from app.citation import FORMATS
from app.db import snapshot
from app.queries import reference
from app.seed import COMPILER
from tests.actions.acts import mention, report

ACCOUNT, NAME = "nour.account", "Nour Haddad"
WHO = {"editor": ACCOUNT, "reason": "read again"}


@pytest.fixture
def edited(seeded):
    """The seeds with an editor who did something of each kind to SJ-0039."""
    add_editor(seeded, name=ACCOUNT, display_name=NAME, role="editor", password_hash="-", must_change=False, admin=None)
    correct(seeded, incident="SJ-0039", values={"weapon": "rocket", "outcome": "hit"}, **WHO)
    correct(seeded, incident="SJ-0039", values={}, withdrawn=["weapon"], **WHO)
    accept(seeded, incident="SJ-0039", **WHO)
    merge(seeded, incident="SJ-0040", into="SJ-0039", **WHO)
    not_same(seeded, incident="SJ-0039", other="SJ-0041", **WHO)
    return seeded


def now(engine):
    with snapshot(engine) as connection:
        return reference.data_revision(connection)


def told(page):
    part = page.text[page.text.index('id="history"') :].split("</section>", 1)[0]
    apart = re.sub(r'<(?:/?(?:li|div|p|label)\b|span class="under")[^>]*>', " ", part)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", apart)).split())


def rows_of(page):
    """The rows of a comparison: label → both values; those that are marked apart."""
    found = re.findall(r'<tr>\s*<th scope="row">(.*?)</th>\s*<td>(.*?)</td>\s*<td>(.*?)</td>', page.text, re.S)
    plain = [tuple(html.unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row) for row in found]
    marked = {label.removesuffix(" differs") for (label, *_), row in zip(plain, found, strict=True) if "<mark>" in row[1]}
    return {label.removesuffix(" differs"): values for label, *values in plain}, marked


def test_an_act_tells_revision_role_values_and_reason(edited, asking):
    history = told(asking(edited).get("/incidents/SJ-0039"))
    assert "Weapon: Drone became Rocket" in history
    assert "Corrected (an editor)" in history
    assert "Outcome: Hit, which an editor confirmed" in history
    assert "Weapon: Rocket became Drone (the reports’ value again)" in history
    assert "merged into it SJ-0040" in history
    assert "kept apart from SJ-0041" in history
    assert "Reason: read again" in history


def test_an_undo_names_the_revision_and_what_it_was(edited, asking):
    accepted = now(edited) - 2
    with editor_act(edited, "undo", {}, editor=ACCOUNT, undoes=accepted) as undo:
        undo.set_state(39, review_status="unreviewed")
    history = told(asking(edited).get("/incidents/SJ-0039"))
    assert f"Undid revision {accepted}: Accepted (an editor) Review: Accepted became Unreviewed" in history
    assert f"Undone by revision {now(edited)}." in history


def test_what_a_reading_left_alone_is_told(edited, asking):
    with editor_act(edited, "reread", {}, editor=ACCOUNT) as again:
        keep_changes(again.session, again.revision, "incident", 39, {"outcome": ("hit", "missed")}, stood=True)
    assert "Outcome: Hit became Missed (this is what its reports say; an editor had decided, and that stands)" in told(
        asking(edited).get("/incidents/SJ-0039")
    )


def test_notes_of_the_desk_are_not_public(edited, asking):
    with editor_act(edited, "note", {}, editor=ACCOUNT) as note:
        keep_changes(note.session, note.revision, "incident", 39, {"note": (None, "ask the monitor")})
    client = asking(edited)
    for path in ("/incidents/SJ-0039", "/incidents/SJ-0039.json", "/incidents/SJ-0039/compare"):
        assert "ask the monitor" not in client.get(path).text


@pytest.mark.parametrize("language", ["", "/ar"])
@pytest.mark.parametrize("ending", ["", "/compare", ".json", ".csv", ".geojson", *(f".{one}" for one in FORMATS)])
def test_by_role_nothing_public_holds_an_editors_name(edited, asking, ending, language):
    answer = asking(edited).get(f"{language}/incidents/SJ-0039{ending}")
    assert answer.status_code == 200
    assert NAME not in answer.text
    assert ACCOUNT not in answer.text


@pytest.mark.parametrize("ending", ["", ".json"])
def test_by_name_editors_are_called_as_they_display_themselves(edited, asking, ending):
    answer = asking(edited, editors_shown="name").get(f"/incidents/SJ-0039{ending}").text
    assert NAME in answer
    assert ACCOUNT not in answer


def test_by_name_a_compilation_stays_nobodys(seeded_engine, asking):
    page = asking(seeded_engine, editors_shown="name").get("/incidents/SJ-0006")
    assert "Rejected: not an attack (the compiler of the register)" in told(page)


def test_the_json_of_an_incident_gives_each_act(edited, asking):
    record = asking(edited).get("/incidents/SJ-0039.json").json()
    by_kind = {one["kind"]: one for one in record["history"]}
    assert by_kind["merge"]["incidents"] == [{"event_id": "SJ-0040", "how": "merged_in", "mentions": 0}]
    assert {"field": "review_status", "before": "unreviewed", "after": "accepted", "stood": False} in by_kind["accept"]["changes"]
    assert {one["by"] for one in record["history"]} == {None, "editor"}
    assert [one["revision"] for one in record["history"]] == sorted(one["revision"] for one in record["history"])


def test_a_hidden_incident_is_not_named_in_the_history_of_a_shown_one(edited, asking):
    client = asking(edited, public="reviewed")
    assert "kept apart from one that is not shown" in told(client.get("/incidents/SJ-0039"))
    assert "SJ-0041" not in client.get("/incidents/SJ-0039").text + client.get("/incidents/SJ-0039.json").text


def test_of_a_long_history_the_earlier_entries_unfold(engine, asking):
    add_compiler(engine, name=COMPILER, display_name="The compiler")
    report(engine, 1, mention())
    for number in range(100):
        correct(engine, incident="SJ-0001", values={"launched_from": f"place {number}"}, reason="again", editor=COMPILER)
    page = asking(engine).get("/incidents/SJ-0001").text
    assert page.count('<li id="revision-') == 101
    assert page.split("</details>")[0].count('<li id="revision-') == 71
    assert "72 earlier entries" in page


def test_a_hostile_reason_stays_words(engine, asking):
    add_compiler(engine, name=COMPILER, display_name="The compiler")
    report(engine, 1, mention())
    hostile = '"><script>alert(1)</script>'
    correct(engine, incident="SJ-0001", values={"launched_from": hostile}, reason=hostile, editor=COMPILER)
    client = asking(engine)
    assert "<script>alert" not in client.get("/incidents/SJ-0001").text + client.get("/incidents/SJ-0001/compare").text


def test_two_revisions_stand_side_by_side_and_what_differs_is_marked(edited, asking):
    client = asking(edited)
    corrected = now(edited) - 4
    rows, marked = rows_of(client.get(f"/incidents/SJ-0039/compare?from={corrected - 1}&to={corrected}"))
    assert rows["Weapon"] == ["Drone", "Rocket"]
    assert rows["Base"] == ["Al-Shaddadi", "Al-Shaddadi"]
    assert marked == {"Weapon"}
    rows, marked = rows_of(client.get(f"/incidents/SJ-0039/compare?to={corrected - 1}&from={corrected}"))
    assert rows["Weapon"] == ["Drone", "Rocket"]


def test_without_revisions_the_first_stands_beside_the_present(edited, asking):
    rows, marked = rows_of(asking(edited).get("/incidents/SJ-0039/compare"))
    assert rows["Review"] == ["Unreviewed", "Accepted"]
    assert "Review" in marked


def test_a_merged_incident_can_still_be_compared(edited, asking):
    rows, _marked = rows_of(asking(edited).get("/incidents/SJ-0040/compare"))
    assert rows["Merged into"] == ["none", "SJ-0039"]


def test_a_rejection_is_compared_with_ground_and_reason(edited, asking):
    reject(edited, incident="SJ-0044", ground="drill", reason="it was a drill", editor=ACCOUNT)
    rows, _marked = rows_of(asking(edited).get("/incidents/SJ-0044/compare"))
    assert rows["Ground of the rejection"] == ["none", "a drill"]
    assert rows["Reason of the rejection"] == ["none", "it was a drill"]


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("from=x", "is no revision of this register"),
        ("from=٣", "is no revision of this register"),
        ("to=-1", "is no revision of this register"),
        ("to=99999", "has not reached revision 99999"),
        ("from=1", "is known from revision"),
        ("from=12345678901234567890", "is no revision of this register"),
    ],
)
def test_what_is_no_revision_of_it_is_refused_in_words(client, query, why):
    answer = client.get(f"/incidents/SJ-0044/compare?{query}")
    assert answer.status_code == 400
    assert why in html.unescape(answer.text)


@pytest.mark.parametrize("name", ["SJ-9999", "x", "SJ-0044.json"])
def test_nothing_is_compared_of_an_incident_that_is_none(client, name):
    assert client.get(f"/incidents/{name}/compare").status_code == 404


def test_the_history_offers_two_revisions_to_choose_without_script(edited, asking):
    page = asking(edited).get("/incidents/SJ-0039").text
    form = page[page.index('action="/incidents/SJ-0039/compare" method="get"') :].split("</form>")[0]
    for key in ("from", "to"):
        assert len(re.findall(f'type="radio" name="{key}" value="\\d+"', form)) == 7
        assert len(re.findall(f'name="{key}" value="\\d+" checked', form)) == 1


def test_a_citation_leads_to_what_has_changed_since(edited, asking):
    client, cited = asking(edited), now(edited) - 5
    page = client.get(f"/incidents/SJ-0039?revision={cited}").text
    assert f'href="/incidents/SJ-0039/compare?from={cited}&amp;to={now(edited)}"' in page
    assert "/compare?from" not in client.get(f"/incidents/SJ-0039?revision={now(edited)}").text
    assert "/compare?from" not in client.get("/incidents/SJ-0039?revision=1").text


def test_a_reopened_rejection_shows_its_ground_no_more(edited, asking):
    reject(edited, incident="SJ-0044", ground="drill", reason="it was a drill", editor=ACCOUNT)
    client = asking(edited)
    assert "Rejected (a drill), and in no count: it was a drill" in re.sub(r"<[^>]+>", "", client.get("/incidents/SJ-0044").text)
    reopen(edited, incident="SJ-0044", editor=ACCOUNT, reason="it was none")
    assert "and in no count" not in client.get("/incidents/SJ-0044").text
