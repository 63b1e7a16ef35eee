import pytest
from pydantic import ValidationError
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.web.security import headers, is_foreign


@pytest.mark.parametrize(
    ("sent", "foreign"),
    [
        ({}, False),
        ({"sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"sec-fetch-site": "same-site"}, True),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"origin": "http://here:8000", "host": "here:8000"}, False),
        ({"origin": "http://here:9000", "host": "here:8000"}, True),
        ({"origin": "http://[x", "host": "here:8000"}, True),
        ({"origin": "null", "host": "here:8000"}, True),
        ({"sec-fetch-site": "cross-site", "origin": "http://here", "host": "here"}, True),
    ],
)
def test_a_request_is_foreign_where_the_browser_says_so(sent, foreign):
    assert is_foreign(Headers(sent)) is foreign


def test_only_the_tiles_that_are_set_may_come_from_elsewhere():
    assert "http" not in headers()["Content-Security-Policy"]
    policy = headers("https://{s}.tiles.example/{z}/{x}/{y}.png")["Content-Security-Policy"]
    assert "img-src 'self' data: https://*.tiles.example;" in policy


def test_citations_begin_with_the_registers_own_address_whatever_a_request_calls_it(seeded_file):
    settings = Settings(database_url=f"sqlite:///{seeded_file}", address="https://register.example")
    with TestClient(create_app(settings)) as client:
        page = client.get("/ar/incidents/SJ-0044", headers={"Host": "evil.example"}).text
    assert "evil.example" not in page
    assert 'hreflang="en" href="https://register.example/incidents/SJ-0044"' in page


def test_an_address_with_a_path_is_no_address():
    with pytest.raises(ValidationError):
        Settings(address="https://register.example/sijill")
