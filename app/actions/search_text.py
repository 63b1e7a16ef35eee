"""The folded words by which an incident is found: kept in step by whoever settles it."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from sqlalchemy import bindparam, literal, or_, select, union_all
from sqlmodel import Session

from app.db import AnyRow
from app.extract.folding import fold
from app.models.tables import ACTOR, BASE, BASE_ALIAS

_CHILD = BASE.alias("child")
_PARENT = select(_CHILD.c.parent_id).where(_CHILD.c.slug == bindparam("base")).scalar_subquery()
_FAMILY = or_(BASE.c.slug == bindparam("base"), BASE.c.id == _PARENT)
_NAMES = union_all(
    select(BASE.c.name_en, BASE.c.name_ar, BASE.c.governorate).where(_FAMILY),
    select(BASE_ALIAS.c.text, literal(""), literal("")).join(BASE, BASE.c.id == BASE_ALIAS.c.base_id).where(_FAMILY),
    select(ACTOR.c.name_en, ACTOR.c.name_ar, literal("")).where(ACTOR.c.slug.in_(bindparam("actors", expanding=True))),
)


def search_text(
    session: Session,
    public_id: str,
    settled: Mapping[str, str | None],
    told: Iterable[AnyRow],
    claims: Iterable[AnyRow],
    origins: Iterable[AnyRow],
) -> str:
    """All that a reader could look an incident up by, folded, each piece once: names, words, titles, publishers, origins."""
    actors = [slug for field in ("claimed_by", "attributed_to") if (slug := settled[field])]
    names = session.connection().execute(_NAMES, {"base": settled["base"], "actors": actors})
    pieces: list[str | None] = [public_id, *(settled[field] for field in ("launched_from", "summary_en", "summary_ar"))]
    pieces += [name for row in names for name in row]
    pieces += [
        piece for row in told for piece in (row.base_as_written, row.stated, row.quote, row.title, row.name_en, row.name_ar)
    ]
    pieces += [row.quote for row in claims]
    pieces += [name for row in origins for name in (row.slug, row.name_en, row.name_ar)]
    return "\n".join(dict.fromkeys(_folded(piece) for piece in pieces if piece))


@lru_cache(maxsize=10_000)
def _folded(piece: str) -> str:
    """Names and short quotes come again and again."""
    return fold(piece)
