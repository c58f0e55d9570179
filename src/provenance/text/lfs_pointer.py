r"""Pointers: small texts that stand where a large file should, and say where its bytes are kept.

git-lfs: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md, with the addresses of its older
versions. xet wrote pointers of its own before it took those of git-lfs; git-annex writes paths.
"""

import re

import attrs

#: A pointer of git-lfs is shorter than this, in bytes; no longer file is one.
LONGEST_POINTER = 1024
#: A pointer holds at least an address and a digest.
SHORTEST_POINTER = 60
#: A text with a digest in it is at least as long.
SHORTEST_DIGEST = 32

_BOM = b"\xef\xbb\xbf"
_LFS_VERSIONS = (
    b"version https://git-lfs.github.com/spec/v1",
    b"version https://hawser.github.com/spec/v1",
    b"version http://git-media.io/v/2",
)
_LFS_LINE = re.compile(rb"[a-z0-9.-]{1,64} [^\r\n]{1,512}")
_OID = re.compile(rb"oid [a-z0-9]{1,16}:[0-9a-f]{32,128}")
_SIZE = re.compile(rb"size (?P<size>[0-9]{1,20})")
_XET_VERSION = re.compile(rb"# xet version [0-9]{1,9}")
_XET_LINE = re.compile(rb"(?:filesize|hash) *= *[^\r\n]{1,200}")
_XET_SIZE = re.compile(rb"filesize *= *(?P<size>[0-9]{1,20})")
_ANNEX = re.compile(rb"/annex/objects/[A-Z0-9_]{2,32}(?:-[a-zA-Z][0-9]{1,20})*--[^/\r\n]{1,512}")
# What no tool that is known writes, and no weights are: a short text with a digest in it.
_DIGEST = re.compile(
    rb"(?<![0-9A-Za-z])(?:[0-9a-fA-F]{32,128}|bafy[a-z2-7]{40,}|Qm[0-9A-Za-z]{44})"
)
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_ANY_SIZE = re.compile(rb"(?:size|length|bytes)\W{1,8}(?P<size>[0-9]{1,20})\b", re.IGNORECASE)
_ANNEX_SIZE = re.compile(rb"-s(?P<size>[0-9]{1,20})")


@attrs.frozen
class Pointer:
    """A pointer: which tool wrote it, and how many bytes what it stands for has, if it says so."""

    tool: str
    size: int | None = None

    def __str__(self) -> str:
        """Return what a report says of a file that is one."""
        its = f"its {self.size}" if self.size is not None else "its"
        return f"a pointer of {self.tool}: {its} bytes are elsewhere"


def pointer_in(data: bytes) -> Pointer | None:
    r"""Return the pointer that a file's bytes are as a whole; ``None`` for any other file.

    A text that quotes a pointer is none, nor is one with other lines beside the pointer's own.

    >>> text = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64
    >>> str(pointer_in(text + b"\nsize 12\n"))
    'a pointer of git-lfs: its 12 bytes are elsewhere'
    >>> pointer_in(b"# How pointers look\n" + text) is None
    True
    """
    if not SHORTEST_POINTER <= len(data) <= LONGEST_POINTER:
        return None
    lines = [line for line in data.removeprefix(_BOM).splitlines() if line.strip()]
    return _lfs(lines) or _xet(lines) or _annex(lines)


def reads_as_pointer(data: bytes) -> Pointer | None:
    r"""Return the pointer of an unknown tool that the bytes of a weight file read as.

    Only for files that should hold weights: many a text has a digest in it.

    >>> str(reads_as_pointer(b"store v3\nkey " + b"0" * 64 + b"\nsize: 12\n"))
    'a pointer of an unknown tool: its 12 bytes are elsewhere'
    """
    known = pointer_in(data)
    if known or not SHORTEST_DIGEST <= len(data) <= LONGEST_POINTER or _NO_TEXT.search(data):
        return known
    size = _ANY_SIZE.search(data)
    its = int(size["size"]) if size else None
    return Pointer("an unknown tool", its) if _DIGEST.search(data) else None


def _lfs(lines: list[bytes]) -> Pointer | None:
    first, *others = (line.strip() for line in lines) if lines else (b"",)
    if first not in _LFS_VERSIONS or not all(map(_LFS_LINE.fullmatch, others)):
        return None
    size = _size(_SIZE, others)
    if size is None or not any(map(_OID.fullmatch, others)):
        return None
    return Pointer("git-lfs", size)


def _xet(lines: list[bytes]) -> Pointer | None:
    first, *others = (line.strip() for line in lines) if lines else (b"",)
    if not _XET_VERSION.fullmatch(first) or not all(map(_XET_LINE.fullmatch, others)):
        return None
    return Pointer("xet", _size(_XET_SIZE, others)) if others else None


def _annex(lines: list[bytes]) -> Pointer | None:
    if len(lines) != 1 or not _ANNEX.fullmatch(lines[0].strip()):
        return None
    match = _ANNEX_SIZE.search(lines[0])
    return Pointer("git-annex", int(match["size"]) if match else None)


def _size(pattern: re.Pattern[bytes], lines: list[bytes]) -> int | None:
    match = next(filter(None, map(pattern.fullmatch, lines)), None)
    return int(match["size"]) if match else None
