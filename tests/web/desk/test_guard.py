import re

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute
from sqlalchemy import text
from starlette.testclient import TestClient

from app.actions import editors, logins
from app.actions.revision import RefusedAction
from app.main import create_app
from app.settings import Settings
from app.web.security import MOST, STRANGERS
from tests.web.desk.conftest import SECRETS, logged_in


def routes():
    """All addresses of the register, each with a method; a mount (static files) has none."""
    app = create_app(Settings(database_url="sqlite://"))
    found = [route for included in app.routes for route in getattr(included, "original_router", APIRouter()).routes]
    assert all(isinstance(route, APIRoute) for route in found)
    return [(route.path, method) for route in found for method in sorted(route.methods - {"HEAD"})]


def filled(path):
    return re.sub(r"\{[^}]+\}", "1", path)


def is_public(path):
    return not path.startswith(("/desk", "/login"))


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_each_address_but_the_public_ones_refuses_without_an_account(asked, prefix):
    walked = 0
    for path, method in routes():
        if is_public(path) or (path, method) == ("/login", "GET"):
            continue
        answer = asked.request(method, prefix + filled(path))
        assert answer.status_code == 401, f"{method} {path}"
        assert answer.headers["cache-control"] == "no-store"
        assert "login_password" in answer.text
        walked += 1
    assert walked > 5


def test_the_public_addresses_only_read():
    assert {method for path, method in routes() if is_public(path)} == {"GET"}


@pytest.mark.parametrize("header", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}])
def test_each_writing_address_refuses_a_request_from_another_site(admin_desk, header):
    for path, method in routes():
        if method != "GET":
            answer = admin_desk.request(method, filled(path), headers=header)
            assert answer.status_code == 403, f"{method} {path}"


def test_what_administers_the_register_refuses_an_editor(desk, admin_desk):
    assert desk.get("/desk/accounts").status_code == 403
    assert desk.post("/desk/accounts", data={"act": "disable", "name": "rima"}).status_code == 403
    assert admin_desk.get("/desk/accounts").status_code == 200


def test_the_desk_is_kept_by_nobody(desk):
    answer = desk.get("/desk/password")
    assert (answer.status_code, answer.headers["cache-control"], answer.headers["x-robots-tag"]) == (200, "no-store", "noindex")


def test_a_login_leads_back_to_where_somebody_wanted_to_go(asked):
    form = {"login_name": "nour", "login_password": SECRETS["nour"]}
    for given, address in (
        ("/desk/password", "/desk/password"),
        ("/ar/desk/password?a=1", "/ar/desk/password?a=1"),
        ("https://elsewhere.example/desk", "/desk"),
        ("//elsewhere.example/desk", "/desk"),
        ("/\\elsewhere.example/desk", "/desk"),
        ("/incidents", "/desk"),
        ("", "/desk"),
    ):
        assert asked.post("/login", data={**form, "next": given}).headers["location"] == address


def test_a_cookie_is_out_of_reach_of_scripts_and_other_sites(asked):
    answer = asked.post("/login", data={"login_name": "nour", "login_password": SECRETS["nour"]})
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    secure = TestClient(asked.app, base_url="https://testserver", follow_redirects=False)
    assert "Secure" in secure.post("/login", data={"login_name": "nour", "login_password": SECRETS["nour"]}).headers["set-cookie"]


def test_the_database_holds_no_token_and_no_password(desk, staffed):
    token = desk.cookies["sijill"]
    with staffed.connect() as connection:
        kept = connection.execute(text("SELECT token_hash FROM login")).scalars().all()
        hashes = connection.execute(text("SELECT password_hash FROM editor WHERE role <> 'compiler'")).scalars().all()
    assert token not in kept
    assert logins.hash_of(token) in kept
    assert all(one.startswith("$argon2id$") for one in hashes)


@pytest.mark.parametrize(("name", "password"), [("nour", "wrong"), ("nobody", "wrong"), ("seeds", ""), ("nour", "x" * 5000)])
def test_a_wrong_name_or_password_says_neither_which(asked, name, password):
    answer = asked.post("/login", data={"login_name": name, "login_password": password})
    assert answer.status_code == 401
    assert "The name or the password is wrong." in answer.text
    assert "set-cookie" not in answer.headers


def test_after_some_failures_even_the_right_password_waits(asked):
    for _attempt in range(logins.MOST_BOTH):
        asked.post("/login", data={"login_name": "nour", "login_password": "wrong"})
    answer = asked.post("/login", data={"login_name": "nour", "login_password": SECRETS["nour"]})
    assert answer.status_code == 401
    assert "Too many attempts" in answer.text
    # Somebody else at the same address may come in.
    assert logged_in(asked.app, "sami").get("/desk/password").status_code == 200


def test_one_address_cannot_try_many_accounts(asked):
    for number in range(logins.MOST_FROM):
        asked.post("/login", data={"login_name": f"name{number}", "login_password": "wrong"})
    answer = asked.post("/login", data={"login_name": "nour", "login_password": SECRETS["nour"]})
    assert "Too many attempts" in answer.text


def test_a_login_ends_when_the_account_does(desk, staffed):
    editors.disable(staffed, name="nour", admin="rima")
    assert desk.get("/desk/password").status_code == 401


def test_a_login_ends_where_another_browser_changes_the_password(asked, desk):
    other = logged_in(asked.app, "nour")
    form = {"old": SECRETS["nour"], "new": "an entirely other one", "again": "an entirely other one"}
    assert other.post("/desk/password", data=form).headers["location"] == "/desk"
    assert other.get("/desk/password").status_code == 200
    assert desk.get("/desk/password").status_code == 401


def test_logging_out_everywhere_ends_all_logins(asked, desk):
    other = logged_in(asked.app, "nour")
    desk.post("/desk/logout-everywhere")
    assert other.get("/desk/password").status_code == desk.get("/desk/password").status_code == 401


def test_logging_out_ends_one(asked, desk):
    other = logged_in(asked.app, "nour")
    assert desk.post("/desk/logout").headers["location"] == "/login"
    assert desk.get("/desk/password").status_code == 401
    assert other.get("/desk/password").status_code == 200


@pytest.mark.parametrize("column", ["seen_at", "begun_at"])
def test_a_login_ends_by_itself(desk, staffed, column):
    with staffed.begin() as connection:
        connection.execute(text(f"UPDATE login SET {column} = '2020-01-01T00:00:00Z'"))
    assert desk.get("/desk/password").status_code == 401


def test_a_form_sent_after_the_login_has_ended_goes_on_once_logged_in(desk, staffed):
    form = {"act": "accept", "incident": "SJ-0044", "reason": "<so> it is", "more": "\nx & y"}
    with staffed.begin() as connection:
        connection.execute(text("DELETE FROM login"))
    asked = desk.post("/desk/bulk", data=form)
    assert asked.status_code == 401
    assert "What you sent is kept" in asked.text
    assert "&lt;so&gt; it is" in asked.text
    assert "\n\nx &amp; y</textarea>" in asked.text
    again = desk.post("/desk/bulk", data={**form, "login_name": "nour", "login_password": SECRETS["nour"]})
    assert again.headers["location"].startswith("/desk?done=")
    assert "sijill=" in again.headers["set-cookie"]


def test_no_page_carries_a_new_password(desk, staffed):
    with staffed.begin() as connection:
        connection.execute(text("DELETE FROM login"))
    asked = desk.post(
        "/desk/password", data={"old": SECRETS["nour"], "new": "tall cedars and rain", "again": "tall cedars and rain"}
    )
    assert asked.status_code == 401
    assert "tall cedars" not in asked.text


def test_who_logs_in_over_another_login_is_who_logs_in(desk):
    answer = desk.post("/login", data={"login_name": "sami", "login_password": SECRETS["sami"]})
    assert "sijill=" in answer.headers["set-cookie"]
    assert desk.post("/login", data={"login_name": "sami", "login_password": "wrong"}).status_code == 401


def test_guesses_at_the_password_until_now_are_counted_as_logins_are(desk):
    form = {"old": "a guess", "new": "tall cedars and rain", "again": "tall cedars and rain"}
    said = [desk.post("/desk/password", data=form).text for _time in range(30)]
    assert "This is not your password" in said[0]
    assert "Too many attempts" in said[-1]


def test_a_password_changed_while_another_is_checked_lets_nobody_in(staffed, hashes):
    attempt = logins.attempt(staffed, name="nour", address="192.0.2.1")
    with staffed.connect() as connection:
        editor_id = connection.execute(text("SELECT id FROM editor WHERE name = 'nour'")).scalar_one()
    editors.set_password(staffed, name="nour", password_hash=hashes["sami"], must_change=False, admin=None)
    with pytest.raises(RefusedAction):
        logins.begin(staffed, editor_id=editor_id, checked=hashes["nour"], attempt=attempt)


@pytest.mark.parametrize(("cookie", "most"), [({}, STRANGERS), ({"sijill": "x"}, MOST)])
def test_a_body_that_is_too_large_is_refused(asked, cookie, most):
    asked.cookies.update(cookie)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert asked.post("/desk/bulk", content=b"reason=" + b"x" * 1_000_000, headers=form).status_code == 401
    answer = asked.post("/desk/bulk", content=b"reason=" + b"x" * most, headers=form)
    assert answer.status_code == 413
    assert answer.headers["cache-control"] == "no-store"


def test_a_password_that_somebody_else_made_is_good_for_one_login_and_for_choosing_another(asked, admin_desk):
    answer = admin_desk.post("/desk/accounts", data={"act": "add", "name": "huda", "display_name": "Huda", "role": "editor"})
    password = re.search(r'class="secret" dir="ltr">([^<]+)<', answer.text)[1]
    browser = TestClient(asked.app, follow_redirects=False)
    form = {"login_name": "huda", "login_password": password}
    assert browser.post("/login", data=form).status_code == 303
    assert TestClient(asked.app).post("/login", data=form).status_code == 401
    assert browser.get("/desk/accounts").headers["location"] == "/desk/password"
    assert browser.post("/desk/password", data={"new": "short", "again": "short"}).status_code == 422
    assert browser.post("/desk/password", data={"new": "tall cedars and rain", "again": "tall cedars"}).status_code == 422
    chosen = {"new": "tall cedars and rain", "again": "tall cedars and rain"}
    assert browser.post("/desk/password", data=chosen).headers["location"] == "/desk"
    assert browser.get("/desk/password").status_code == 200


def test_the_last_administrator_stays(admin_desk):
    answer = admin_desk.post("/desk/accounts", data={"act": "disable", "name": "rima"})
    assert answer.status_code == 422
    assert "last administrator" in answer.text
    assert admin_desk.get("/desk/accounts").status_code == 200
