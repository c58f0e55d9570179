"""From what a caller typed to a release that can be listed."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.errors import Code, RefError, UsageError
from provenance.flows.recorded import note_source, recorded_source
from provenance.ports.source import Source
from provenance.stores.evidence import EvidenceStore
from provenance.values.ref import Ref, Scheme
from provenance.values.revision import Revision
from provenance.values.settings import Settings

if TYPE_CHECKING:
    from provenance.sources.hub import HubSource

Clock = Callable[[], datetime]


def is_path(target: str) -> bool:
    """Tell whether a target is meant as a path; whatever exists is one."""
    return target.startswith((".", "/", "~")) or Path(target).exists()


def resolve(
    target: str | Path,
    *,
    settings: Settings,
    clock: Clock,
    revision: Revision | None = None,
    store: EvidenceStore | None = None,
) -> Source:
    """Return the release that ``target`` names, pinned to a commit where it has commits.

    ``target`` is a folder (a path that exists, or begins with ``.`` or ``/``), or ``org/name``,
    ``hf:org/name``, each with ``@revision`` if wanted. Nothing is downloaded yet. What the Hub says
    is noted in the ``store``, or comes from there when it is replayed.

    Raises:
        UsageError: for a path that is not there, or a revision given for a folder or twice.
        SourceError: when the Hub cannot be asked, or knows no such release.

    """
    if isinstance(target, Path) or is_path(target):
        if revision is not None:
            raise UsageError("a folder has no revision", hint="leave the revision out")
        return _local(Path(target), settings, clock)
    ref = Ref.parse(target)
    if ref.scheme is not Scheme.HF:
        raise UsageError(f"{ref} is not a folder", hint="give the folder's path", code=Code.REF)
    if revision is not None and ref.revision is not None:
        raise RefError(f"{target!r} and a revision besides", hint="name the revision once")
    pinned = ref.at(revision) if revision else ref
    if store is None:
        return _asked(pinned, settings, clock)
    if recorded := recorded_source(store, str(pinned)):
        return recorded
    source = _asked(pinned, settings, clock)
    note_source(store, str(pinned), source)
    return source


def _asked(ref: Ref, settings: Settings, clock: Clock) -> "HubSource":
    from provenance.sources.hub import HubSource  # noqa: PLC0415 - the Hub's client is heavy

    return HubSource.resolve(ref, settings=settings, clock=clock)


def _local(path: Path, settings: Settings, clock: Clock) -> Source:
    from provenance.sources.local import LocalSource  # noqa: PLC0415 - beside its neighbour

    if not path.is_dir():
        raise UsageError(
            f"{str(path)!r} is not a folder",
            hint="give a folder, or a Hub id such as org/name",
            code=Code.PATH_MISSING,
        )
    return LocalSource(path, name=None, budget=settings.budget, clock=clock)
