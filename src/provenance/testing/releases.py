"""Putting a release from a folder onto a loopback Hub: model, dataset and source repositories."""

from collections.abc import Iterator
from pathlib import Path

from provenance.testing.repository import DATE, Repository


def publish_folder(
    repository: Repository, folder: Path, *, message: str = "Publish", date: str = DATE
) -> str:
    """Commit all files of a folder and return the commit."""
    files = dict(_files(folder, ""))
    return repository.commit(files, message=message, date=date)


def _files(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            yield from _files(path, f"{prefix}{path.name}/")
        else:
            yield f"{prefix}{path.name}", path
