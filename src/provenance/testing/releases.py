"""Putting a release from folders onto a loopback Hub: model, dataset and source repositories."""

import tomllib
from collections.abc import Iterator, Mapping
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


def publish_release(hub: LoopbackHub, table: Path, root: Path) -> Published:
    """Put a release onto a Hub: its model, its dataset and its source repository.

    ``table`` is a TOML file with the tables ``model``, ``dataset`` (each with an ``id``) and
    ``source`` (with a ``url``); each names its ``folder`` below ``root``, and the ``message`` and
    ``date`` of its commit.
    """
    said = tomllib.loads(table.read_text(encoding="utf-8"))
    model, dataset, source = said["model"], said["dataset"], said["source"]
    git = hub.add_git(source["url"].removeprefix("https://"))
    return Published(
        model["id"],
        _commit(hub.add_model(model["id"]), root, model),
        dataset["id"],
        _commit(hub.add_dataset(dataset["id"]), root, dataset),
        source["url"],
        _commit(git, root, source),
    )


def _commit(repository: Repository, root: Path, said: Mapping[str, str]) -> str:
    folder = root / said["folder"]
    return publish_folder(repository, folder, message=said["message"], date=said["date"])


def _files(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name != "__pycache__":
            yield from _files(path, f"{prefix}{path.name}/")
        elif not path.is_dir():
            yield f"{prefix}{path.name}", path
