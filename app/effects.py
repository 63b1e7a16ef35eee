"""What a change of names would change in the stored texts: each that can be read otherwise is read with the old and the new."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from app import entries
from app.entries import Step
from app.extract import Reader, Reading, extracted
from app.extract.explain import differences
from app.extract.renaming import Renaming
from app.extract.text import Text
from app.queries import desk_reference, reference
from app.queries.desk_reference import StoredText

MOST_READ = 300
"""So many texts are read on a page that is waited for; the others are read again when the change is applied."""
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A report that would be read otherwise: what its reading would lose (-) and gain (+)."""

    report_id: int
    publisher: str
    published: date | None
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Effects:
    """What a change of names would do: of `found` texts in which names are found otherwise, `read` were read, `changed` change.

    `before` and `after` are the versions of the names, `seen` the revision in which all this is so. `shown` are the first of
    those that change; `otherwise` are all that do, and those that were not read.
    """

    before: str
    after: str
    seen: int
    found: int
    read: int
    changed: int
    shown: Sequence[Otherwise]
    otherwise: Collection[int]


def effects(
    connection: Connection, subject: str, slug: str, steps: Sequence[Step], *, most: int = MOST_READ, shown: int = MOST_SHOWN
) -> Effects | None:
    """What these steps would change in what is read; None where names stay as they are."""
    names = reference.gazetteer(connection)
    renamed = entries.renamed(names, subject, slug, steps)
    if renamed.spelled == names.spelled:
        return None
    then, now = Reader.of(names), Reader.of(renamed)
    renaming = Renaming(names, renamed, then.lexicon)
    candidates = _candidates(connection, renaming, then.version)
    changed: dict[int, Otherwise] = {}
    for one in candidates[:most]:
        lines = _differing(one, then, now)
        if lines is not None:
            changed[one.id] = Otherwise(one.id, "", one.published, lines if len(changed) < shown else ())
    first = list(changed.values())[:shown]
    publishers = desk_reference.publishers(connection, [one.report_id for one in first])
    return Effects(
        before=then.version,
        after=now.version,
        seen=reference.data_revision(connection),
        found=len(candidates),
        read=min(most, len(candidates)),
        changed=len(changed),
        shown=[Otherwise(one.report_id, publishers[one.report_id], one.published, one.lines) for one in first],
        otherwise=[*changed, *(one.id for one in candidates[most:])],
    )


def _candidates(connection: Connection, renaming: Renaming, version: str) -> list[StoredText]:
    texts = desk_reference.texts_read_by(connection, version) if renaming.words else ()
    return [one for one in texts if renaming.can_change(Text(one.text), one.published)]


def _differing(one: StoredText, then: Reader, now: Reader) -> list[str] | None:
    """What one reading of a text holds and the other does not: no line where other rules read the same; None where they agree."""
    text = Text(one.text)
    old, new = (replace(extracted(Reading(text, one.published, reader)), version="") for reader in (then, now))
    if old == new:
        return None
    return [*differences(old, new, one.text)]
