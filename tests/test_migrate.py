from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlmodel import SQLModel

from app.db import make_engine
from app.migrate import migrate


def test_upgrading_from_nothing_gives_the_tables_of_the_models(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path}/new/register.db")
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_a_second_run_changes_nothing(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path}/register.db")
    migrate(engine)

    def schema():
        with engine.connect() as connection:
            return connection.execute(text("SELECT name, sql FROM sqlite_master ORDER BY name")).all()

    before = schema()
    migrate(engine)
    assert schema() == before
