"""Doors: the only code that opens a file, connects, runs git or publishes an output."""
