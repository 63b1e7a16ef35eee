import asyncio
import os
import re
import signal
import struct
import time
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from itertools import combinations, pairwise
from math import dist

import altair
import pytest

from app import ROOT
from app.charts import curves, ticks
from app.charts import timeline as timelines
from app.charts.colours import COLOURS, PALETTES
from app.charts.pictures import Axes, Bar, Curves, Dot, Frame, Key, Mark, Timeline
from app.charts.process import MOST_WAITING, VENDOR, Busy, ChartProcess, drawn, drawn_alone, painted
from app.charts.timeline import NARROWEST, WIDEST, fitting, stacked

WEEK, NEXT = date(2023, 10, 30), date(2023, 11, 6)
AXES = Axes(((0, "30 Oct"), (7, "6 Nov")), ((0, "0"), (3, "3")))
SVG = "{http://www.w3.org/2000/svg}"


def bar(series="conoco", count=2, week=WEEK, label="Conoco: 2", href="/incidents?from=2023-10-30&base=conoco", **looks):
    return Bar(week, week + timedelta(days=6), series, count, label, href, **looks)


def timeline(*bars, last=NEXT + timedelta(days=6), stack="base", **more):
    return Timeline(WEEK, last, stack, bars, AXES, "t", **more)


def mark(number, day):
    return Mark(WEEK + timedelta(days=day), f"SOHR {number}", f"SOHR’s total of {number}", f"/tallies#tally-{number}")


def links_of(svg):
    return [link for link in ET.fromstring(svg).iter(f"{SVG}a") if link.get("href")]


@pytest.fixture(scope="module")
def svg():
    return drawn(timeline(bar(), bar("other", 1, label='<b>"&'), bar("al-tanf", 3, NEXT), marks=(mark(20, 7),)))


def test_bars_stand_on_each_other_in_the_order_of_the_palette_the_accepted_first():
    rows = stacked(
        timeline(bar("other", 1), bar(count=2), bar(count=3, accepted=True), bar(count=1, exact=False), bar("al-tanf", 4, NEXT)),
        900,
    )
    assert [(row["series"], row["accepted"], row["exact"], row["y"], row["high"]) for row in rows] == [
        ("conoco", True, True, 0, 3),
        ("conoco", False, True, 3, 5),
        ("conoco", False, False, 5, 6),
        ("other", False, True, 6, 7),
        ("al-tanf", False, True, 0, 4),
    ]


@pytest.mark.parametrize("days", [7, 30, 400, 1600])
def test_a_column_is_no_wall_and_no_thread_and_stays_in_its_period_where_that_is_wide_enough(days):
    picture = timeline(bar(), last=WEEK + timedelta(days=days - 1))
    row = stacked(picture, 900)[0]
    pixels = (row["end"] - row["x"]) * 900 / days
    assert NARROWEST - 0.1 <= pixels <= WIDEST + 0.1
    assert row["x"] >= 0
    assert row["end"] <= 7


def test_each_bar_is_a_link_to_what_it_counts_and_says_what_it_is(svg):
    links = links_of(svg)
    bars = [link for link in links if link.get("href").startswith("/incidents")]
    assert len(bars) == 3
    assert {link.get("target") for link in links} == {"_top"}
    assert bars[0].get("href") == "/incidents?from=2023-10-30&base=conoco"
    assert {link[0].get("aria-label") for link in bars} == {"Conoco: 2", '<b>"&'}


def test_a_mark_is_a_link_to_its_total(svg):
    assert [(link.get("href"), link[0].get("aria-label")) for link in links_of(svg) if "tally" in link.get("href")] == [
        ("/tallies#tally-20", "SOHR’s total of 20")
    ]


def test_the_latest_mark_stands_first_and_no_two_touch():
    picture = timeline(bar(), last=WEEK + timedelta(days=99), marks=tuple(mark(number, number) for number in range(0, 120, 4)))
    chosen = fitting(picture, 900)
    assert chosen[0][0].name == "SOHR 96"
    assert len(chosen) > 5
    places = [place for _mark, place, _leftward in chosen]
    assert all(one - other >= 60 for one, other in pairwise(places))
    assert fitting(timeline(bar(), marks=(mark(20, -3), mark(30, 99))), 900) == []


def looks(svg):
    """How the segments of a drawing look: fill opacity, edge and dashes."""
    return {
        (path.get("fill-opacity", "1"), path.get("stroke"), path.get("stroke-dasharray"))
        for link in links_of(svg)
        for path in link
        if path.tag == f"{SVG}path"
    }


def test_accepted_and_vague_segments_look_different_from_the_rest():
    each = [looks(drawn(timeline(bar(accepted=accepted, exact=exact)))) for accepted in (False, True) for exact in (False, True)]
    assert len({look for one in each for look in one}) == 4
    assert all(len(one) == 1 for one in each)


def test_the_drawing_has_no_script_no_style_and_no_outside_address(svg):
    assert "<script" not in svg
    assert not re.search(r"<style| style=| on\w+=", svg)
    assert not re.findall(r'(?:href|src)="(?!/)', svg)
    assert "SOHR 20" in svg


@pytest.mark.parametrize(("width", "size"), [("wide", (960, 220)), ("narrow", (356, 220))])
def test_a_drawing_has_just_the_size_that_the_page_keeps_for_it(width, size):
    for picture in (timeline(bar(), width=width), timeline(bar(count=123456), width=width, marks=(mark(20, 7),))):
        root = ET.fromstring(drawn(picture))
        assert (float(root.get("width")), float(root.get("height"))) == size


def test_stretches_with_few_reports_are_shaded_within_the_chart():
    thin = ((date(2023, 1, 1), WEEK + timedelta(days=1)), (date(2025, 1, 1), date(2025, 2, 1)))
    assert drawn(timeline(bar(), thin=thin)).count('fill="#5c6670" fill-opacity') == 1


FRAME = Frame(("at Conoco",), (Key("conoco", "Conoco"), Key("vague", "Pale"), Key("total", "Published total")), ("Revision 6",))


def test_a_picture_that_stands_alone_says_what_it_is_and_carries_its_fonts():
    svg = drawn_alone(timeline(bar(), frame=FRAME, width="paper"))
    for words in ("at Conoco", "Published total", "Revision 6", 'font-family:"IBM Plex Sans Arabic"', 'fill="#ffffff"'):
        assert words in svg
    assert not links_of(svg)
    assert "url(data:font/woff2;base64," in svg
    assert not re.search(r"<script|<\?xml-stylesheet|url\((?!data:)|https?://(?!www.w3.org)", svg)
    ET.fromstring(svg)


def test_a_png_has_two_pixels_for_each_of_the_picture():
    png = painted(timeline(bar(), frame=FRAME, width="paper"))
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">I", png[16:20]) == (2 * 1100,)


def test_the_font_of_pictures_has_latin_and_arabic_letters():
    assert {path.name for path in (VENDOR / "fonts").iterdir()} == {"ibm-plex-sans-400.ttf", "ibm-plex-sans-600.ttf"}


@pytest.mark.parametrize(
    ("top", "expected"),
    [(1, [0, 1]), (4, [0, 1, 2, 3, 4]), (5, [0, 2, 4]), (14, [0, 5, 10]), (25, [0, 10, 20]), (999, [0, 200, 400, 600, 800])],
)
def test_counts_are_labelled_at_round_numbers(top, expected):
    assert ticks.counts(top) == expected


@pytest.mark.parametrize(
    ("first", "last", "unit", "grain", "number"),
    [
        ("2023-11-01", "2023-11-01", "day", "day", 1),
        ("2023-11-01", "2023-11-12", "day", "day", 12),
        ("2023-11-01", "2023-12-31", "day", "day", 9),
        ("2023-10-02", "2024-12-29", "week", "month", 7),
        ("2021-07-01", "2025-08-31", "month", "month", 9),
        ("1990-01-01", "2025-08-31", "month", "year", 8),
        ("2023-11-01", "2023-11-30", "month", "month", 1),
    ],
)
def test_days_are_labelled_as_finely_as_there_is_room(first, last, unit, grain, number):
    found, named = ticks.days(date.fromisoformat(first), date.fromisoformat(last), 12, unit)
    assert (found, len(named)) == (grain, number)
    assert all(date.fromisoformat(first) <= day <= date.fromisoformat(last) for day in named)


STATED = (Dot(WEEK, 3, 3, "M: 3", "/tallies#tally-1"), Dot(NEXT, 9, 9, "M: 9", "/tallies#tally-2"))
HELD = (Dot(WEEK, 2, 1, "Register: 1–2", "/incidents?a"), Dot(NEXT, 4, 4, "Register: 4", "/incidents?b"))
LINES = (
    Curves(WEEK, STATED, HELD, "M <9>", "Register: 4", AXES, "t"),
    Curves(NEXT, STATED[1:], (), "M <9>", "", AXES, "t", "narrow"),
)
PAPER = Frame(("above",), (Key("conoco", "Conoco"), Key("thin", "Thin")), ("below",), right_to_left=True)


@pytest.mark.parametrize(
    "spec",
    [
        timelines.chart(timeline(bar(), bar("other", exact=False), marks=(mark(66, 3),), thin=((WEEK, NEXT),))),
        timelines.chart(timeline(bar(accepted=True), width="paper", frame=PAPER)),
        *map(curves.chart, LINES),
    ],
    ids=["timeline", "paper", "two lines", "one line"],
)
def test_what_is_drawn_is_valid_in_vega_lite_and_its_rows_are_apart(spec):
    rows = spec.pop("datasets")
    named = re.findall(r"'name': '(rows-\d+)'", str(spec))
    assert set(named) == set(rows)
    assert altair.Chart.from_dict(spec).to_dict(validate=True)


def test_two_lines_are_named_and_each_of_their_dots_is_a_link():
    for lines in LINES:
        svg = drawn(lines)
        root = ET.fromstring(svg)
        links = [link for link in root.iter("{http://www.w3.org/2000/svg}a") if link.get("href")]
        assert {link.get("href") for link in links} == {dot.href for dot in (*lines.stated, *lines.held)}
        assert {link[0].get("aria-label") for link in links} == {dot.label for dot in (*lines.stated, *lines.held)}
        assert "M &lt;9&gt;" in svg
        assert not re.search(r"<script|<style| style=| on\w+=", svg)


def test_colours_are_those_of_the_stylesheets():
    page, chart = ((ROOT / "static" / name).read_text("utf-8") for name in ("sijill.css", "chart.css"))
    for slug, colour in COLOURS.items():
        light, dark = re.findall(rf"--{slug}: (#\w+);", page)
        assert light == colour
        assert f'[fill="{colour}"] {{ fill: {dark}; }}' in chart
    for colour in {colour for palette in PALETTES.values() for colour in palette.values()}:
        name = re.search(rf"--([\w-]+): {colour};", page)[1]
        dark = re.findall(rf"--{name}: (#\w+);", page)[1]
        assert f'[fill="{colour}"] {{ fill: {dark}; }} [stroke="{colour}"] {{ stroke: {dark}; }}' in chart


# How eyes see without one kind of cone: G. M. Machado and others, doi:10.1109/TVCG.2009.113, severity 1.
SIGHT = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}


def lab(colour, sight):
    """A colour in CIE L*a*b*, as eyes of this kind see it."""
    linear = [
        (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
        for part in (byte / 255 for byte in bytes.fromhex(colour[1:]))
    ]
    red, green, blue = (min(1, max(0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in sight)
    rows = ((0.4124, 0.3576, 0.1805, 0.9505), (0.2126, 0.7152, 0.0722, 1), (0.0193, 0.1192, 0.9505, 1.089))
    x, y, z = (
        value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116
        for value in ((r * red + g * green + b * blue) / white for r, g, b, white in rows)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("stack", ["weapon", "grading", "claimed_by"])
@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("dark", [False, True])
def test_colours_of_a_palette_are_told_apart_by_colour_blind_eyes(stack, sight, dark):
    chart = (ROOT / "static" / "chart.css").read_text("utf-8")
    colours = {
        re.search(rf'\[fill="{colour}"\] {{ fill: (#\w+);', chart)[1] if dark else colour for colour in PALETTES[stack].values()
    }
    for one, other in combinations(colours, 2):
        assert dist(lab(one, SIGHT[sight]), lab(other, SIGHT[sight])) > 15, (one, other)


def test_one_chart_is_drawn_once_however_many_ask():
    process = ChartProcess()
    try:
        picture = timeline(bar())

        async def ask():
            return await asyncio.gather(*(process.svg(picture) for _ in range(12)))

        answers = asyncio.run(ask())
        assert len({id(answer) for answer in answers}) == 1
    finally:
        process.close()


def test_a_chart_that_failed_is_tried_again():
    process = ChartProcess()
    try:
        for _ in range(2):
            with pytest.raises(KeyError):
                asyncio.run(process.svg(timeline(bar("no such series"))))
        assert not process._drawn
    finally:
        process.close()


@pytest.mark.parametrize("noticed", [False, True])
def test_a_killed_drawing_process_is_started_anew(noticed):
    process = ChartProcess()
    try:
        first = asyncio.run(process.svg(timeline(bar())))
        for pid in process._pool._processes:
            os.kill(pid, signal.SIGKILL)
        while noticed and not process._pool._broken:
            time.sleep(0.01)
        second = asyncio.run(process.svg(timeline(bar(), bar("al-tanf", label="Tanf"))))
        assert second.count("Conoco: 2") == first.count("Conoco: 2")
    finally:
        process.close()


def test_who_asks_for_one_picture_too_many_is_asked_to_come_back():
    process = ChartProcess()

    async def ask():
        pictures = [timeline(bar(label=str(number))) for number in range(MOST_WAITING + 1)]
        return await asyncio.gather(*map(process.svg, pictures), return_exceptions=True)

    try:
        answers = asyncio.run(ask())
    finally:
        process.close()
    assert [isinstance(one, Busy) for one in answers] == [False] * MOST_WAITING + [True]


def test_who_goes_away_does_not_take_the_drawing_from_others():
    process = ChartProcess()

    async def ask():
        leaving = asyncio.create_task(process.svg(timeline(bar())))
        staying = asyncio.create_task(process.svg(timeline(bar())))
        await asyncio.sleep(0)
        leaving.cancel()
        return await staying

    try:
        assert asyncio.run(ask()).startswith("<?xml")
    finally:
        process.close()
