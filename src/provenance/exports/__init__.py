"""Exports: a manifest in other tools' formats."""
