"""The map: repeatable, and nothing that a text says runs in it. That it draws is tested in the browser."""

import re

import pytest

from app.maps import Symbol, map_html, map_script

HOSTILE = [
    "`${alert(1)}`",
    "</script><script>alert(1)</script>",
    '"onload="alert(1)',
    "<img src=x onerror=alert(1)>",
    "\\",
    "'",
    "\u2028",
]


def symbol(name="Conoco", count=39, **details):
    given = {
        "slug": "conoco",
        "latitude": 35.34,
        "longitude": 40.31,
        "colour": "#b4552d",
        "proxy": True,
        "href": "/incidents?base=conoco",
    }
    return Symbol(name=name, count=count, **given | details)


def test_the_same_symbols_give_the_same_bytes():
    assert map_script([symbol()]) == map_script([symbol()])
    assert map_html() == map_html()


def test_the_element_has_no_inline_style_and_no_outside_address():
    assert "style=" not in map_html()
    assert "http" not in map_html()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_stays_a_text(text):
    script = map_script([symbol(name=text, rows=((text, text),))])
    plain = map_script([symbol(name="x", rows=(("x", "x"),))])
    assert "<script" not in script
    assert "<img" not in script
    # Outside of the data, which JSON quotes, the script is the same whatever the name.
    data = re.compile(r"site_0_add\(\{.*\}\);")
    assert data.sub("", script) == data.sub("", plain)


def test_a_map_without_incidents_is_a_map():
    assert "outlines" in map_script([])


def test_tiles_are_used_where_they_are_set_and_their_address_is_no_code():
    script = map_script([symbol()], tile_url="https://tiles.example/{z}/{x}/{y}.png", tile_attribution="<b>me</b>")
    assert "tiles.example" in script
    assert "outlines" not in script
    assert "<b>me" not in script


def test_area_grows_with_the_count_and_small_ones_stay_visible():
    radii = [
        float(found) for found in re.findall(r'"radius": ([\d.]+)\}, "type"', map_script([symbol(count=c) for c in (100, 25, 1)]))
    ]
    assert radii == [24.0, 12.0, 7.0]
