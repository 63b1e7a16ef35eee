"""The vocabulary as it was before somebody changed it, so that a change can be seen at work."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from app.extract.lexicon import FOLDER, Lexicon, LexiconError
from app.ingest import RefusedInput


def load(folder: Path) -> Lexicon:
    """The vocabulary of a folder of *.toml. Raises RefusedInput, which says what is wrong with which entry."""
    if not any(folder.glob("*.toml")):
        raise RefusedInput(f"{folder}: no vocabulary in it; name a folder with the *.toml of app/extract/lexicon")
    try:
        return Lexicon.load(folder)
    except (LexiconError, ValueError, OSError) as problem:
        raise RefusedInput(f"{folder}: {problem}") from None


def committed() -> Lexicon:
    """The project's vocabulary at its last commit. Raises RefusedInput where there is none, as in a copy without history."""
    git = shutil.which("git")
    with TemporaryDirectory() as kept:
        for path in sorted(FOLDER.glob("*.toml")) if git else ():
            asked = [str(git), "show", f"HEAD:./{path.name}"]
            shown = subprocess.run(asked, cwd=FOLDER, capture_output=True, check=False)  # noqa: S603 - names of our own files alone
            if shown.returncode == 0:  # a file that the last commit does not have is new: it held nothing before
                (Path(kept) / path.name).write_bytes(shown.stdout)
        if not any(Path(kept).iterdir()):
            raise RefusedInput("the last commit's vocabulary cannot be read; name a folder with the former one: --before FOLDER")
        return load(Path(kept))
