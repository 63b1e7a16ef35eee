"""How a page draws its timeline, as its address says beside the filter."""

from dataclasses import dataclass

from starlette.datastructures import QueryParams

from app.language import N_, _
from app.queries.periods import STACKS, UNITS

OPTION_KEYS = ("by", "stack")


class BadOption(ValueError):
    """A way to draw the timeline that there is not."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the timeline is drawn: by which unit (empty: the range chooses) and stacked by what (empty: as the page does).

    They stand in a page's address beside the filter, and change no number.
    """

    by: str = ""
    stack: str = ""

    @classmethod
    def of(cls, params: QueryParams) -> "Options":
        """The options of an address. Raises BadOption."""
        problem = N_("%(key)s: %(value)s is not known; known are %(codes)s")
        read = {key: params.get(key, "") for key in OPTION_KEYS}
        for key, known in (("by", UNITS), ("stack", tuple(STACKS))):
            if read[key] and read[key] not in known:
                raise BadOption(_(problem, key=key, value=repr(read[key][:40]), codes=", ".join(known)))
        return cls(**read)

    def pairs(self) -> dict[str, str]:
        """What an address carries of them."""
        return {key: value for key, value in (("by", self.by), ("stack", self.stack)) if value}
