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
    r"""Return this tool's name, version and digest.

    The digest is the SHA-256 over ``<sha256 of the file> <path>\\n`` of every source file of the
    package, in order of path: it names the code that ran, not the archive that it came in.
    """
    return Tool(NAME, version, _own_digest())


@cache
def _own_digest() -> Digest:
    lines = "".join(f"{digest} {path}\n" for path, digest in sorted(_files(files(_PACKAGE), "")))
    return Digest(Algorithm.SHA256, hashlib.sha256(lines.encode()).digest())


def _files(folder: Traversable, prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for entry in folder.iterdir():
        path = f"{prefix}{entry.name}"
        if entry.is_dir():
            found += _files(entry, f"{path}/")
        elif path.endswith(_SOURCE_SUFFIXES):
            found.append((path, hashlib.sha256(entry.read_bytes()).hexdigest()))
    return found
