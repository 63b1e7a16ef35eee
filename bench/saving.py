"""An editor's save as a browser does it: the form as it came, one field changed, and the public page asked for right after."""

import random
import time
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

from load import ask

from app.actions.editors import add_editor
from app.db import make_engine
from app.passwords import hashed

PASSWORD = "four words of a bench"  # noqa: S105 - of an account in a copy that is thrown away


@dataclass(frozen=True, slots=True)
class Saved:
    """How long a save took, and whether the public page showed it to the next who asked."""

    seconds: float
    is_shown: bool


class _Form(HTMLParser):
    """The fields of the review's form, with what stands in them."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self.inside, self.select, self.area = False, "", ""

    def handle_starttag(self, tag: str, found: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in found}
        if tag == "form":
            self.inside = given.get("id") == "review"
        if not self.inside:
            return
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "input" and name and (kind not in ("checkbox", "radio", "submit") or "checked" in given):
            self.pairs.append((name, given.get("value", "")))
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in given:
            self.pairs.append((self.select, given.get("value", "")))
        elif tag == "textarea":
            self.area = name
            self.pairs.append((name, ""))

    def handle_data(self, data: str) -> None:
        if self.inside and self.area:
            name, before = self.pairs[-1]
            self.pairs[-1] = name, before + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            name, text = self.pairs[-1]
            self.pairs[-1], self.area = (name, text.removeprefix("\n")), ""
        elif tag == "form":
            self.inside = False


class Editor:
    """Somebody who has an account in a register, and is logged in at its server."""

    def __init__(self, file: Path, port: int) -> None:
        self.port = port
        name = f"bench{random.randrange(10**9)}"
        engine = make_engine(f"sqlite:///{file}")
        secret = {"password_hash": hashed(PASSWORD, name=name), "must_change": False, "admin": None}
        add_editor(engine, name=name, display_name="Bench", role="editor", **secret)
        engine.dispose()
        came = ask(port, "/login", body=urlencode({"login_name": name, "login_password": PASSWORD}))
        self.cookie = {"Cookie": came.headers["set-cookie"].partition(";")[0]}

    def save(self, number: int, name: str, values: tuple[str, ...]) -> Saved | None:
        """Gives a field of this incident another value; None where it is closed and cannot be changed."""
        page = f"/incidents/SJ-{number:04d}"
        came = ask(self.port, f"/desk{page}", headers=self.cookie)
        form = _Form()
        form.feed(came.body.decode())
        fields = dict(form.pairs)
        if came.status != 200 or name not in fields:
            return None
        before = ask(self.port, page)  # as a reader has it, and a cache keeps it
        value = next(one for one in values if one != fields[name])
        fields |= {name: value, "reason": f"Measured {time.time_ns()}", "act": "save"}
        sent = ask(self.port, f"/desk{page}", body=urlencode(fields), headers=self.cookie)
        if sent.status == 422 and b'name="distinct"' in sent.body:
            # It says that there are others much like it, and asks whether it is another attack.
            sent = ask(self.port, f"/desk{page}", body=urlencode(fields | {"distinct": "1"}), headers=self.cookie)
        if sent.status != 303:
            return None
        after = ask(self.port, page)
        return Saved(sent.seconds, before.body != after.body and fields["reason"].encode() in after.body)
