"""The tables: one class for each word of the vocabulary, with the rules that the database itself holds."""

from app.models.acts import Act, Change, Correction, Decision, Editor, Relink
from app.models.desk import FailedLogin, Job, Login, Opened, Sample, SampleReading
from app.models.incidents import DataRevision, Incident, IncidentOrigin, Twin
from app.models.reference import Actor, ActorAlias, Base, BaseAlias, BaseStatus, Source, SourceAlias
from app.models.reports import Claim, Mention, NonStrikeEvent, Report, Tally, TallyPart

__all__ = [
    "Act",
    "Actor",
    "ActorAlias",
    "Base",
    "BaseAlias",
    "BaseStatus",
    "Change",
    "Claim",
    "Correction",
    "DataRevision",
    "Decision",
    "Editor",
    "FailedLogin",
    "Incident",
    "IncidentOrigin",
    "Job",
    "Login",
    "Mention",
    "NonStrikeEvent",
    "Opened",
    "Relink",
    "Report",
    "Sample",
    "SampleReading",
    "Source",
    "SourceAlias",
    "Tally",
    "TallyPart",
    "Twin",
]
