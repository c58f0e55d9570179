"""Licences: by their text, their clauses and their names."""
