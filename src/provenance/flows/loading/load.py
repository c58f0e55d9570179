"""Loading: tensors whose bytes are those that a manifest lists, with no gap before their use."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from provenance.doors.clock import utc_now
from provenance.errors import Code, UsageError, VerificationError
from provenance.flows.loading.arrays import require_numpy
from provenance.flows.loading.shard import Shard
from provenance.flows.loading.tensors import VerifiedTensors
from provenance.flows.resolving.resolve import is_path, resolve
from provenance.hashing.checked import Expected, require_leaves
from provenance.ports.source import Source
from provenance.recipe.links.targets import parse_target
from provenance.sources.local import LocalSource
from provenance.values.inventory import FileEntry, How, Inventory
from provenance.values.manifest import Manifest
from provenance.values.settings import Settings
from provenance.values.tree import Leaves
from provenance.values.verified import Verified
from provenance.weights.placed import PLACED, is_placed

# A shard of up to this size is read whole at its first use; Hubs' clients write smaller ones.
WHOLE = 6 * 2**30
_NO_LEAVES: Mapping[str, Leaves] = MappingProxyType({})


def load(  # noqa: PLR0913 - one parameter for each thing that must be known
    target: str | Path,
    *,
    manifest: Manifest | Verified[Manifest],
    files: Sequence[str] = (),
    leaves: Mapping[str, Leaves] = _NO_LEAVES,
    settings: Settings | None = None,
    whole: int = WHOLE,
    unsafe_claimed_digests: bool = False,
) -> VerifiedTensors:
    """Return the tensors of a release, each verified in the memory that is handed over.

    A manifest that is not ``Verified`` says what the bytes should be on nobody's word but that of
    whoever gave you the manifest. Only safetensors files are read; nothing is unpickled.

    Args:
        target: a folder, a safetensors file in one, or ``org/name[@revision]`` on the Hub, at the
            manifest's commit where none is named.
        manifest: what the files have to be.
        files: paths within the release; else all safetensors files that the manifest lists. With
            a file as ``target``: its path within the release, where its end does not say.
        leaves: of files that have a ``tree-sha256``, by path: a tensor is then verified without
            reading the rest of its file.
        settings: where the Hub is, and how many threads; not needed for a folder.
        whole: the most bytes of a file that is read whole at its first use, because others
            follow; of a larger one, or with 0, only the tensor stays after one pass over the file.
        unsafe_claimed_digests: believe digests that are only a server's word.

    Raises:
        VerificationError: FILE_ADDED, a file is not listed; CLAIMED_DIGESTS, its digest was not
            taken from bytes; FILE_CHANGED, the leaves are not those of the file.
        UsageError: a target is not there, or has no safetensors files.
        ToolError: EXTRA_MISSING, without the extra ``numpy``.
        SourceError, ReleaseError: the release cannot be looked at.
    """
    require_numpy()
    settings = settings or Settings()
    found = manifest.value if isinstance(manifest, Verified) else manifest
    source, entries = _release(target, found, files, settings)
    expected = [_expected(entry, unsafe=unsafe_claimed_digests) for entry in entries]
    believed = [
        require_leaves(one, leaves[one.path.text]) if one.path.text in leaves else None
        for one in expected
    ]
    shards = [
        Shard(one, source.open, known, most=whole)
        for one, known in zip(expected, believed, strict=True)
    ]
    return VerifiedTensors(shards, threads=settings.jobs)


def _release(
    target: str | Path, manifest: Manifest, files: Sequence[str], settings: Settings
) -> tuple[Source, list[FileEntry]]:
    """Return the release that a target names, and the entries of the files to load."""
    path = Path(target) if isinstance(target, Path) or is_path(target) else None
    if path and not path.is_dir():
        return _file(path, manifest, files, settings)
    entries = _entries(manifest.inventory, files)
    if path:
        return _folder(path, manifest, settings), entries
    ref = parse_target(str(target), endpoint=settings.endpoint).ref
    listed = manifest.release.ref
    own = ref.revision is None and (ref.scheme, ref.name) == (listed.scheme, listed.name)
    revision = listed.revision if own else None
    source = resolve(target, settings=settings, clock=utc_now, revision=revision)
    source.prepare([entry.path for entry in entries])
    return source, entries


def _folder(path: Path, manifest: Manifest, settings: Settings) -> LocalSource:
    # The manifest's name: that of the folder need not be one that a release could have.
    name = manifest.release.ref
    return LocalSource(path, name=name, budget=settings.budget, clock=utc_now)


def _file(
    path: Path, manifest: Manifest, files: Sequence[str], settings: Settings
) -> tuple[LocalSource, list[FileEntry]]:
    """Return the folder that a file is in, as a release, and the file's entry."""
    if path.suffix.lower() not in PLACED.endings:
        raise UsageError(
            f"{path.name[:200]!a} is not a safetensors file",
            hint="name a safetensors file, or the folder of the release",
        )
    parts = path.absolute().parts
    ends = ["/".join(parts[-count:]) for count in range(1, len(parts))]
    listed = [name for name in files or ends if manifest.inventory.get(name)]
    if len(listed) > 1:
        raise UsageError(
            f"{path.name[:200]!a} could be {' or '.join(map(ascii, listed))} of the release",
            hint="say which: files=[…]",
        )
    (entry,) = _entries(manifest.inventory, listed or [*files, path.name][:1])
    inside = entry.path.text.count("/")
    if parts[-inside - 1 :] != tuple(entry.path.text.split("/")):
        raise UsageError(
            f"{str(path)[:200]!a} does not end in {entry.path.text[:200]!a}",
            hint="name the folder of the release instead, and the file in files=[…]",
        )
    return _folder(path.absolute().parents[inside], manifest, settings), [entry]


def _entries(inventory: Inventory, files: Sequence[str]) -> list[FileEntry]:
    """Return the entries of files by name, or of all safetensors files."""
    names = list(dict.fromkeys(files)) or [
        entry.path.text for entry in inventory if is_placed(entry.path)
    ]
    if not names:
        raise UsageError(
            "the manifest lists no safetensors file", hint="load a release that has some"
        )
    found = []
    for name in names:
        entry = inventory.get(name)
        if entry is None:
            raise VerificationError(
                f"{name[:200]!a} is not listed in the manifest",
                hint="do not use it, or ask the publisher for a manifest that lists it",
                code=Code.FILE_ADDED,
            )
        if not is_placed(entry.path):
            raise UsageError(
                f"{name[:200]!a} is not a safetensors file", hint="name safetensors files only"
            )
        found.append(entry)
    return found


def _expected(entry: FileEntry, *, unsafe: bool) -> Expected:
    """Return what a file has to be: by its tree where it has one, which all threads can hash."""
    digest = entry.digests.tree_sha256 or entry.sha256
    if not (entry.observed or (unsafe and entry.how is How.CLAIMED)) or digest is None:
        raise VerificationError(
            f"{entry.path.text[:200]!a} is listed without a SHA-256 taken from its bytes",
            hint="audit the release with its weights, or accept a server's word with "
            "unsafe_claimed_digests",
            code=Code.CLAIMED_DIGESTS,
        )
    return Expected(entry.path, entry.size, digest)
