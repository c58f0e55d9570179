"""Bytes to plain data and back: strict, and within budgets that are counts, never clocks."""
