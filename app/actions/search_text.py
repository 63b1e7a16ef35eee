"""The folded words by which an incident is found: kept in step by whoever settles it."""

from sqlalchemy import select
from sqlmodel import Session, col

from app.extract.text import fold
from app.models import Actor, Base, BaseAlias, Claim, Incident, Mention, Report, Source


def search_text(session: Session, incident: Incident) -> str:
    """All that a reader could look an incident up by, folded, each piece once: names, quotes, titles, publishers, its own id."""
    rows = session.connection()
    base_ids = {incident.base_id, session.get_one(Base, incident.base_id).parent_id} - {None}
    actor_ids = {incident.claimed_by_id, incident.attributed_to_id} - {None}
    pieces: list[str | None] = [incident.public_id, incident.launched_from, incident.summary_en, incident.summary_ar]
    for statement in (
        select(Base.name_en, Base.name_ar, Base.governorate).where(col(Base.id).in_(base_ids)),
        select(BaseAlias.text).where(col(BaseAlias.base_id).in_(base_ids)),
        select(Actor.name_en, Actor.name_ar).where(col(Actor.id).in_(actor_ids)),
        select(Mention.base_as_written, Mention.stated, Mention.quote).where(col(Mention.incident_id) == incident.id),
        select(Claim.quote)
        .join(Mention, col(Mention.id) == Claim.mention_id)
        .where(col(Mention.incident_id) == incident.id, col(Claim.quote).is_not(None)),
        select(Report.title, Source.name_en, Source.name_ar)
        .join(Mention, col(Mention.report_id) == Report.id)
        .join(Source, col(Source.id) == Report.publisher_id)
        .where(col(Mention.incident_id) == incident.id),
    ):
        pieces += [piece for row in rows.execute(statement) for piece in row]
    return "\n".join(dict.fromkeys(fold(piece) for piece in pieces if piece))
