"""Finds the source that published a report, by any of its names; a new name becomes a source of its own."""

import hashlib
import re
import unicodedata
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import Session

from app.actions.revision import stored
from app.ingest import RawReport
from app.models import Source
from app.models.tables import SOURCE, SOURCE_ALIAS


def publisher_of(session: Session, raw: RawReport) -> int:
    """The source that `raw` names by slug, name, alias or host, or that its address belongs to; a new name becomes a source."""
    host = (urlsplit(raw.url).hostname or "").removeprefix("www.")
    if raw.publisher:
        return _source_called(session, raw.publisher) or _new_source(session, raw.publisher)
    found = _sole(session, SOURCE.c.host.in_((host, f"www.{host}"))) if host else None
    return found or _source_called(session, "unknown") or _new_source(session, "unknown")


def _source_called(session: Session, name: str) -> int | None:
    """The one source that bears this slug, or else this name or alias, or else this host."""
    aliased = SOURCE.c.id.in_(select(SOURCE_ALIAS.c.source_id).where(SOURCE_ALIAS.c.text == name))
    return (
        _sole(session, SOURCE.c.slug == name)
        or _sole(session, or_(SOURCE.c.name_en == name, SOURCE.c.name_ar == name, aliased))
        or _sole(session, SOURCE.c.host.in_((name, f"www.{name}")))
    )


def _sole(session: Session, condition: ColumnElement[bool]) -> int | None:
    found = session.connection().execute(select(SOURCE.c.id).where(condition).limit(2)).scalars().all()
    return found[0] if len(found) == 1 else None


def _new_source(session: Session, name: str) -> int:
    latin = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", latin).strip("-")
    # A name that is not Latin, or whose slug another source bears, is told apart by its hash.
    if not slug or _sole(session, SOURCE.c.slug == slug):
        slug = f"{slug or 'source'}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return stored(session, Source(slug=slug, name_en=name, kind="unclassified"))
