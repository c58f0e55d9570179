"""From what a caller typed to a release that can be listed."""
