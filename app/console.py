"""What every command shares: the register that it opens, and how it says what happened, what it refuses and why it ends."""

import os
import sys
from typing import NoReturn

import typer
from pydantic import ValidationError
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import ArgumentError

from app.db import make_engine
from app.settings import Settings

USAGE = 2
"""Exit status for wrong usage; 1 is for refused input."""


def settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        wrong = error.errors()[0]
        stop(f"SIJILL_{str(wrong['loc'][0]).upper()}: {wrong['msg']}")


def engine() -> Engine:
    try:
        return make_engine(settings().database_url)
    except (ArgumentError, OSError, ModuleNotFoundError) as error:
        stop(f"SIJILL_DATABASE_URL: {error}")


def ready() -> Engine:
    """The register's database; without tables there is nothing to do, and it says so."""
    opened = engine()
    if not inspect(opened).has_table("data_revision"):
        stop("there is no register yet; `sijill init` makes one", status=1)
    return opened


def say(message: str) -> None:
    try:
        print(message, flush=True)
    except BrokenPipeError:
        mute()  # nobody listens any more; the work goes on


def mute() -> None:
    # What is still in the buffer has nowhere to go: Python would complain about it at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(problem: object) -> None:
    print(f"refused: {problem}", file=sys.stderr)


def stop(message: str, status: int = USAGE) -> NoReturn:
    print(f"sijill: {message}", file=sys.stderr)
    raise typer.Exit(status)
