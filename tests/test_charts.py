import os
import re
import signal
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from app.charts import COLOURS, Bar, ChartProcess, Curves, Dot, Mark, Timeline, drawn, stacked
from app.settings import ROOT

WEEK, NEXT = date(2023, 10, 30), date(2023, 11, 6)


def bar(series="conoco", count=2, week=WEEK, label="Conoco: 2", href="/incidents?from=2023-10-30&base=conoco"):
    return Bar(week, series, count, label, href)


@pytest.fixture(scope="module")
def svg():
    return drawn(Timeline((bar(), bar("other", 1, label='<b>"&'), bar("al-tanf", 3, NEXT)), (Mark(NEXT, "SOHR 20"),), "t"))


def test_bars_stand_on_each_other_in_the_order_of_the_colours():
    rows = stacked([bar("other", 1), bar("conoco", 2), bar("al-tanf", 4, NEXT)])
    assert [(row["series"], row["low"], row["high"]) for row in rows] == [("conoco", 0, 2), ("other", 2, 3), ("al-tanf", 0, 4)]
    assert (rows[0]["start"], rows[0]["end"]) == ("2023-10-30", "2023-11-06")


def test_each_bar_is_a_link_to_what_it_counts_and_says_what_it_is(svg):
    root = ET.fromstring(svg)
    links = [link for link in root.iter("{http://www.w3.org/2000/svg}a") if link.get("href")]
    assert len(links) == 3
    assert {link.get("target") for link in links} == {"_top"}
    assert links[0].get("href") == "/incidents?from=2023-10-30&base=conoco"
    assert {link[0].get("aria-label") for link in links} == {"Conoco: 2", '<b>"&'}


def test_the_drawing_has_no_script_no_style_and_no_outside_address(svg):
    assert "<script" not in svg
    assert not re.search(r"<style| style=| on\w+=", svg)
    assert not re.findall(r'(?:href|src)="(?!/)', svg)
    assert "SOHR 20" in svg


def test_two_lines_are_named_and_each_of_their_dots_is_a_link():
    stated = (Dot(WEEK, 3, 3, "M: 3", "/tallies#tally-1"), Dot(NEXT, 9, 9, "M: 9", "/tallies#tally-2"))
    held = (Dot(WEEK, 2, 1, "Register: 1–2", "/incidents?a"), Dot(NEXT, 4, 4, "Register: 4", "/incidents?b"))
    for curves in (
        Curves(WEEK, stated, held, "M <9>", "Register: 4", "t"),
        Curves(NEXT, stated[1:], (), "M <9>", "", "t", "narrow"),
    ):
        svg = drawn(curves)
        root = ET.fromstring(svg)
        links = [link for link in root.iter("{http://www.w3.org/2000/svg}a") if link.get("href")]
        assert {link.get("href") for link in links} == {dot.href for dot in (*curves.stated, *curves.held)}
        assert {link[0].get("aria-label") for link in links} == {dot.label for dot in (*curves.stated, *curves.held)}
        assert "M &lt;9&gt;" in svg
        assert not re.search(r"<script|<style| style=| on\w+=", svg)


def test_colours_are_those_of_the_stylesheets():
    page, chart = ((ROOT / "static" / name).read_text("utf-8") for name in ("sijill.css", "chart.css"))
    for slug, colour in COLOURS.items():
        light, dark = re.findall(rf"--{slug}: (#\w+);", page)
        assert light == colour
        assert f'[fill="{colour}"] {{ fill: {dark}; }}' in chart


def test_one_chart_is_drawn_once_however_many_ask():
    process = ChartProcess()
    try:
        timeline = Timeline((bar(),), (), "t")
        with ThreadPoolExecutor(12) as pool:
            answers = list(pool.map(lambda _: process.svg(timeline), range(12)))
        assert len({id(answer) for answer in answers}) == 1
    finally:
        process.close()


def test_a_chart_that_failed_is_tried_again():
    process = ChartProcess()
    try:
        for _ in range(2):
            with pytest.raises(KeyError):
                process.svg(Timeline((bar("no such series"),), (), "t"))
        assert not process._drawn
    finally:
        process.close()


def test_a_killed_drawing_process_is_started_anew():
    process = ChartProcess()
    try:
        first = process.svg(Timeline((bar(),), (), "t"))
        for pid in process._pool._processes:
            os.kill(pid, signal.SIGKILL)
        assert process.svg(Timeline((bar(),), (), "again")).count("Conoco: 2") == first.count("Conoco: 2")
    finally:
        process.close()
