"""The editors' desk: every address under /desk asks who is there, and none of it is ever kept by a cache."""
