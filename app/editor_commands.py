"""sijill editor …: who may come to the desk, for those who have the command line."""

import sys
from getpass import getpass
from typing import Annotated

import typer
from sqlalchemy import Engine

from app import console
from app.actions import editors
from app.actions.revision import RefusedAction
from app.db import snapshot
from app.passwords import BadPassword, hashed, one_time
from app.queries.editors import accounts

FromInput = Annotated[bool, typer.Option("--password-stdin", help="Read the password from the first line of standard input.")]
Name = Annotated[str, typer.Argument(help="Name of the account: small Latin letters, digits, . _ and -")]


commands = typer.Typer(no_args_is_help=True, help="Add, end and list the accounts of editors.")


@commands.command()
def add(
    name: Name,
    role: Annotated[str, typer.Option(help="editor (reviews and corrects) or admin (also accounts and reference data)")],
    display_name: Annotated[str, typer.Option("--display-name", help="What others see; the name where none is given.")] = "",
    password_stdin: FromInput = False,
) -> None:
    """Add an account. Its password is asked for, and shown nowhere."""
    secret = _asked(name, from_input=password_stdin)
    told = {"display_name": display_name, "role": role, "password_hash": secret}
    editors.add_editor(console.ready(), name=name, must_change=False, admin=None, **told)
    typer.echo(f"added: {name}, {role}")


@commands.command()
def reset(name: Name, password_stdin: FromInput = False) -> None:
    """Give an account another password, and log it out everywhere."""
    secret = _asked(name, from_input=password_stdin)
    editors.set_password(console.ready(), name=name, password_hash=secret, must_change=False, admin=None)
    typer.echo(f"changed: {name} has another password and is logged out everywhere")


@commands.command()
def disable(name: Name) -> None:
    """End an account: it is logged out now, and cannot log in any more. What it did stays."""
    editors.disable(console.ready(), name=name, admin=None)
    typer.echo(f"ended: {name}")


@commands.command()
def enable(name: Name) -> None:
    """Let an account that was ended log in again."""
    editors.enable(console.ready(), name=name, admin=None)
    typer.echo(f"open again: {name}")


@commands.command("list")
def list_accounts() -> None:
    """List the accounts: name, role, display name, and whether it was ended."""
    with snapshot(console.ready()) as connection:
        for one in accounts(connection):
            ended = f", ended {one.disabled_at}" if one.disabled_at else ""
            typer.echo(f"{one.name}: {one.role}, {one.display_name}{ended}")


def _asked(name: str, *, from_input: bool) -> str:
    """The hash of a password that is asked for twice, or stands in the first line of standard input. Raises RefusedAction."""
    if from_input:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = getpass("Password: ")
        if password != getpass("Password again: "):
            raise RefusedAction("the two passwords are not the same; nothing was changed")
    try:
        return hashed(password, name=name)
    except BadPassword as bad:
        raise RefusedAction(str(bad)) from None


def first_account(engine: Engine) -> str:
    """What to say of the first account, as long as nobody has chosen a password: its name and a new one-time password."""
    password, secret = one_time()
    name = editors.add_first_editor(engine, password_hash=secret)
    return f"First account of the desk: {name}, one-time password {password} (choose another at /login)" if name else ""
