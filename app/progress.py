"""A bar on standard error that says how many reports are done, and how fast."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task
from rich.text import Text

REDRAW = 0.1
"""Seconds between two drawings."""


class _Count(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.completed:.0f} reports, {task.speed or 0:.0f} a second")


@contextmanager
def progress() -> Iterator[Callable[[], None]]:
    """What to call after each report. There is a bar only if standard error is a terminal, and the output does not fill it."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield lambda: None
        return
    console = Console(stderr=True)
    # Drawn from here and not by a thread of its own: processes that start meanwhile would inherit half of it.
    with Progress(BarColumn(), _Count(), console=console, auto_refresh=False, redirect_stdout=False) as bar:
        task, drawn = bar.add_task("", total=None), 0.0

        def tick() -> None:
            nonlocal drawn
            bar.advance(task)
            if monotonic() - drawn > REDRAW:
                bar.refresh()
                drawn = monotonic()

        yield tick
