"""The desk as editors see it: an account of each role, and browsers in which they are logged in."""

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from starlette.testclient import TestClient

from app.actions.editors import add_editor
from app.main import create_app
from app.passwords import hashed
from app.settings import Settings

SECRETS = {"nour": "olive trees at noon", "sami": "seven small rivers", "rima": "a window to the north"}
ROLES = {"nour": "editor", "sami": "editor", "rima": "admin"}
WIDE = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture(scope="session", autouse=True)
def quick_argon2():
    """The same hash with the least of memory and time: with what the register takes, logging in is most of what tests do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.passwords._HASHER", PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1),)))
        yield


@pytest.fixture(scope="session")
def hashes(quick_argon2):
    return {name: hashed(secret, name=name) for name, secret in SECRETS.items()}


@pytest.fixture
def staffed(seeded, hashes):
    """A register of its own with all of seeds/ and three accounts: nour and sami are editors, rima administers it."""
    for name, role in ROLES.items():
        secret = {"password_hash": hashes[name], "must_change": False}
        add_editor(seeded, name=name, display_name=name.title(), role=role, **secret, admin=None)
    return seeded


@pytest.fixture
def asked(staffed):
    """The register's app with accounts; nobody is logged in. Redirects are not followed."""
    settings = Settings(database_url=staffed.url.render_as_string(hide_password=False))
    with TestClient(create_app(settings), follow_redirects=False) as client:
        yield client


def logged_in(app, name):
    """A browser of its own in which this account is logged in."""
    client = TestClient(app, follow_redirects=False)
    answer = client.post("/login", data={"login_name": name, "login_password": SECRETS[name]})
    assert answer.status_code == 303, answer.text
    return client


@pytest.fixture
def desk(asked):
    """The desk as the editor nour sees it."""
    return logged_in(asked.app, "nour")


@pytest.fixture
def other_desk(asked):
    """The desk as the editor sami sees it."""
    return logged_in(asked.app, "sami")


@pytest.fixture
def admin_desk(asked):
    """The desk as rima sees it, who administers the register."""
    return logged_in(asked.app, "rima")


@pytest.fixture
def sitting(watched):
    """Opens a browser at a server in which an account is logged in, without the login page."""

    def sit(server, name, **options):
        one = watched(server, **options)
        form = {"login_name": name, "login_password": SECRETS[name]}
        assert one.context.request.post("/login", form=form, max_redirects=0).status == 303
        return one

    return sit


def refused_with(browser, status, times=1):
    """The browser complained of so many pages that were refused with this status, and of nothing else."""
    assert [said for said in browser.wrong if f"status of {status} " not in said] == []
    assert len(browser.wrong) == times
    browser.wrong.clear()
