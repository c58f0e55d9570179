"""A folder for work in progress, private and gone afterwards."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def workspace(parent: Path | None) -> Iterator[Path]:
    """Yield an empty folder that only this user can read, under ``parent`` or the system's own."""
    if parent is not None:
        parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="provenance-", dir=parent) as folder:
        yield Path(folder)
