"""The command as a person types it, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import text

from app.db import make_engine

SIJILL = Path(sys.executable).with_name("sijill")
TOLD = "قصفت طائرة مسيرة قاعدة التنف مساء أمس، بحسب المرصد السوري لحقوق الإنسان."


class Register:
    """A register in a file, and the command that works on it."""

    def __init__(self, file: Path) -> None:
        self.url = f"sqlite:///{file}"
        self.environment = {**os.environ, "SIJILL_DATABASE_URL": self.url}

    def run(self, *arguments, stdin="", status=0, **options):
        done = subprocess.run(
            [SIJILL, *(one if isinstance(one, bytes) else str(one) for one in arguments)],
            input=stdin if isinstance(stdin, bytes) else stdin.encode(),
            capture_output=True,
            env=self.environment,
            timeout=120,
            **options,
        )
        assert done.returncode == status, done.stderr.decode()
        return done.stdout.decode(), done.stderr.decode()

    def start(self, *arguments, **options):
        """The command as a process that goes on; what it prints is read from its pipes."""
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen([SIJILL, *arguments], env=self.environment, **(pipes | options))

    def one(self, statement):
        engine = make_engine(self.url)
        with engine.connect() as connection:
            found = connection.execute(text(statement)).scalar_one()
        engine.dispose()
        return found
