"""The tables: one class for each word of the vocabulary, with the rules that the database itself holds."""

from app.models.incidents import Correction, DataRevision, Decision, Editor, Incident, IncidentOrigin, Twin
from app.models.reference import Actor, ActorAlias, Base, BaseAlias, BaseStatus, Source, SourceAlias
from app.models.reports import Claim, Mention, NonStrikeEvent, Report, Tally, TallyPart

__all__ = [
    "Actor",
    "ActorAlias",
    "Base",
    "BaseAlias",
    "BaseStatus",
    "Claim",
    "Correction",
    "DataRevision",
    "Decision",
    "Editor",
    "Incident",
    "IncidentOrigin",
    "Mention",
    "NonStrikeEvent",
    "Report",
    "Source",
    "SourceAlias",
    "Tally",
    "TallyPart",
    "Twin",
]
