"""Brings the register's tables up to date."""

from sqlalchemy import Engine

from app import ROOT
from app.actions.words import write_missing


def migrate(engine: Engine) -> None:
    """Runs the migrations that the database has not seen yet, all of them or none."""
    # Only a register that is made or updated needs it, and it takes a sixth of a second to import.
    from alembic import command
    from alembic.config import Config

    config = Config(toml_file=ROOT / "pyproject.toml")
    with engine.connect().execution_options(writes=True) as connection:
        # A migration may make a table anew, which the rows that point at it must outlive. SQLite takes this only before BEGIN.
        if engine.dialect.name == "sqlite":
            connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            write_missing(connection)
            if engine.dialect.name == "sqlite" and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
                raise RuntimeError(f"a migration left rows that point nowhere: {broken[:5]}")
    engine.dispose()  # connections from now on check foreign keys
