"""Hashing: bytes become digests, each byte read once."""
