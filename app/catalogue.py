"""Brings the strings of code and templates into the catalogue of translations: `python -m app.catalogue`."""

import io

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from app import ROOT
from app.language import ARABIC, catalogue_of

READ = {"app": ("**.py", "python"), "templates": ("**.html", "jinja2")}
"""The folders in which strings stand: which files, and how Babel reads them."""
HEADER = """\
msgid ""
msgstr ""
"Language: ar\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);\\n"

"""
"""What the catalogue begins with: the six plurals of Arabic in gettext's usual order, and no date that changes by itself."""
MARKS = {"_": None, "N_": None, "ngettext": (1, 2)}
"""The functions that mark a string, and which of their arguments it is."""


def messages() -> Catalog:
    """All strings that code and templates show, without translations."""
    found = Catalog(project="Sijill", charset="utf-8")
    for folder, method in READ.items():
        for name, _line, message, _comments, _context in extract_from_dir(ROOT / folder, [method], keywords=MARKS):
            found.add(message, locations=[(f"{folder}/{name}", 0)])
    return found


def main() -> None:
    """Adds new strings to the Arabic catalogue, untranslated, and takes away those that nothing shows any more."""
    path = catalogue_of(ARABIC.code)
    with path.open("rb") as former:
        catalogue = read_po(former, locale=ARABIC.code)
    catalogue.update(messages(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    written = io.BytesIO()
    write_po(written, catalogue, width=120, sort_output=True, omit_header=True, include_lineno=False)
    path.write_text(HEADER + written.getvalue().decode("utf-8"), "utf-8")


if __name__ == "__main__":
    main()
