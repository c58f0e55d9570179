"""A commit in the cache of the Hub's client, by the names of its folders alone."""

import re
from pathlib import Path

import attrs

from provenance.values.path import RelPath

_SNAPSHOT = re.compile(r"(?:models|datasets|spaces)--.+")
_COMMIT = re.compile(r"[0-9a-f]{40}")


@attrs.frozen
class Snapshot:
    """A commit in the client's cache: the cache's root, and the folder of the commit below it."""

    root: Path
    repository: str
    commit: str

    @property
    def name(self) -> str:
        """Return the repository's own name, without its owner's."""
        return self.repository.rpartition("--")[2]

    @property
    def model(self) -> str | None:
        """Return the id of the model on its Hub; ``None`` for a dataset or a space."""
        kind, _, name = self.repository.partition("--")
        return name.replace("--", "/") if kind == "models" else None

    @property
    def below(self) -> str:
        """Return the commit's folder, as a path below the root."""
        return f"{self.repository}/snapshots/{self.commit}"

    @property
    def trees(self) -> RelPath:
        """Return where the client keeps the Hub's list of the commit."""
        return RelPath(f"{self.repository}/trees/{self.commit}.json")


def snapshot_of(path: Path) -> Snapshot | None:
    """Return the commit of the client's cache that a folder is, judged by its names alone.

    A link to such a folder is one, too.
    """
    for whole in (path.absolute(), path.resolve()):
        repository = whole.parent.parent
        if (
            _COMMIT.fullmatch(whole.name)
            and whole.parent.name == "snapshots"
            and _SNAPSHOT.fullmatch(repository.name)
        ):
            return Snapshot(repository.parent, repository.name, whole.name)
    return None
