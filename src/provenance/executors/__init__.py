"""Executors beyond one machine, each behind an extra."""
