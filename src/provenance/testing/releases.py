"""Putting a release from folders onto a loopback Hub: model, dataset and source repositories."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import attrs

from provenance.testing.hub import LoopbackHub
from provenance.testing.repository import DATE, Repository


@attrs.frozen
class Published:
    """Where a release stands on a Hub: ids, and the commits that the files gave."""

    model: str
    model_commit: str
    dataset: str
    dataset_commit: str
    source: str
    source_commit: str


def publish_folder(
    repository: Repository, folder: Path, *, message: str = "Publish", date: str = DATE
) -> str:
    """Commit all files of a folder (Python's own caches left out) and return the commit."""
    files = dict(_files(folder, ""))
    return repository.commit(files, message=message, date=date)


def publish_release(hub: LoopbackHub, folder: Path, source: Path) -> Published:
    """Put a release onto a Hub.

    ``folder`` holds ``model/``, ``dataset/`` and ``release.toml``, which names their ids and the
    address of the source repository; ``source`` is that repository's folder.
    """
    table = tomllib.loads((folder / "release.toml").read_text(encoding="utf-8"))
    message = table["message"]
    model, dataset, address = (table[kind]["id"] for kind in ("model", "dataset", "source"))
    git = hub.add_git(address.removeprefix("https://"))
    return Published(
        model,
        publish_folder(hub.add_model(model), folder / "model", message=message),
        dataset,
        publish_folder(hub.add_dataset(dataset), folder / "dataset", message=message),
        address,
        publish_folder(git, source, message=message),
    )


def _files(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name != "__pycache__":
            yield from _files(path, f"{prefix}{path.name}/")
        elif not path.is_dir():
            yield f"{prefix}{path.name}", path
