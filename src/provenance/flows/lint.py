"""Linting: what a publisher should mend in a folder before it becomes a release."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import attrs

from provenance.doors.clock import utc_now
from provenance.doors.disk import read_limited
from provenance.errors import ReleaseError
from provenance.flows.auditing.as_hashed import require_as_hashed
from provenance.flows.auditing.audit import audit
from provenance.flows.digesting.in_file import in_file
from provenance.flows.resolving.resolve import resolve
from provenance.flows.search_files import search_files
from provenance.frameworks.hub_licenses import HUB_LICENSES
from provenance.frameworks.openness import spdx_id
from provenance.policy.advise import advise, in_order
from provenance.policy.advise_secrets import hidden
from provenance.policy.unreadable import advise_unreadable
from provenance.ports.progress import Progress
from provenance.ports.source import Source
from provenance.values.advice import Advice
from provenance.values.inventory import Inventory
from provenance.values.path import RelPath
from provenance.values.settings import Settings

# Larger than anything that people write by hand.
LARGEST = 2**20
MOST_FILES = 500
#: Of malformed files; each costs another look at all the others.
MOST_UNREADABLE = 20
_TEXTS = (".md", ".json", ".yaml", ".yml", ".toml", ".txt", ".cfg", ".ini", ".py", ".sh", ".ipynb")
_HOUSEKEEPING = frozenset({".git", ".venv", "__pycache__", "node_modules"})


def lint(
    folder: Path,
    *,
    settings: Settings,
    clock: Callable[[], datetime] = utc_now,
    progress: Progress | None = None,
) -> tuple[Advice, ...]:
    """Return what to mend in a folder, the gravest first; nothing is asked of any server.

    Weights are not hashed; their headers are read. Texts are searched for secrets, up to the bounds
    of :mod:`provenance.flows.search_files`. A ``.git`` folder, environments and caches are
    no part of a release. A file that cannot be read is told, and what is left is looked at without
    it.

    Raises:
        UsageError: for a folder that is not there.
        SourceError, ToolError: when the folder cannot be read.

    """
    quiet = attrs.evolve(settings, offline=True, weights=False, evidence=None, git_proof=False)
    source = resolve(folder, settings=quiet, clock=clock)
    listed = source.listing().inventory
    searched = search_files(source, (one for one in listed if not housekeeping(one.path)))
    unreadable: dict[str, Advice] = {}

    def left_out(path: RelPath) -> bool:
        return housekeeping(path) or path.text in unreadable

    while True:
        try:
            manifest = audit(
                folder,
                settings=quiet,
                clock=clock,
                progress=progress,
                leave_out=left_out,
                strict=True,
            )
        except ReleaseError as error:
            told = advise_unreadable(error, _text(source, error.path))
            if not error.path or error.path in unreadable or len(unreadable) == MOST_UNREADABLE:
                # Of the release as a whole, or more of them than anybody mends at once.
                broken = hidden((*unreadable.values(), told), searched.secrets)
                return in_order((*broken, *searched.advice))
            unreadable[error.path] = told
        else:
            files = _texts(source, manifest.inventory, unreadable)
            known = [one.hub_id for one in HUB_LICENSES]
            return advise(manifest, files, spdx_id, unreadable.values(), searched, known)


def housekeeping(path: RelPath) -> bool:
    """Tell whether a path is a tool's own, and no part of a release.

    >>> housekeeping(RelPath(".git/config")), housekeeping(RelPath(".gitattributes"))
    (True, False)
    """
    return not _HOUSEKEEPING.isdisjoint(path.text.split("/")[:-1])


def _text(source: Source, path: str) -> bytes | None:
    """Return a small text file; ``None`` for any other."""
    if not path.endswith(_TEXTS):
        return None
    with source.open(RelPath(path)) as file:
        data = file.read(LARGEST + 1)
    return data if len(data) <= LARGEST else None


def _texts(source: Source, inventory: Inventory, unreadable: Iterable[str]) -> Mapping[str, bytes]:
    """Return the texts that rules about lines see, those that cannot be read as theirs, too."""
    broken = ((path, _text(source, path)) for path in unreadable)
    return {
        **{path.text: data for path, data in _small_texts(source, inventory)},
        **{path: data for path, data in broken if data is not None},
    }


def _small_texts(source: Source, inventory: Inventory) -> Iterator[tuple[RelPath, bytes]]:
    """Yield the small text files, the first ``MOST_FILES`` by path, as they were hashed."""
    named = [one for one in inventory if one.path.suffix in _TEXTS and one.size <= LARGEST]
    for entry in named[:MOST_FILES]:
        with in_file(entry.path.text), source.open(entry.path) as file:
            data = read_limited(file, LARGEST)
            require_as_hashed(entry, data)
        yield entry.path, data
