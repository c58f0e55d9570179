"""Reading and hashing the files of a release, or of this disk."""
