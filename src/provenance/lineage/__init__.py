"""Lineage: how one release came from another."""
