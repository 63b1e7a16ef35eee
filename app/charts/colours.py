"""The colours of charts and of the map; the stylesheets have the same ones, and lighter or darker neighbours for the dark."""

from collections.abc import Mapping

COLOURS = {
    "conoco": "#b4552d",
    "al-omar": "#d9982f",
    "al-shaddadi": "#3d6f94",
    "kharab-al-jir": "#5d917d",
    "al-tanf": "#75517b",
    "other": "#a3a8ad",
}
"""A colour means a base, and the same base everywhere."""

SLOTS = ("#51178b", "#c8474d", "#207190", "#f0983a", "#72bdf2", "#4d4038", COLOURS["other"])
"""For series without an order; found by a search for colours that lie far apart, for colour-blind eyes too."""

PALETTES: Mapping[str, Mapping[str, str]] = {
    "base": COLOURS,
    "weapon": dict(zip(("drone", "rocket", "missile", "mortar", "mixed", "unknown", "other"), SLOTS, strict=True)),
    # From dark to light as the support gets weaker; what is denied, and what the claimant alone says, stand apart.
    "grading": {
        "contested": "#9c2629",
        "confirmed": "#0f1739",
        "fair": "#025eae",
        "weak": "#61bbfc",
        "claimed": "#e3a94a",
        "other": COLOURS["other"],
    },
    "claimed_by": dict(zip((*(f"claimant-{rank}" for rank in range(1, 6)), "none", "other"), SLOTS, strict=True)),
}
"""What a column can be stacked by, and its series from the bottom up; those without a colour of their own share the last."""

INK, MUTED, RULE, ACCENT, PAPER = "#1c2228", "#5c6670", "#dedad1", "#0b5f69", "#fbfaf7"
