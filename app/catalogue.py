"""Brings the strings of code and templates into the catalogue of translations: `python -m app.catalogue`."""

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from app.language import ARABIC, catalogue_of
from app.settings import ROOT

READ = {"app": ("**.py", "python"), "templates": ("**.html", "jinja2")}
"""The folders in which strings stand: which files, and how Babel reads them."""
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
    with path.open("rb") as written:
        catalogue = read_po(written, locale=ARABIC.code)
    catalogue.update(messages(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    with path.open("wb") as written:
        write_po(written, catalogue, width=120, sort_output=True, omit_header=True, include_lineno=False)


if __name__ == "__main__":
    main()
