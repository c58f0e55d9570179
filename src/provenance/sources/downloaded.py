"""What the Hub's client noted of a download: the commit, and what the Hub said of each file.

Nobody is asked: the notes lie beside the files, on this disk. They tell which commit was downloaded
(and not what its branch is now), and bytes that differ from them are not what was downloaded. That
the notes themselves are the Hub's is nobody's word but this disk's.
"""

import re
from collections.abc import Iterable, Mapping

import attrs

from provenance.doors.disk import Root, read_limited
from provenance.doors.walk import Found
from provenance.errors import Code, ReleaseError
from provenance.sources.download_metadata import FOLDER, LARGEST_TREE, SMALL
from provenance.sources.hub_listing import Told, claims, told
from provenance.sources.snapshot import Snapshot
from provenance.text.shape import Reader
from provenance.text.strict_json import parse as parse_json
from provenance.values.digest import Digest, DigestSet
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import FileEntry, How
from provenance.values.listing import Here
from provenance.values.path import RelPath

#: What a limit names where nobody asked the Hub about a download.
HUB_WORD = "the Hub's own word"
_COMMIT = re.compile(r"[0-9a-f]{40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NOTED = re.compile(re.escape(f"{FOLDER}download/") + r"(.+)\.metadata")
# The client's own name for what it has not brought to an end: a hash, the etag.
_UNFINISHED = re.compile(re.escape(f"{FOLDER}download/") + r".+\.incomplete")


@attrs.frozen
class Notes:
    """What was noted: commits (one, if all files are of one), claims by path, the whole list.

    ``listed`` is ``None`` when the client kept no list. ``claimed`` names files that the client
    brought, here or not; ``unfinished`` are downloads that it did not bring to an end.
    """

    commits: frozenset[str]
    claimed: Mapping[str, DigestSet]
    listed: Mapping[str, Told] | None = None
    unfinished: tuple[str, ...] = ()

    def here(self, entries: Iterable[FileEntry]) -> Here:
        """Return how much of the commit these files are."""
        present = {entry.path.text for entry in entries}
        known = self.claimed if self.listed is None else self.listed
        if self.unfinished or not present.issuperset(known):
            return Here.PARTLY
        return Here.UNSURE if self.listed is None else Here.WHOLE


def notes_of_snapshot(snapshot: Snapshot, files: Iterable[Found], root: Root) -> Notes:
    """Return what the client noted of a commit in its cache.

    Older clients keep no list: there each file is a link, to bytes under the name that the Hub gave
    them, which is a digest.

    Raises:
        ReleaseError: HUB_ANSWER, for a list that cannot be; RESOURCE, FS_IO.
        TextError: for a list that is no JSON.
    """
    commits = frozenset({snapshot.commit})
    with Root(snapshot.root) as whole:
        listed = _listed(whole, snapshot.trees)
    if listed is not None:
        return Notes(commits, {path: claims(one) for path, one in listed.items()}, listed)
    names = ((file.path, root.leads_to(file.path)) for file in files)
    return Notes(commits, {path.text: _named(name) for path, name in names if name})


def notes_of_folder(files: Iterable[Found], left: frozenset[RelPath], root: Root) -> Notes | None:
    """Return what the client noted when it downloaded to a folder, if it did.

    Raises:
        ReleaseError: HUB_ANSWER, for a list that cannot be; RESOURCE, FS_IO.
        TextError: for a list that is no JSON.
    """
    names = {file.path.text: file.path for file in files}
    unfinished = tuple(filter(_UNFINISHED.fullmatch, names))
    noted: dict[str, tuple[str, str]] = {}
    for metadata in left:
        if match := _NOTED.fullmatch(metadata.text):
            with root.open(metadata) as opened:
                commit, etag, _, *_ = read_limited(opened, SMALL).decode().split("\n")
            noted[match[1]] = (commit, etag)
    if not noted and not unfinished:
        return None
    commits = frozenset(commit for commit, _ in noted.values())
    trees = [RelPath(f"{FOLDER}trees/{commit}.json") for commit in commits]
    listed = _listed(root, trees[0]) if len(commits) == 1 and trees[0] in left else None
    if listed is not None:
        claimed = {path: claims(one) for path, one in listed.items()}
        return Notes(commits, claimed, listed, unfinished)
    named = {path: _named(etag) for path, (_, etag) in noted.items()}
    return Notes(commits, named, None, unfinished)


def _named(name: str) -> DigestSet:
    """Return the digest that a name on the Hub is: of a large file SHA-256, else git's id."""
    if _SHA256.fullmatch(name):
        return DigestSet((Digest.sha256(name),))
    return DigestSet((Digest.git_blob(name),) if _COMMIT.fullmatch(name) else ())


def _listed(root: Root, path: RelPath) -> Mapping[str, Told] | None:
    try:
        with root.open(path) as file:
            data = read_limited(file, LARGEST_TREE)
    except ReleaseError as error:
        if error.code is Code.FS_CHANGED:
            return None
        raise
    files = Reader.of(parse_json(data), path.name, code=Code.HUB_ANSWER).entries("files")
    return {name: _told(name, entry) for name, entry in files}


def _told(path: str, entry: Reader) -> Told:
    values = entry.values
    has_lfs = values.get("lfs_sha256") is not None
    lfs = (values.get("lfs_size"), values.get("lfs_sha256")) if has_lfs else None
    return told(path, values.get("size"), values.get("blob_id"), lfs)


def held_against(entries: Iterable[FileEntry], notes: Notes) -> tuple[FileEntry, ...]:
    """Return the entries with what was noted of each as its claim; sizes are held against it.

    Raises:
        ReleaseError: HUB_MISMATCH, for a file of another size than the commit lists.
    """
    return tuple(_held(entry, notes) for entry in entries)


def _held(entry: FileEntry, notes: Notes) -> FileEntry:
    listed = (notes.listed or {}).get(entry.path.text)
    if listed and listed.size != entry.size:
        raise ReleaseError(
            f"{entry.path.text[:200]!a} has {entry.size} bytes, and {listed.size} in the commit",
            hint="download it again; if it stays so, do not use it",
            code=Code.HUB_MISMATCH,
        )
    claimed = notes.claimed.get(entry.path.text, DigestSet())
    if not claimed.digests:
        return entry
    return attrs.evolve(entry, how=How.CLAIMED, digests=claimed, claimed=claimed)


def oddities(
    entries: Iterable[FileEntry], notes: Notes
) -> tuple[tuple[Hazard, ...], tuple[Limit, ...]]:
    """Return what does not fit together: files of no commit, files that are not here."""
    here = {entry.path.text for entry in entries}
    known = set(notes.listed if notes.listed is not None else notes.claimed)
    hazards = [
        Hazard(Code.FILE_ADDED, path, "is not in the commit that was downloaded")
        for path in sorted(here - known - set(notes.unfinished))
    ]
    limits: list[Limit] = []
    if len(notes.commits) > 1:
        what = f"its files are of {len(notes.commits)} commits"
        hazards.append(Hazard(Code.FILE_CHANGED, "", what))
    if missing := sorted(known - here):
        why = f"{len(missing)} files of the commit are not here, {missing[0][:200]!a} first"
        limits.append(Limit(Code.NOT_COVERED, "the commit's other files", why))
    limits += [
        Limit(Code.NOT_COVERED, path, "a download that did not come to its end")
        for path in notes.unfinished
    ]
    if notes.listed is None:
        why = "the client kept no list of the commit: there may be files that it did not download"
        limits.append(Limit(Code.NOT_COVERED, "the commit's other files", why))
    whose = ", ".join(sorted(notes.commits)) or "none"
    why = f"files are held against commit {whose} as this disk has it: the Hub was not asked"
    limits.append(Limit(Code.NOT_COVERED, HUB_WORD, why))
    return tuple(hazards), tuple(limits)
