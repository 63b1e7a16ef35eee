import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlmodel import SQLModel

from app import ROOT
from app.actions.decisions import correct
from app.actions.editors import add_compiler
from app.db import make_engine
from app.migrate import migrate
from app.models.words import is_modelled
from app.seed import seed_reference
from tests.actions.acts import incidents, mention, report


@pytest.fixture
def new(tmp_path):
    """A database that is not there yet, in a folder that is not there either."""
    engine = make_engine(f"sqlite:///{tmp_path}/new/register.db")
    yield engine
    engine.dispose()


def test_upgrading_from_nothing_gives_the_tables_of_the_models(new):
    migrate(new)
    with new.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "render_as_batch": True, "include_name": is_modelled}
        )
        assert compare_metadata(context, SQLModel.metadata) == []


def test_a_second_run_changes_nothing(new):
    migrate(new)

    def schema():
        with new.connect() as connection:
            return connection.execute(text("SELECT name, sql FROM sqlite_master ORDER BY name")).all()

    before = schema()
    migrate(new)
    assert schema() == before


def test_the_triggers_are_there_and_foreign_keys_are_checked_after_migrating(new):
    migrate(new)
    with new.connect() as connection:
        names = {name for (name,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))}
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
    kept = {
        "correction_update",
        "correction_delete",
        "decision_update",
        "decision_delete",
        "incident_delete",
        "incident_public_id",
        "report_text",
        "correction_quote_insert",
        "act_update",
        "act_delete",
        "change_update",
        "change_delete",
    }
    quoted = {
        f"{table}_quote_{act}"
        for table in ("claim", "mention", "tally", "tally_part", "non_strike_event")
        for act in ("insert", "update")
    }
    assert names == kept | quoted


def test_an_upgrade_holds_what_was_decided_before_it(new):
    """Before the register knew who linked a mention, corrected incidents had mentions linked by the machine."""
    migrate(new)
    seed_reference(new)
    add_compiler(new, name="tester", display_name="a test")
    report(new, 1, mention("conoco"), mention("al-tanf"))
    decided = sorted(incidents(new))[0]
    correct(new, incident=decided, values={"weapon": "drone"}, reason="seen", editor="tester")
    config = Config(toml_file=ROOT / "pyproject.toml")
    with new.connect().execution_options(writes=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.downgrade(config, "2026_11_words")
        connection.execute(text("UPDATE mention SET linked_by = 'machine'"))
    migrate(new)
    assert list(incidents(new, linked_by="editor")) == [decided]
    with new.connect() as connection:
        held = connection.execute(text("SELECT born_id = incident_id, position FROM mention ORDER BY id")).all()
    assert held == [(1, 0), (1, 1)]


def test_an_upgrade_writes_the_words_of_what_is_stored_and_a_downgrade_keeps_those_of_incidents(new):
    migrate(new)
    seed_reference(new)
    report(new, 1, mention("conoco"))

    def words():
        with new.connect() as connection:
            tables = ("incident_words", "report_words")
            return [connection.execute(text(f"SELECT rowid, * FROM {table}")).all() for table in tables]

    before = words()
    config = Config(toml_file=ROOT / "pyproject.toml")
    with new.connect().execution_options(writes=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.downgrade(config, "2026_11_merging")
        assert "كونيكو" in connection.execute(text("SELECT search_text FROM incident")).scalar_one()
    migrate(new)
    assert words() == before != [[], []]
