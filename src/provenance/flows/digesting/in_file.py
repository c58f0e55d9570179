"""Saying of an error in which file of a release it is."""

from collections.abc import Iterator
from contextlib import contextmanager

from provenance.errors import ReleaseError


@contextmanager
def in_file(path: str) -> Iterator[None]:
    """Let an error of a release pass with the file that it is about; the innermost is right."""
    try:
        yield
    except ReleaseError as error:
        error.path = error.path or path
        raise
