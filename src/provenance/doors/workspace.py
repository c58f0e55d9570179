"""A folder for work in progress, private and gone afterwards."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from provenance.doors.ending import undone
from provenance.errors import Code, SourceError


@contextmanager
def workspace(parent: Path | None = None) -> Iterator[Path]:
    """Yield an empty folder that only this user can read, under ``parent`` or the system's own.

    The system's own place for temporary folders is used, too, where ``parent`` cannot be.

    Raises:
        SourceError: WORKSPACE, when there is no place at all.
    """
    folder = _made(parent)
    with undone(partial(shutil.rmtree, folder, ignore_errors=True)):
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _made(parent: Path | None) -> Path:
    try:
        if parent is not None:
            parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix="provenance-", dir=parent))
    except OSError as cause:
        if parent is not None:
            return _made(None)
        raise SourceError(
            "no folder can be made for what is fetched",
            hint="set TMPDIR to a folder that you may write to",
            code=Code.WORKSPACE,
        ) from cause
