"""Checks: one question each, from facts to findings; and the ladder that findings climb."""
