"""Lists of SHA-256 digests as ``sha256sum`` writes them: a line for each file.

The format is that of GNU coreutils ("md5 invocation" in its manual), with
the BSD form of ``--tag``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from provenance.errors import Code, TextError

_LINE = re.compile(r"(?P<escaped>\\?)(?P<digest>[0-9a-fA-F]{64}) [ *](?P<name>.+)")
_TAGGED = re.compile(r"(?P<escaped>\\?)SHA256 \((?P<name>.+)\) = (?P<digest>[0-9a-fA-F]{64})")
_ESCAPES: Mapping[str, str] = {"\\\\": "\\", "\\n": "\n", "\\r": "\r"}
_ESCAPED = re.compile(r"\\.?", re.DOTALL)
_UNESCAPED = re.compile(r"[\\\n\r]")


def write(rows: Iterable[tuple[str, bytes]]) -> Iterator[str]:
    """Yield a line for each path and its digest; a name with a backslash or newline is escaped."""
    for path, digest in rows:
        # Two quick looks let most names through; what they stop may still need no escape.
        if ("\\" in path or not path.isprintable()) and _UNESCAPED.search(path):
            shown = _UNESCAPED.sub(lambda found: _escape(found[0]), path)
            yield f"\\{digest.hex()}  {shown}\n"
        else:
            yield f"{digest.hex()}  {path}\n"


def parse(data: bytes) -> dict[str, bytes]:
    """Read a list: digests by path. Empty lines and lines that begin with ``#`` are passed over.

    Raises:
        TextError: SUM_LIST for a line of another form, a path that is there twice with two
            digests, or a list without a line.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError as cause:
        raise _wrong("it is not UTF-8") from cause
    found: dict[str, bytes] = {}
    for number, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r")  # noqa: PLW2901 - the ending of a line is no part of it
        if not line or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line) or _TAGGED.fullmatch(line)
        if match is None:
            raise _wrong(f"line {number} is {line[:80]!a}")
        name = _plain(match["name"], number) if match["escaped"] else match["name"]
        digest = bytes.fromhex(match["digest"])
        if found.setdefault(name, digest) != digest:
            raise _wrong(f"line {number} names {name[:80]!a} again, with another digest")
    if not found:
        raise _wrong("it names no file")
    return found


def _escape(char: str) -> str:
    return next(escape for escape, plain in _ESCAPES.items() if plain == char)


def _plain(name: str, number: int) -> str:
    def plain(found: re.Match[str]) -> str:
        if found[0] not in _ESCAPES:
            raise _wrong(f"line {number} holds the escape {found[0]!a}")
        return _ESCAPES[found[0]]

    return _ESCAPED.sub(plain, name)


def _wrong(what: str) -> TextError:
    return TextError(
        f"this is no list of SHA-256 digests: {what}",
        hint="give what sha256sum or provenance digest writes",
        code=Code.SUM_LIST,
    )
