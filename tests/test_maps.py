"""The map: repeatable, and nothing that a text says runs in it. That it draws is tested in the browser."""

import json
import re
from dataclasses import replace

import pytest

from app.maps import Country, Drawing, Ground, Part, Symbol, map_html, map_script, name_sides

HOSTILE = [
    "`${alert(1)}`",
    "</script><script>alert(1)</script>",
    '"onload="alert(1)',
    "<img src=x onerror=alert(1)>",
    "<!--<script>",
    "\\",
    "'",
    "\u2028",
]
CONOCO = Symbol(
    slug="conoco",
    name="Conoco",
    latitude=35.34,
    longitude=40.31,
    proxy=True,
    count=39,
    written="39",
    parts=(Part("weapon-drone", "Drone", 10), Part("weapon-rocket", "Rocket", 29)),
    told="Conoco: 39 incidents",
    href="/incidents?base=conoco",
)


def script(*symbols, **ground):
    return map_script(Drawing("m", symbols, Ground(**ground)))


def icons(text):
    """The HTML of each marker, by its class."""
    found = [json.loads(one) for one in re.findall(r'return (\{"className".*\});', text.replace("<\\/", "</"))]
    return [(one["className"], one["html"]) for one in found if "html" in one]


def html_of(kind, *symbols):
    return [html for name, html in icons(script(*symbols)) if name == kind]


def test_the_same_symbols_give_the_same_bytes():
    assert script(CONOCO) == script(CONOCO)
    assert map_html("m") == map_html("m")


def test_the_element_has_no_inline_style_and_no_outside_address():
    assert "style=" not in map_html("m") + script(CONOCO)
    assert "http" not in map_html("m")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_stays_a_text(text):
    def drawn(words):
        part = Part("weapon-drone", words, 1)
        symbol = replace(CONOCO, name=words, told=words, written=words, href=words, parts=(part,), rows=((words, words),))
        return script(symbol, countries=(Country(words, 33, 42),), zoom_in=words, tile_attribution=words)

    made = drawn(text)
    assert not re.search(r"</|<!--|<script|<img|\u2028", made, re.I)
    # Outside of the data, which JSON quotes, the script is the same whatever the text.
    data = re.compile(r"(_add|zoom)\(\{.*\}\)|return \{.*\};|feature\.id\) \{|\"[^\"\n]*\"")
    assert data.sub("", made) == data.sub("", drawn("x"))


def test_a_map_without_incidents_is_a_map():
    assert "outlines" in script()


def test_a_script_draws_only_into_the_map_that_it_came_with():
    assert script(CONOCO).startswith('if (document.querySelector("#map_m:not(.leaflet-container)"))')
    assert 'id="map_m"' in map_html("m")


def test_tiles_are_used_where_they_are_set_and_their_address_is_no_code():
    text = script(CONOCO, tile_url="https://tiles.example/{z}/{x}/{y}.png", tile_attribution="<b>me</b>")
    assert "tiles.example" in text
    assert "outlines" not in text
    assert "<b>me" not in text


def radius(svg):
    return float(re.search(r'class="edge" r="([\d.]+)"', svg)[1])


def test_area_grows_with_the_count_and_small_ones_stay_visible():
    counted = [replace(CONOCO, slug=str(count), count=count, written=str(count)) for count in (100, 25, 1)]
    assert sorted(radius(svg) for svg in html_of("site", *counted)) == [7.0, 11.0, 22.0]


def test_symbols_without_a_count_are_of_one_size():
    plain = [replace(CONOCO, slug=str(count), count=count, written="") for count in (100, 1)]
    assert len({radius(svg) for svg in html_of("site", *plain)}) == 1


def test_a_ring_has_an_arc_for_each_part_as_long_as_its_count():
    (svg,) = html_of("site", CONOCO)
    arcs = re.findall(
        r'class="part ([\w-]+)".*? pathLength="(\d+)" stroke-dasharray="(\d+) \d+" stroke-dashoffset="(-?\d+)"', svg
    )
    assert arcs == [("weapon-drone", "39", "10", "0"), ("weapon-rocket", "39", "29", "-10")]


def test_a_proxy_has_a_halo_and_a_point_has_none():
    (near,), (exact,) = html_of("site", CONOCO), html_of("site", replace(CONOCO, proxy=False))
    assert 'class="halo"' in near
    assert 'class="halo"' not in exact


def test_a_number_stands_in_its_circle_where_it_fits_and_else_beside_the_name():
    large, small = html_of("label", CONOCO, replace(CONOCO, slug="small", name="Himo", count=2, written="2"))
    assert "</span> <b>39</b>" in large
    assert "<bdi>Himo</bdi> <b>2</b></span>" in small
    long = html_of("label", replace(CONOCO, written="1,234,567"))[0]
    assert "</bdi> <b>1,234,567</b></span>" in long


def test_what_can_be_reached_is_wide_enough_to_be_touched():
    small = replace(CONOCO, slug="small", proxy=False, count=1, written="1")
    assert '"iconSize": [28, 28]' in script(CONOCO, small)


def test_names_close_together_stand_on_different_sides():
    omar = replace(CONOCO, slug="al-omar", name="Al-Omar", latitude=35.15, longitude=40.58, proxy=False)
    assert name_sides([CONOCO, omar], 39) == {"conoco": "before", "al-omar": "after"}
    between = [replace(CONOCO, slug=str(place), longitude=40.31 + 0.4 * place) for place in range(3)]
    assert len(set(name_sides(between, 39).values())) == 3
