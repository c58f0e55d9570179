"""From what a caller typed to a release that can be listed."""

import shlex
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.errors import Code, RefError, SourceError, UsageError
from provenance.ports.source import Source
from provenance.recipe.links.targets import Target, parse_target
from provenance.sources.cache_folder import require_release
from provenance.stores.evidence import EvidenceStore
from provenance.stores.replay import noted_source
from provenance.values.locator import LocatorKind
from provenance.values.ref import Scheme
from provenance.values.revision import Revision
from provenance.values.settings import Settings

if TYPE_CHECKING:
    from provenance.sources.hub import HubSource

Clock = Callable[[], datetime]
# Names that signed bundles have; a card or a configuration is no bundle.
_SIGNED = (".sigstore", ".sigstore.json", ".bundle", ".sig")


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
    ``hf:org/name``, each with ``@revision`` if wanted, or the address that a browser shows of a
    model, or of a branch or file of it. Nothing is downloaded yet. What the Hub says is noted in
    the ``store``, or comes from there when it is replayed.

    Raises:
        UsageError: for a path that is not there, a revision given for a folder or twice, and for
            what is no model: a dataset, a space, a single file, a folder around releases.
        SourceError: when the Hub cannot be asked, or knows no such release.

    """
    if isinstance(target, Path) or is_path(target):
        if revision is not None:
            raise UsageError("a folder has no revision", hint="leave the revision out")
        return _local(Path(target), settings, clock)
    wanted = parse_target(target, endpoint=settings.endpoint)
    if wanted.ref.scheme is not Scheme.HF:
        raise UsageError(
            f"{wanted.ref} is not a folder", hint="give the folder's path", code=Code.REF
        )
    if revision is not None:
        if wanted.ref.revision is not None:
            raise RefError(f"{target!r} and a revision besides", hint="name the revision once")
        wanted = Target(wanted.ref.at(revision))
    if store is None:
        return _asked(wanted, settings, clock)
    name = str(wanted.ref.at(wanted.names[0]) if wanted.names else wanted.ref)
    return noted_source(store, name, lambda: _asked(wanted, settings, clock))


def _asked(wanted: Target, settings: Settings, clock: Clock) -> "HubSource":
    from provenance.flows.resolving.hub_links import longest_named  # noqa: PLC0415 - the client is heavy
    from provenance.sources.hub_kinds import other_kind  # noqa: PLC0415 - as above

    try:
        return longest_named(
            wanted.ref, wanted.names, LocatorKind.HUB_MODEL, settings=settings, clock=clock
        )
    except SourceError as error:
        unknown = error.code in {Code.HUB_UNKNOWN, Code.HUB_HIDDEN}
        if unknown and (kind := other_kind(wanted.ref, settings)):
            what = "dataset" if kind is LocatorKind.HUB_DATASET else "space"
            raise RefError(
                f"{wanted.ref.name} is a {what} on the Hub, and not a model",
                hint="name a model; its audit looks at the datasets that it names",
            ) from error
        raise


def _local(path: Path, settings: Settings, clock: Clock) -> Source:
    from provenance.sources.local import LocalSource  # noqa: PLC0415 - beside its neighbour

    if path.is_file():
        raise _one_file(path)
    if not path.is_dir():
        raise UsageError(
            f"{str(path)!r} is not a folder",
            hint="give a folder, or a Hub id such as org/name",
            code=Code.PATH_MISSING,
        )
    require_release(path)
    return LocalSource(path, name=None, budget=settings.budget, clock=clock)


def _one_file(path: Path) -> UsageError:
    """Return the error for a single file, with the commands that read it."""
    file, folder = (shlex.quote(str(one)) for one in (path, path.absolute().parent))
    hint = f"hash it: provenance digest {file}; look at the release: provenance audit {folder}"
    if path.name.endswith(_SIGNED):
        hint = f"hold a release against it: provenance verify RELEASE --bundle {file}"
    return UsageError(f"{str(path)!r} is one file, not a release", hint=hint, code=Code.REF)
