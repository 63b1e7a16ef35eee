"""Pure: which mentions tell of one attack, what value each field settles on, and how well an incident is supported."""
