"""Links: where they lead, and the bytes in which they stand."""
