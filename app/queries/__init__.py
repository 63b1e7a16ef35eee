"""The only reader. Pages, counts, chart, map and every export ask here, all with the same IncidentFilter."""
