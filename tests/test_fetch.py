"""A press page is fetched and read, from the public web alone, and whatever else a server does is refused in a sentence."""

import gzip
import threading
import time
import zlib
from datetime import date
from ipaddress import ip_address
from itertools import repeat

import pytest

from app.fetch import PORTS, REDIRECTS, TAGS, Page, RefusedPage, fetch, is_public
from app.ingest import LARGEST, RawReport, check_url, clean_line
from app.language import ARABIC, speaking
from tests.press import ARTICLE, HERE, HTML, TEXT, TITLE, Answer, Press, answer, dripping, raw, redirect


def refusal(press: Press, given: Answer, **options) -> str:
    press.answers["/"] = given
    with pytest.raises(RefusedPage) as refused:
        press.read(**options)
    return str(refused.value)


# ── Pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_page_gives_title_day_language_and_text_as_a_report(press):
    press.answers["/%D8%A3?id=1"] = answer((ARTICLE % "").encode())
    page = press.read("http://www.press.example/أ?id=1#top")
    url = f"http://www.press.example:{press.server_port}/%D8%A3?id=1"
    assert page == Page(url, "press.example", TITLE, date(2023, 11, 4), "ar", page.text)
    assert TEXT in page.text
    assert "الرئيسية" not in page.text
    assert page.report() == RawReport(text=page.text, lang="ar", title=TITLE, published=date(2023, 11, 4), url=url)
    assert check_url(page.url, "") == url
    assert press.asked == [("/%D8%A3?id=1", f"www.press.example:{press.server_port}")]


@pytest.mark.parametrize(
    ("kind", "meta", "charset"),
    [
        ("text/html; charset=windows-1256", "", "windows-1256"),
        ("text/html; charset=Windows-1256", '<meta charset="utf-8">', "windows-1256"),
        ("text/html", '<meta charset="windows-1256">', "windows-1256"),
        ("text/html", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">', "windows-1256"),
        ("text/html; charset=utf-8", "<meta charset=windows-1256>", "windows-1256"),
        ("text/html; charset=utf-8", "", "windows-1256"),
        ("text/html", "", "windows-1256"),
        ("text/html; charset=punycode", "", "utf-8"),
        ("text/html; charset=base64", '<meta charset="no-such">', "utf-8"),
        ("text/html", "", "utf-8"),
        ("text/html", "", "utf-8-sig"),
        ("text/html; charset=utf-16", "", "utf-16"),
        ("application/xhtml+xml", '<meta charset="iso-8859-6">', "iso-8859-6"),
    ],
)
def test_letters_are_read_as_the_page_was_written(press, kind, meta, charset):
    press.answers["/"] = answer((ARTICLE % meta).replace("،", ",").encode(charset, "ignore"), {"Content-Type": kind})
    page = press.read()
    assert page.title == TITLE
    assert TEXT.replace("،", ",") in page.text


def test_a_broken_letter_spoils_no_page(press):
    press.answers["/"] = answer((ARTICLE % "").encode().replace("فجر".encode(), b"\xff"))
    assert TEXT.replace("فجر", "\ufffd") in press.read().text


def test_an_xml_declaration_is_no_hindrance(press):
    markup = '<?xml version="1.0" encoding="windows-1256"?>' + ARTICLE % ""
    press.answers["/"] = answer(markup.encode("windows-1256"), {"Content-Type": "application/xhtml+xml"})
    assert TEXT in press.read().text


def test_plain_text_is_taken_as_it_is(press):
    press.answers["/"] = answer(b"Drones hit <al-Tanf>.\n", {"Content-Type": "Text/Plain"})
    page = press.read()
    assert (page.text, page.title, page.published, page.lang) == ("Drones hit <al-Tanf>.\n", "", None, "en")


def test_a_packed_page_is_unpacked(press):
    press.answers["/"] = answer(gzip.compress((ARTICLE % "").encode()), HTML | {"Content-Encoding": "gzip"})
    assert TEXT in press.read().text


@pytest.mark.parametrize("day", ["2099-01-01", "yesterday", "0001-01-01"])
def test_a_day_that_no_report_may_have_is_no_day(press, day):
    press.answers["/"] = answer((ARTICLE % "").replace("2023-11-04", day).encode())
    assert press.read().published is None


def test_a_title_is_one_line_that_turns_nothing_round(press):
    title = "\u202bStrike\n on&#127; al-Tanf\u202c"
    markup = f"<html><head><title>{title}</title></head><body><p>Drones hit the base at al-Tanf.</p></body></html>"
    press.answers["/"] = answer(markup.encode())
    page = press.read()
    assert page.title == clean_line(page.title, "title", "") == "Strike on al-Tanf"


def test_an_address_in_a_page_is_not_followed(press):
    port = press.server_port
    press.answers["/"] = answer(f"http://{HERE}:{port}/other".encode())
    with pytest.raises(RefusedPage, match="no text was found"):
        press.read()
    markup = f'<meta http-equiv="refresh" content="0;url=http://{HERE}:{port}/other"><link rel="canonical" href="/other">'
    press.answers["/"] = answer((ARTICLE % markup).encode())
    press.read()
    assert {path for path, _ in press.asked} == {"/"}


def test_a_proxy_of_the_environment_is_not_asked(press, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    press.answers["/"] = answer((ARTICLE % "").encode())
    assert press.read().title == TITLE


# ── Where to ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "100.100.100.200", "192.0.0.192", "192.0.2.1", "198.18.0.1", "203.0.113.1", "224.0.0.1", "239.255.255.255",
        "240.0.0.1", "255.255.255.255", "168.63.129.16", "192.88.99.1", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::",
        "2002:a00:1::1", "2001:0:7f00:1::1", "2001:db8::1", "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0",
        "fec0::1", "ff02::1", "ff0e::1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public_is_refused(ip):
    assert not is_public(ip_address(ip))
    with pytest.raises(RefusedPage, match=r"press\.example is not on the public web"):
        fetch("http://press.example/", resolve=lambda host, port: [ip])


@pytest.mark.parametrize("ip", ["93.184.215.14", "2606:4700::1111", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"])
def test_the_public_web_is_open(ip):
    assert is_public(ip_address(ip))


def test_one_private_address_among_public_ones_is_enough_to_refuse():
    with pytest.raises(RefusedPage, match="not on the public web"):
        fetch("http://press.example/", resolve=lambda host, port: ["93.184.215.14", "10.0.0.1"])


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "0x7f000001", "0x7f.1", "2130706433", "0177.0.0.1", "017700000001", "0", "127.0.0.1.",
        "localhost", "localhost.", "LOCALHOST", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "[::]",
        "１２７.0.0.1", "127。0。0。1", "①②⑦.0.0.1", "[fe80::1%25lo]", "[fe80::1%lo]",
    ],
)  # fmt: skip
def test_this_machine_is_refused_however_it_is_spelled(press, host):
    press.answers["/"] = answer((ARTICLE % "").encode())
    with pytest.raises(RefusedPage):
        fetch(f"http://{host}:{press.server_port}/", ports=(press.server_port,))
    assert press.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "press.example",
        "ftp://press.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "gopher://press.example/",
        "//press.example/",
        "http:///path",
        "http://",
        "http://[::1",
        "http://[x]/",
        "http://a..example/",
        "http://.example/",
        "http://press.example./",
        f"http://{'a' * 64}.example/",
        "http://press.example:http/",
        "http://press.example:99999/",
        "http://press.example\\.x/",
        "http://press example/",
        "http://press.example/\r\nHost: other",
        "http://press.example/\u202e",
        "http://press.example%2f/",
        "http://134744072/",
    ],
)
def test_what_is_no_address_of_a_page_is_refused_before_any_look_up(address):
    with pytest.raises(RefusedPage, match="no address of a page"):
        fetch(address, resolve=None)


@pytest.mark.parametrize(
    "address", ["http://me:secret@press.example/", "http://press.example\\@127.0.0.1/", "http://@press.example/"]
)
def test_names_and_passwords_are_refused(address):
    with pytest.raises(RefusedPage, match=r"no address of a page|a name or a password") as refused:
        fetch(address, resolve=None)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("port", [0, 22, 8000, 6379])
def test_other_ports_are_refused(port):
    assert port not in PORTS
    with pytest.raises(RefusedPage, match="the usual ports alone"):
        fetch(f"http://press.example:{port}/", resolve=None)


def test_the_address_that_was_checked_is_the_one_that_is_asked(press):
    answers = iter([HERE, "127.0.0.2", "127.0.0.2"])
    press.answers["/"] = answer((ARTICLE % "").encode())
    assert press.read(resolve=lambda host, port: [next(answers)]).title == TITLE
    assert next(answers) == "127.0.0.2", "looked up once"


def test_a_name_that_turns_private_on_the_way_is_refused(press):
    answers = iter([HERE, "10.0.0.1"])
    press.answers["/"] = redirect("/again")
    with pytest.raises(RefusedPage, match="not on the public web"):
        press.read(resolve=lambda host, port: [next(answers)])
    assert [path for path, _ in press.asked] == ["/"]


def test_the_next_address_of_a_host_is_asked_when_one_is_closed(press):
    press.answers["/"] = answer((ARTICLE % "").encode())
    page = press.read(resolve=lambda host, port: ["127.0.0.99", HERE], allowed=lambda ip: ip.is_loopback)
    assert page.title == TITLE


# ── Redirects ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_the_page_bears_its_last_address(press, status):
    press.answers["/"] = redirect(f"http://other.example:{press.server_port}/خبر".encode().decode("latin-1"), status)
    press.answers["/%D8%AE%D8%A8%D8%B1"] = answer((ARTICLE % "").encode())
    page = press.read()
    assert (page.url, page.host) == (f"http://other.example:{press.server_port}/%D8%AE%D8%A8%D8%B1", "other.example")


@pytest.mark.parametrize(
    ("location", "complaint"),
    [
        ("http://inside.example:{port}/secret", "inside.example is not on the public web"),
        ("http://169.254.169.254:{port}/", "169.254.169.254 is not on the public web"),
        ("http://2130706433:{port}/", "no address of a page"),
        ("http://inside.example:22/", "usual ports"),
        ("http://me@inside.example:{port}/", "a name or a password"),
        ("file:///etc/passwd", "no address of a page"),
        ("//inside.example:{port}/", "inside.example is not on the public web"),
        ("http://[", "no address of a page"),
    ],
)
def test_a_redirect_is_checked_like_an_address_that_was_typed(press, location, complaint):
    where = {"inside.example": "10.0.0.1", "169.254.169.254": "169.254.169.254"}
    message = refusal(
        press, redirect(location.format(port=press.server_port)), resolve=lambda host, port: [where.get(host, HERE)]
    )
    assert message.startswith("press.example redirects elsewhere. ")
    assert complaint in message
    assert len(press.asked) == 1


def test_redirects_come_to_an_end(press):
    assert "again and again" in refusal(press, redirect("/"))
    assert len(press.asked) == REDIRECTS + 1


# ── What servers do ─────────────────────────────────────────────────────────────────────────────────────────────────────

GZIP = HTML | {"Content-Encoding": "gzip"}
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return b"".join([*(packer.compress(bytes(1_000_000)) for _ in range(megabytes)), packer.flush()])


@pytest.mark.parametrize(
    "given",
    [
        lambda: answer(headers=HTML | {"Content-Length": "200000000"}, rest=repeat(b"a" * 65536)),
        lambda: answer(headers=HTML | {"Content-Length": str(LARGEST + 1)}),
        lambda: answer(rest=repeat(b"a" * 65536)),
        lambda: raw(CHUNKED, rest=repeat(b"10000\r\n" + b"a" * 65536 + b"\r\n")),
        lambda: raw(CHUNKED, b"-1\r\n", rest=repeat(b"a" * 65536)),
        lambda: answer(bomb(40), GZIP),
        lambda: answer(gzip.compress(b"<p>a</p>"), GZIP, rest=repeat(bomb(1))),
    ],
    ids=["declared", "declared-by-one", "undeclared", "chunked", "negative-chunk", "bomb", "many-bombs"],
)
def test_a_page_that_is_too_large_is_refused(press, given):
    assert "more than 5 MB" in refusal(press, given())


def test_a_page_of_countless_tags_is_not_read(press):
    assert "huge list" in refusal(press, answer(b"a<br>" * (TAGS + 1)))


def test_a_page_of_just_the_size_is_read(press):
    text = b"Drones hit al-Tanf."
    press.answers["/"] = answer(text.ljust(LARGEST), {"Content-Type": "text/plain"})
    assert len(press.read().text) == LARGEST


@pytest.mark.parametrize(
    "given",
    [
        lambda: answer(rest=dripping(b"a")),
        lambda: answer(headers=HTML | {"Content-Length": "4000"}, rest=dripping(b"a")),
        lambda: raw(b"HTTP/1.1 200 OK\r\n", rest=dripping(b"X")),
        lambda: raw(rest=dripping(b"HTTP/1.1 100 Continue\r\n\r\n")),
        lambda: raw(CHUNKED, rest=dripping(b"1\r\na\r\n")),
        lambda: answer(headers=GZIP, rest=dripping(gzip.compress(b""))),
        lambda: raw(rest=(time.sleep(0.05) or b"" for _ in range(100))),
    ],
    ids=["body", "body-declared", "headers", "continue", "chunked", "gzip", "silence"],
)
def test_a_server_that_never_ends_is_left(press, given):
    assert "takes too long" in refusal(press, given(), seconds=0.4)


def test_redirects_share_one_time_limit(press):
    assert "takes too long" in refusal(press, lambda handler: (time.sleep(0.15), redirect("/")(handler)), seconds=0.4)
    assert len(press.asked) < REDIRECTS


def test_a_look_up_that_never_ends_is_left():
    ended = threading.Event()
    with pytest.raises(RefusedPage, match=r"press\.example takes too long"):
        fetch("http://press.example/", resolve=lambda host, port: [HERE] * ended.wait(20), seconds=0.2)
    ended.set()


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        (answer(b"%PDF", {"Content-Type": "application/pdf"}), "'application/pdf'"),
        (answer(b"<p>a</p>", {}), "something else than a page"),
        (answer(b"<p>a</p>", {"Content-Type": "garbage"}), "'garbage'"),
        (answer(b"<p>a</p>", HTML | {"Content-Encoding": "br"}), "'br'"),
        (answer(b"gone", status=404), "its status: 404"),
        (answer(b"<p>in parts</p>", status=206), "its status: 206"),
        (answer(status=304), "its status: 304"),
        (answer(status=302), "its status: 302"),
        (answer(b""), "no text was found"),
        (answer(b"<html><head><title>t</title></head><body></body></html>"), "no text was found"),
        (answer(b"<html><body><script>go()</script><p>&nbsp;</p></body></html>"), "no text was found"),
        (answer(b"\0\1\2", {"Content-Type": "text/plain"}), "no text was found"),
        (answer(b" \n", {"Content-Type": "text/plain"}), "no text was found"),
        (answer(b"<p>half", HTML | {"Content-Length": "100"}), "broke off"),
        (answer(gzip.compress(b"<p>half</p>" * 99)[:-9], GZIP), "broke off"),
        (answer(b"no gzip", GZIP), "broke off"),
        (raw(CHUNKED, b"zz\r\n"), "broke off"),
        (raw(CHUNKED, b"-5\r\nabc"), "broke off"),
        (raw(b"SSH-2.0-OpenSSH\r\n"), "broke off"),
        (raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n"), "broke off"),
        (raw(), "broke off"),
    ],
)
def test_whatever_is_no_page_is_refused_in_a_sentence(press, given, complaint):
    message = refusal(press, given)
    assert "press.example" in message
    assert complaint in message


def test_a_host_that_is_closed_or_unknown_is_named():
    with pytest.raises(RefusedPage, match=r"^press\.example can not be reached"):
        fetch("http://press.example:1/", ports=(1,), allowed=lambda ip: True, resolve=lambda host, port: [HERE])
    with pytest.raises(RefusedPage, match=r"^there is no host nowhere\.invalid; check the address"):
        fetch("http://nowhere.invalid/")


def test_a_refusal_is_in_the_language_that_is_spoken(press):
    with speaking(ARABIC):
        message = refusal(press, answer(status=404))
    assert "٤٠٤" in message
    assert "press.example" in message
