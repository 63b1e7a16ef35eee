"""A page of the press is taken only from who has the certificate of its name."""

import shutil
import ssl
import subprocess
from collections.abc import Iterator

import pytest

from app.fetch import RefusedPage
from tests.press import ARTICLE, TITLE, Press, answer


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """The files of a key and of its certificate, made out to press.example and signed by itself."""
    if not (openssl := shutil.which("openssl")):
        pytest.skip("needs the openssl program to make a certificate")
    folder = tmp_path_factory.mktemp("certificate")
    key, made = folder / "key.pem", folder / "certificate.pem"
    made_out = ["-subj", "/CN=press.example", "-addext", "subjectAltName=DNS:press.example"]
    kind = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    subprocess.run([openssl, *kind, *made_out, "-keyout", key, "-out", made], check=True, capture_output=True)
    return key, made


@pytest.fixture
def secure(press, certificate) -> Iterator[Press]:
    key, made = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    press.named = []
    context.sni_callback = lambda connection, name, _context: press.named.append(name)
    press.socket = context.wrap_socket(press.socket, server_side=True)
    press.answers["/"] = answer((ARTICLE % "").encode())
    return press


def test_the_certificate_is_that_of_the_name_though_its_checked_address_is_asked(secure, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[1]))
    assert secure.read("https://press.example/").title == TITLE
    assert secure.named == ["press.example"]
    with pytest.raises(RefusedPage, match=r"other\.example has no valid certificate"):
        secure.read("https://other.example/")


def test_a_certificate_that_nobody_vouches_for_is_refused(secure):
    with pytest.raises(RefusedPage, match=r"press\.example has no valid certificate"):
        secure.read("https://press.example/")
    assert secure.asked == []


def test_a_server_that_speaks_no_tls_is_refused(press):
    with pytest.raises(RefusedPage, match="can not be reached"):
        press.read("https://press.example/")
