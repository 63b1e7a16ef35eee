"""One process that draws: a picture → SVG or PNG, once however many ask for it."""

import asyncio
import multiprocessing
from base64 import b64encode
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from typing import Any, TypeVar

from app import ROOT
from app.charts import canvas, curves, timeline
from app.charts.pictures import Axes, Bar, Picture, Timeline

VENDOR = ROOT / "static" / "vendor"
KEPT = 4
"""Pictures kept for asking again; one may have megabytes, and what is asked for often is kept as it is sent."""
MOST_WAITING = 16
"""Pictures that may wait to be drawn: who asks for one more is asked to come back."""
LONGEST = 30
"""Seconds that a picture may take with those before it; one takes a twentieth of one, the longest one or two."""
SCALE = 2
"""Pixels of a PNG for each of the picture, in either direction."""
FACES = {"IBM Plex Sans": "ibm-plex-sans-latin", "IBM Plex Sans Arabic": "ibm-plex-sans-arabic-arabic"}
WEIGHTS = (400, 600)

Made = TypeVar("Made")


def drawn(picture: Picture) -> str:
    """A chart as an SVG document for a page, with a link and a label on each of its marks; no script and no inline style."""
    # The document stands in an <object>, inside which its links would open.
    return canvas.STYLE + canvas.led_out(_svg(picture))


def drawn_alone(picture: Picture) -> str:
    """A chart as an SVG document that looks the same elsewhere: it carries its fonts."""
    faces = "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};'
        f"src:url(data:font/woff2;base64,{b64encode((VENDOR / f'{name}-{weight}-normal.woff2').read_bytes()).decode()})}}"
        for family, name in FACES.items()
        for weight in WEIGHTS
    )
    head, tag, rest = _svg(picture).partition("<svg")
    opening, end, body = rest.partition(">")
    return f"{head}{tag}{opening}{end}<style>{faces}</style>{body}"


def painted(picture: Picture) -> bytes:
    """A chart as a PNG, its Arabic letters joined."""
    import vl_convert

    # Not those of the machine: it may have no Arabic font.
    vl_convert.register_font_directory(str(VENDOR / "fonts"))
    png: bytes = vl_convert.svg_to_png(_svg(picture), scale=SCALE)
    return png


def _svg(picture: Picture) -> str:
    import vl_convert  # slow to import, and needed in the drawing process alone

    chart = timeline.chart(picture) if isinstance(picture, Timeline) else curves.chart(picture)
    svg: str = vl_convert.vegalite_to_svg(chart)
    return svg


class Busy(Exception):
    """Too many pictures wait to be drawn."""


class ChartProcess:
    """One process that draws, one chart at a time: drawing holds the interpreter, and would hold up every page.

    However many ask for the same chart, it is drawn once; they wait for it on the event loop, where they hold no thread.
    """

    def __init__(self) -> None:
        self._drawn: OrderedDict[tuple[Callable[[Picture], Any], Picture], Future[Any]] = OrderedDict()
        self._pool = self._start()

    @staticmethod
    def _start() -> ProcessPoolExecutor:
        # Spawned, not forked: a fork would copy the threads' locks.
        return ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn"))

    def warm(self) -> None:
        """Lets the process load what it draws with, while nobody waits."""
        day = date(2024, 1, 1)
        axes = Axes(((0, ""),), ((0, ""),))
        self._pool.submit(drawn, Timeline(day, day, "base", (Bar(day, day, "other", 1, "", ""),), axes, ""))

    async def svg(self, picture: Picture) -> str:
        """The chart for a page, drawn now or before."""
        return await self._made(drawn, picture)

    async def svg_alone(self, picture: Picture) -> str:
        """The chart as a document to take away."""
        return await self._made(drawn_alone, picture)

    async def png(self, picture: Picture) -> bytes:
        """The chart as pixels to take away."""
        return await self._made(painted, picture)

    async def _made(self, make: Callable[[Picture], Made], picture: Picture) -> Made:
        """What is asked for. A drawing process that died or hangs is started anew, once. Raises Busy."""
        for last_try in (False, True):
            pool = self._pool
            try:
                # Shielded: who goes away does not take the drawing from the others who wait for it.
                drawing = asyncio.shield(asyncio.wrap_future(self._asked(make, picture)))
                return await asyncio.wait_for(drawing, LONGEST)
            except (BrokenProcessPool, TimeoutError):
                self._restart(pool)
                if last_try:
                    raise
            except Busy:
                raise
            except Exception:
                self._drawn.pop((make, picture), None)
                raise
        raise AssertionError("unreachable")

    def close(self) -> None:
        """Ends the process, once it has drawn what it is drawing."""
        self._pool.shutdown(cancel_futures=True)

    def _asked(self, make: Callable[[Picture], Made], picture: Picture) -> Future[Made]:
        if (make, picture) in self._drawn:
            self._drawn.move_to_end((make, picture))
        else:
            if sum(not one.done() for one in self._drawn.values()) >= MOST_WAITING:
                raise Busy
            self._drawn[make, picture] = self._pool.submit(make, picture)
            for done in [key for key, one in self._drawn.items() if one.done()][:-KEPT]:
                del self._drawn[done]
        return self._drawn[make, picture]

    def _restart(self, failed: ProcessPoolExecutor) -> None:
        # All who waited for the process fail; the first of them starts it anew.
        if failed is self._pool:
            self._drawn.clear()
            for process in list((failed._processes or {}).values()):
                process.kill()
            failed.shutdown(wait=False, cancel_futures=True)
            self._pool = self._start()
