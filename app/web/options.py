"""How a page shows what its filter finds: keys of an address beside those of the filter. They change no number."""

from collections.abc import Collection, Mapping

from starlette.requests import Request

from app.fields import iso_day
from app.language import _
from app.queries.breakdown import DIMENSIONS, MEASURES
from app.queries.periods import STACKS, UNITS
from app.queries.queue import KINDS

OPTIONS: Mapping[str, Collection[str]] = {
    "by": UNITS,
    "stack": tuple(STACKS),
    "split": ("weapon", "grading"),
    "layer": ("incidents", "status"),
    "day": (),
    "kind": KINDS,
    "of": DIMENSIONS,
    "sort": [turned + column for column in ("name", *MEASURES) for turned in ("", "-")],
}
"""The unit and the stack of the timeline; the split of the map's symbols, its layer, and the day of its status; what counts are
of, and how they are sorted (with `-` the other way round); the kind of what the editors' queue lists. What changes the filter
carries them on."""


class BadOption(ValueError):
    """A way to show something that there is not."""


def read_options(request: Request) -> dict[str, str]:
    """What the request's address asks for. Raises BadOption."""
    asked = {key: request.query_params[key] for key in OPTIONS if request.query_params.get(key)}
    for key, value in asked.items():
        if key == "day":
            _check_day(value)
        elif value not in OPTIONS[key]:
            known = ", ".join(OPTIONS[key])
            raise BadOption(
                _("%(key)s: %(value)s is not known; known are %(codes)s", key=key, value=repr(value[:40]), codes=known)
            )
    return asked


def _check_day(value: str) -> None:
    try:
        iso_day(value)
    except ValueError:
        raise BadOption(_("day: %(value)s is no day; write it as 2025-05-03", value=repr(value[:40]))) from None
