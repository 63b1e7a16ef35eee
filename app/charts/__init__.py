"""Values → Altair chart → SVG or PNG, drawn in one process of its own. All words come with the values."""
