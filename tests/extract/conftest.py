"""What the tests of extraction share: the compiled reader of seeds/, and the extraction of a short text."""

import importlib.util
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from app.extract import Reader, extract
from app.extract.lexicon import Lexicon
from app.extract.values import Extraction
from app.reference import seed_gazetteer

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader.of(seed_gazetteer())


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture(scope="session")
def read(reader: Reader) -> Callable[..., Extraction]:
    """Extract a text; `published` is an ISO date or None."""

    def run(text: str, published: str | None = "2023-11-04") -> Extraction:
        return extract(text, published=date.fromisoformat(published) if published else None, lang=None, reader=reader)

    return run


@pytest.fixture(scope="session")
def scorer() -> ModuleType:
    """tests/corpus/score.py, by its path."""
    spec = importlib.util.spec_from_file_location("corpus_score", CORPUS / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["corpus_score"] = module
    spec.loader.exec_module(module)
    return module
