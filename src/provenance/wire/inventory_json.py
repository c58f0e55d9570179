"""An inventory as JSON: one object for each file, in order of the code points of their paths."""

import itertools

from provenance.errors import Code, TextError
from provenance.text.shape import Reader
from provenance.values.digest import Algorithm, Digest, DigestSet
from provenance.values.inventory import FileEntry, How, Inventory, Kind
from provenance.values.path import RelPath
from provenance.wire.scalars import JsonObject, nullable, parse_sha256, sensible, whole


def encode_entry(entry: FileEntry) -> JsonObject:
    """Return a file.

    ``sha256`` (``null`` when it is not known), ``git_oid`` and ``tree_sha256`` are the digests that
    the manifest stands for, in the sense of ``how``; ``claimed`` holds what the release's server
    said.
    """
    encoded: JsonObject = {
        "how": entry.how.value,
        "kind": entry.kind.value,
        "path": entry.path.text,
        "sha256": entry.sha256.hex if entry.sha256 else None,
        "size": entry.size,
    }
    if git_oid := entry.digests.git_blob:
        encoded["git_oid"] = git_oid.hex
    if tree := entry.digests.tree_sha256:
        encoded["tree_sha256"] = tree.hex
    if entry.claimed.digests:
        encoded["claimed"] = _encode_claimed(entry.claimed)
    return encoded


def _encode_claimed(claimed: DigestSet) -> JsonObject:
    pairs = (("sha256", claimed.sha256), ("git_oid", claimed.git_blob))
    return {key: digest.hex for key, digest in pairs if digest}


def parse_entry(reader: Reader) -> FileEntry:
    """Read a file; the inverse of :func:`encode_entry`."""
    reader.only_keys("claimed", "git_oid", "how", "kind", "path", "sha256", "size", "tree_sha256")
    sha256 = nullable(reader, "sha256", parse_sha256)
    digests = _set(sha256, _git_oid(reader), _tree(reader))
    with sensible(reader, "path"):
        path = RelPath.parse(reader.text("path"))
    with sensible(reader, "how"):
        return FileEntry(
            path=path,
            size=whole(reader, "size"),
            kind=reader.choice("kind", Kind),
            how=reader.choice("how", How),
            digests=digests,
            claimed=_parse_claimed(reader),
        )


def _parse_claimed(reader: Reader) -> DigestSet:
    claimed = reader.optional_object("claimed")
    if claimed is None:
        return DigestSet()
    claimed.only_keys("git_oid", "sha256")
    if not claimed.values:
        raise reader.wrong("claimed", "it is empty: leave it out")
    sha256 = parse_sha256(claimed, "sha256") if claimed.has("sha256") else None
    return _set(sha256, _git_oid(claimed))


def _git_oid(reader: Reader) -> Digest | None:
    text = reader.optional_text("git_oid")
    with sensible(reader, "git_oid"):
        return None if text is None else Digest.git_blob(text)


def _tree(reader: Reader) -> Digest | None:
    text = reader.optional_text("tree_sha256")
    with sensible(reader, "tree_sha256"):
        return None if text is None else Digest.parse(f"{Algorithm.TREE_SHA256}:{text}")


def _set(*digests: Digest | None) -> DigestSet:
    return DigestSet(tuple(one for one in digests if one))


def parse_inventory(reader: Reader) -> Inventory:
    """Read the keys ``inventory`` and ``inventory_complete``; the order of paths is required."""
    entries = tuple(parse_entry(one) for one in reader.objects("inventory"))
    for before, after in itertools.pairwise(entries):
        if before.path >= after.path:
            what = f"{after.path.text!a} is out of order: each path once, by code points"
            error = reader.wrong("inventory", what)
            raise TextError(error.what, hint=error.hint, code=Code.MANIFEST_ORDER)
    return Inventory(entries, reader.boolean("inventory_complete"))
