"""Runs the migrations against SIJILL_DATABASE_URL, or on the connection that `app.migrate` hands over."""

from alembic import context
from sqlmodel import SQLModel

import app.models  # noqa: F401 - declares the tables
from app.db import make_engine
from app.models.words import is_modelled
from app.settings import Settings

config = context.config


def run(connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        include_name=is_modelled,
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


connection = config.attributes.get("connection")
if connection is not None:
    run(connection)
else:
    with make_engine(Settings().database_url).connect() as connection:
        run(connection)
        connection.commit()
