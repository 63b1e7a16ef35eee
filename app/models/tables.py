"""The same tables as SQLAlchemy Core sees them: what queries, and the reading half of actions, are written with."""

from sqlalchemy import Table
from sqlmodel import SQLModel

from app.models import incidents, reference, reports


def _table(model: type[SQLModel]) -> Table:
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


SOURCE = _table(reference.Source)
SOURCE_ALIAS = _table(reference.SourceAlias)
ACTOR = _table(reference.Actor)
ACTOR_ALIAS = _table(reference.ActorAlias)
BASE = _table(reference.Base)
BASE_ALIAS = _table(reference.BaseAlias)
BASE_STATUS = _table(reference.BaseStatus)
REPORT = _table(reports.Report)
MENTION = _table(reports.Mention)
CLAIM = _table(reports.Claim)
TALLY = _table(reports.Tally)
TALLY_PART = _table(reports.TallyPart)
NON_STRIKE_EVENT = _table(reports.NonStrikeEvent)
INCIDENT = _table(incidents.Incident)
INCIDENT_ORIGIN = _table(incidents.IncidentOrigin)
EDITOR = _table(incidents.Editor)
CORRECTION = _table(incidents.Correction)
DECISION = _table(incidents.Decision)
DATA_REVISION = _table(incidents.DataRevision)
