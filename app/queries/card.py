"""Reads what the machine's report card rests on: finished readings of drawn reports. No text, and no name of who read."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from app.models.tables import SAMPLE, SAMPLE_READING

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sampled:
    """What was drawn and read. `readings` pair an editor's with what the machine had found, `twice` those of two editors.

    Of a report that two have read the one that was finished first counts against the machine. `versions` are those of the rules
    that had read these reports, with how many of them; `first` and `last` are the moments of the first and the last reading.
    """

    drawn: int
    readers: int
    readings: list[tuple[Line, Line]]
    twice: list[tuple[Line, Line]]
    versions: Mapping[str, int]
    first: str | None
    last: str | None


def sampled(connection: Connection) -> Sampled:
    """The sample as it stands."""
    rows = connection.execute(
        select(
            SAMPLE.c.id,
            SAMPLE.c.found,
            SAMPLE.c.extractor_version,
            SAMPLE_READING.c.annotation,
            SAMPLE_READING.c.editor_id,
            SAMPLE_READING.c.finished_at,
        )
        .join(SAMPLE_READING, SAMPLE_READING.c.sample_id == SAMPLE.c.id)
        .order_by(SAMPLE_READING.c.id)
    ).all()
    firsts: dict[int, Any] = {}
    twice = []
    for row in rows:
        if firsts.setdefault(row.id, row) is not row:
            twice.append((firsts[row.id].annotation, row.annotation))
    return Sampled(
        drawn=connection.execute(select(func.count()).select_from(SAMPLE)).scalar_one(),
        readers=len({row.editor_id for row in rows}),
        readings=[(row.annotation, row.found) for row in firsts.values()],
        twice=twice,
        versions=Counter(row.extractor_version for row in firsts.values()),
        first=min((row.finished_at for row in rows), default=None),
        last=max((row.finished_at for row in rows), default=None),
    )
