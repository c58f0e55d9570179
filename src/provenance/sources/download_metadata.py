"""What the Hub's client leaves beside a download: known by name and content, and no part of it.

Below ``.cache/huggingface/`` of the folder that it downloads to, the client keeps a cache tag, an
ignore file, a lock and three lines of metadata for each file, and the listing of the commit.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import BinaryIO

from provenance.doors.disk import read_limited
from provenance.doors.walk import Found
from provenance.errors import TextError
from provenance.text.strict_json import parse as parse_json
from provenance.values.inventory import Kind
from provenance.values.path import RelPath

FOLDER = ".cache/huggingface/"

_HEX = "(?:[0-9a-f]{64}|[0-9a-f]{40})"
_TREE = re.compile(rf"trees/{_HEX}\.json")
# The commit, the etag and the moment, one a line.
_METADATA = re.compile(rf"{_HEX}\n[!-~]{{1,128}}\n[0-9]{{1,12}}(?:\.[0-9]{{1,9}})?\n".encode())
# https://bford.info/cachedir/: a fixed first line, then whatever comments.
_CACHE_TAG = re.compile(rb"Signature: 8a477f597d28d172789f06886806bc55\n(?:#[\t -~]*\n)*")
_ENTRY_KEYS = frozenset({"size", "blob_id", "lfs_sha256", "lfs_size", "xet_hash"})

# The largest of each that the client writes, with room to spare: larger files are not its own.
SMALL = 1024
LARGEST_TREE = 8 * 2**20

_Matches = Callable[[bytes], object]


def left_by_client(
    files: Iterable[Found], open_file: Callable[[RelPath], BinaryIO]
) -> frozenset[RelPath]:
    """Return the files that the Hub's client wrote for itself; a look-alike is not among them.

    Raises:
        ReleaseError: when one that may be of the client cannot be read.
    """
    return frozenset(file.path for file in files if _is_left(file, open_file))


def _is_left(file: Found, open_file: Callable[[RelPath], BinaryIO]) -> bool:
    if file.kind is not Kind.FILE or not file.path.text.startswith(FOLDER):
        return False
    name = file.path.text.removeprefix(FOLDER)
    if name.endswith(".lock") and (name.startswith("download/") or name == ".gitignore.lock"):
        return file.size == 0
    limit, matches = _shape(name)
    if file.size > limit:
        return False
    with open_file(file.path) as opened:
        return bool(matches(read_limited(opened, file.size)))


def _shape(name: str) -> tuple[int, _Matches]:
    """Return how large a file of this name may be, and what its bytes have to fit."""
    if name.startswith("download/") and name.endswith(".metadata"):
        return SMALL, _METADATA.fullmatch
    if _TREE.fullmatch(name):
        return LARGEST_TREE, _is_tree
    if name == "CACHEDIR.TAG":
        return SMALL, _CACHE_TAG.fullmatch
    if name == ".gitignore":
        return SMALL, b"*".__eq__
    return -1, bool


def _is_tree(data: bytes) -> bool:
    try:
        tree = parse_json(data)
    except TextError:
        return False
    if not isinstance(tree, Mapping) or tree.keys() != {"format_version", "files"}:
        return False
    files = tree["files"]
    return isinstance(files, Mapping) and all(map(_is_entry, files.values()))


def _is_entry(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and value.keys() <= _ENTRY_KEYS
        and all(isinstance(one, str | int) for one in value.values())
    )
