"""Policies: read from their file, and held against a manifest."""
