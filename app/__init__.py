"""Sijill: a register of publicly reported strikes on coalition bases in Syria."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The folder of the project."""
