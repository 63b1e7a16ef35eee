"""The values that charts are drawn from. Their words and digits are in the page's language already."""

from dataclasses import dataclass
from datetime import date

WIDTHS = {"wide": 960, "narrow": 356, "paper": 1100}
"""Two for pages, each drawn for its width; `paper` stands alone, with title, sentence, legend and source in the picture."""

Tick = tuple[float, str]
"""A place on an axis (in days from the chart's first day, or in incidents) and its label."""


@dataclass(frozen=True, slots=True)
class Axes:
    """What is written along the days and up the counts."""

    days: tuple[Tick, ...]
    counts: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A segment of the column from `first` to `last`. `series` is a key of the stack's palette; `label` is read out; `href` leads
    to what it counts. `exact`: the days of its incidents are known."""

    first: date
    last: date
    series: str
    count: int
    label: str
    href: str
    accepted: bool = False
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """A published total, drawn as a line at its day: `name` beside it (SOHR 66), `label` read out."""

    day: date
    name: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of the legend: a key of the palette, or a look (unreviewed, accepted, vague, thin, total)."""

    look: str
    words: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a picture that stands alone: lines above (the title is its own), the legend, and lines below."""

    above: tuple[str, ...]
    legend: tuple[Key, ...]
    below: tuple[str, ...]
    right_to_left: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """Stacked columns over the days from `first` to `last`. `thin`: stretches of days with few reports or none."""

    first: date
    last: date
    stack: str
    bars: tuple[Bar, ...]
    axes: Axes
    title: str
    marks: tuple[Mark, ...] = ()
    thin: tuple[tuple[date, date], ...] = ()
    width: str = "wide"
    frame: Frame | None = None


@dataclass(frozen=True, slots=True)
class Dot:
    """What a line has reached on one day; `low` lies under `count` where it is not certain. `label` is read out."""

    day: date
    count: int
    low: int
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Curves:
    """A counter's totals since some day, and what the register holds in the same windows: two lines, named at their last dots."""

    since: date
    stated: tuple[Dot, ...]
    held: tuple[Dot, ...]
    stated_name: str
    held_name: str
    axes: Axes
    title: str
    width: str = "wide"


Picture = Timeline | Curves
