"""The tool itself, by name, version and the digest of its own source files."""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from provenance.values.digest import Algorithm, Digest
from provenance.values.manifest import Tool

NAME = "provenance-verifier"
_PACKAGE = "provenance"
_SOURCE_SUFFIXES = (".py", ".json")


def tool(version: str) -> Tool:
    """Return this tool's name, version and digest.

    The digest is the SHA-256 over ``<sha256 of the file> <path>\\n`` of every source file of the
    package, in order of path: it names the code that ran, not the archive that it came in.
    """
    return Tool(NAME, version, _own_digest())


@cache
def _own_digest() -> Digest:
    lines = sorted(_lines(files(_PACKAGE), ""))
    return Digest(Algorithm.SHA256, hashlib.sha256("".join(lines).encode()).digest())


def _lines(folder: Traversable, prefix: str) -> list[str]:
    found: list[str] = []
    for entry in folder.iterdir():
        path = f"{prefix}{entry.name}"
        if entry.is_dir():
            found += _lines(entry, f"{path}/")
        elif path.endswith(_SOURCE_SUFFIXES):
            found.append(f"{hashlib.sha256(entry.read_bytes()).hexdigest()} {path}\n")
    return found
