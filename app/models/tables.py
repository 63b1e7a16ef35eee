"""The same tables as SQLAlchemy Core sees them: what queries, and the reading half of actions, are written with."""

from app.models import Base

# Importing one of the package declares them all.
TABLES = Base.metadata.tables
SOURCE = TABLES["source"]
SOURCE_ALIAS = TABLES["source_alias"]
ACTOR = TABLES["actor"]
ACTOR_ALIAS = TABLES["actor_alias"]
BASE = TABLES["base"]
BASE_ALIAS = TABLES["base_alias"]
BASE_STATUS = TABLES["base_status"]
REPORT = TABLES["report"]
MENTION = TABLES["mention"]
CLAIM = TABLES["claim"]
TALLY = TABLES["tally"]
TALLY_PART = TABLES["tally_part"]
NON_STRIKE_EVENT = TABLES["non_strike_event"]
INCIDENT = TABLES["incident"]
INCIDENT_ORIGIN = TABLES["incident_origin"]
TWIN = TABLES["twin"]
EDITOR = TABLES["editor"]
CORRECTION = TABLES["correction"]
DECISION = TABLES["decision"]
DATA_REVISION = TABLES["data_revision"]
