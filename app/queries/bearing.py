"""Which incidents and reports a base, a source or an actor bears upon: by its name, or by what it weighs."""

from sqlalchemy import Select, false, or_, select

from app.models.tables import BASE, INCIDENT, INCIDENT_ORIGIN, MENTION, REPORT

_OPEN = INCIDENT.c.review_status.not_in(("merged", "withdrawn"))


def incidents_weighed(subject: str, entry_id: int) -> Select[int]:
    """The incidents whose clustering goes by a base's parent, or whose grading goes by whom a source speaks for."""
    if subject == "base":
        told = select(MENTION.c.incident_id).where(MENTION.c.base_id == entry_id)
        return select(INCIDENT.c.id).where(_OPEN, or_(INCIDENT.c.base_id == entry_id, INCIDENT.c.id.in_(told)))
    if subject == "source":
        return select(INCIDENT.c.id).where(_OPEN, INCIDENT.c.id.in_(_quoting(entry_id)))
    return select(INCIDENT.c.id).where(false())


def incidents_named(subject: str, entry_id: int) -> Select[int]:
    """The incidents that are found by the names of an entry."""
    found = select(INCIDENT.c.id)
    if subject == "base":
        return found.where(INCIDENT.c.base_id.in_(_family(entry_id)))
    if subject == "source":
        told = select(MENTION.c.incident_id).join(REPORT, REPORT.c.id == MENTION.c.report_id)
        printed = told.where(REPORT.c.publisher_id == entry_id)
        return found.where(or_(INCIDENT.c.id.in_(_quoting(entry_id)), INCIDENT.c.id.in_(printed)))
    return found.where(or_(INCIDENT.c.claimed_by_id == entry_id, INCIDENT.c.attributed_to_id == entry_id))


def reports_named(subject: str, entry_id: int) -> Select[int]:
    """The reports that are found by the names of an entry."""
    if subject == "base":
        return select(MENTION.c.report_id).where(MENTION.c.base_id.in_(_family(entry_id))).distinct()
    return select(REPORT.c.id).where(REPORT.c.publisher_id == entry_id if subject == "source" else false())


def _family(base_id: int) -> Select[int]:
    return select(BASE.c.id).where(or_(BASE.c.id == base_id, BASE.c.parent_id == base_id))


def _quoting(source_id: int) -> Select[int]:
    return select(INCIDENT_ORIGIN.c.incident_id).where(INCIDENT_ORIGIN.c.source_id == source_id)
