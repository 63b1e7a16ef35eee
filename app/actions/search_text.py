"""The folded words by which an incident is found: kept in step by whoever settles it."""

from sqlalchemy import select
from sqlmodel import Session

from app.extract.text import fold
from app.models.tables import ACTOR, BASE, BASE_ALIAS, CLAIM, INCIDENT, INCIDENT_ORIGIN, MENTION, REPORT, SOURCE


def search_text(session: Session, incident_id: int) -> str:
    """All that a reader could look an incident up by, folded, each piece once: names, words, titles, publishers, origins."""
    rows = session.connection()
    incident = rows.execute(
        select(INCIDENT, BASE.c.parent_id).join(BASE, BASE.c.id == INCIDENT.c.base_id).where(INCIDENT.c.id == incident_id)
    ).one()
    base_ids = {incident.base_id, incident.parent_id} - {None}
    actor_ids = {incident.claimed_by_id, incident.attributed_to_id} - {None}
    pieces: list[str | None] = [incident.public_id, incident.launched_from, incident.summary_en, incident.summary_ar]
    for statement in (
        select(BASE.c.name_en, BASE.c.name_ar, BASE.c.governorate).where(BASE.c.id.in_(base_ids)),
        select(BASE_ALIAS.c.text).where(BASE_ALIAS.c.base_id.in_(base_ids)),
        select(ACTOR.c.name_en, ACTOR.c.name_ar).where(ACTOR.c.id.in_(actor_ids)),
        select(MENTION.c.base_as_written, MENTION.c.stated, MENTION.c.quote).where(MENTION.c.incident_id == incident.id),
        select(CLAIM.c.quote)
        .join(MENTION, MENTION.c.id == CLAIM.c.mention_id)
        .where(MENTION.c.incident_id == incident.id, CLAIM.c.quote.is_not(None)),
        select(REPORT.c.title, SOURCE.c.name_en, SOURCE.c.name_ar)
        .join(MENTION, MENTION.c.report_id == REPORT.c.id)
        .join(SOURCE, SOURCE.c.id == REPORT.c.publisher_id)
        .where(MENTION.c.incident_id == incident.id),
        select(SOURCE.c.slug, SOURCE.c.name_en, SOURCE.c.name_ar)
        .join(INCIDENT_ORIGIN, INCIDENT_ORIGIN.c.source_id == SOURCE.c.id)
        .where(INCIDENT_ORIGIN.c.incident_id == incident.id),
    ):
        pieces += [piece for row in rows.execute(statement) for piece in row]
    return "\n".join(dict.fromkeys(fold(piece) for piece in pieces if piece))
