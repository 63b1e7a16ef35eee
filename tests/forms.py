"""A form as tests type into it."""

from datetime import date

from app import fields
from app.web.forms import FIELDS, read

KNOWN = {"bases": {"al-tanf", "conoco", fields.UNSPECIFIED}, "actors": {"iran-backed-militias"}, "sources": {"sohr", "centcom"}}
PUBLISHED = date(2024, 6, 1)
BY_NAME = {one.field: one for one in FIELDS}


def reading(typed=(), *, held=(), published=PUBLISHED, reason=""):
    return read(dict(typed), known=KNOWN, published=published, held=dict(held), reason=reason)
