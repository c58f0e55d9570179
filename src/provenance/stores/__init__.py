"""Stores: where captures and results are kept."""
