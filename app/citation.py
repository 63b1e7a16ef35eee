"""How to cite what the register shows: one reference as BibTeX, RIS, CSL-JSON, or a line of text."""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from app.language import _, dated, digits

REGISTER = "Sijill"
"""Who is cited as author and publisher: the register, since no incident is the work of one person."""
TEX = {
    "\\": r"\textbackslash{}",
    # BibTeX counts a brace even behind a backslash: only a command without one keeps an entry whole.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "$&#%_"},
}
IN_ADDRESS = "%:/?#[]@!$&'()*+,;=-._~"
"""Signs that an address keeps as they are; braces, backslashes and spaces are none of them."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A view of the register at one of its revisions. `key` names it, `address` is absolute, `note` may be empty."""

    key: str
    title: str
    address: str
    revision: int
    revised: date
    language: str
    note: str = ""

    @property
    def edition(self) -> str:
        """The revision as an edition: plain English, since software reads it."""
        return f"revision {self.revision}"


def plain(text: str) -> str:
    """The text in one line, without signs that end a line or control a machine."""
    return " ".join("".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text).split())


def tex(text: str) -> str:
    """The text as TeX prints it: nothing in it is a command, and its braces are balanced."""
    return "".join(TEX.get(sign, sign) for sign in plain(text))


def written(address: str) -> str:
    """The address with all that no address holds percent-encoded."""
    return quote(plain(address), safe=IN_ADDRESS)


def bibtex(one: Citation) -> str:
    """One @misc entry in UTF-8, for BibTeX and biblatex."""
    fields = {
        "author": f"{{{REGISTER}}}",
        "title": f"{{{tex(one.title)}}}",
        "year": str(one.revised.year),
        "date": one.revised.isoformat(),
        "version": one.edition,
        "howpublished": "Data set",
        "url": written(one.address),
        **({"note": tex(one.note)} if one.note else {}),
        "langid": {"ar": "arabic"}.get(one.language, "english"),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{re.sub(r'[^A-Za-z0-9-]+', '-', one.key)},\n{lines}}}\n"


def ris(one: Citation) -> str:
    """One RIS record of the type DATA, its lines ended by CR LF."""
    fields = (
        ("TY", "DATA"),
        ("ID", one.key),
        ("AU", REGISTER),
        ("TI", one.title),
        ("PY", str(one.revised.year)),
        ("DA", one.revised.strftime("%Y/%m/%d")),
        ("ET", one.edition),
        ("PB", REGISTER),
        ("UR", written(one.address)),
        ("LA", one.language),
        *((("N1", one.note),) if one.note else ()),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {plain(value)}\r\n" for tag, value in fields)


def csl_json(one: Citation) -> str:
    """A list of one CSL item of the type dataset; names as in https://github.com/citation-style-language/schema."""
    item = {
        "id": one.key,
        "type": "dataset",
        "title": plain(one.title),
        "author": [{"literal": REGISTER}],
        "publisher": REGISTER,
        "issued": {"date-parts": [[one.revised.year, one.revised.month, one.revised.day]]},
        "version": one.edition,
        "URL": written(one.address),
        "language": one.language,
        **({"note": plain(one.note)} if one.note else {}),
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def in_a_line(one: Citation) -> str:
    """The reference as a line of text, in the language that is spoken."""
    return _(
        "Sijill: %(title)s. Data set, revision %(revision)s of %(day)s. %(address)s",
        title=plain(one.title),
        revision=digits(str(one.revision)),
        day=dated(one.revised, "d MMMM y"),
        address=written(one.address),
    )


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a reference: its name, the type of its file, and what writes it."""

    name: str
    media_type: str
    write: Callable[[Citation], str]


FORMATS = {
    "bib": Format("BibTeX", "application/x-bibtex", bibtex),
    "ris": Format("RIS", "application/x-research-info-systems", ris),
    "csl.json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
}
"""By the ending of its address."""
