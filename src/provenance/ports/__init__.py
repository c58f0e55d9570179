"""Ports: one protocol per file, for what has more than one implementation."""
