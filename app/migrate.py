"""Brings the register's tables up to date."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from app.settings import ROOT


def migrate(engine: Engine) -> None:
    """Runs the migrations that the database has not seen yet, all of them or none."""
    config = Config(toml_file=ROOT / "pyproject.toml")
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
