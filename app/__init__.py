"""Sijill: a register of publicly reported strikes on coalition bases in Syria."""
