"""What Keras keeps of a model as text, in HDF5 or beside a graph: layers that are code."""

import json
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

import attrs

from provenance.recipe.code.loader_libraries import KERAS, KERAS_RUNS
from provenance.recipe.code.loader_rules import KERAS_CLASS, LAMBDA, LoaderRule

_FUNCTION_NAMES: Final = frozenset({"Lambda", "__lambda__", "TFSMLayer", "TorchModuleWrapper"})
_MODULE: Final = "module"
_REGISTERED: Final = "registered_name"
_CONFIG: Final = "config"
# Where none of it stands, another tool's text was looked at.
_CLASS: Final = "class_name"
_WORDS: Final = (*sorted(_FUNCTION_NAMES), _MODULE, _REGISTERED, _CONFIG, _CLASS)


def _letters(word: str) -> bytes:
    """Return a pattern of a word in JSON, each letter as it is or as an escape."""
    return b"".join(rb"(?:%c|\\u00%02x)" % (one, one) for one in word.encode())


_TELLING: Final = re.compile(rb'"(?:%b)"' % b"|".join(map(_letters, _WORDS)), re.IGNORECASE)
_BLANKS: Final = rb"[ \t\r\n]*"
_VALUE: Final = re.compile(_BLANKS + rb":" + _BLANKS + rb'("(?:[^"\\]|\\.)*")?', re.DOTALL)
_UNFINISHED: Final = re.compile(
    _BLANKS + rb"(?::" + _BLANKS + rb'(?:"(?:[^"\\]|\\.)*\\?)?)?\Z', re.DOTALL
)
#: A key and its value that stand further apart, or a longer value, are not read.
LONGEST_PAIR: Final = 4096
_CHUNK: Final = 2**20
_MARK: Final = b"\x89HDF\r\n\x1a\n"
_FIRST_BLOCK: Final = 512
_LONGEST_NAME: Final = 200


@attrs.frozen
class KerasRead:
    """The code that the text of a model names, and why it may name more; empty: no doubt."""

    named: tuple[tuple[LoaderRule, str], ...] = ()
    doubt: str = ""


def is_behind_user_block(file: BinaryIO, size: int) -> bool:
    """Tell whether HDF5 begins after bytes of the user's: at 512, 1024, and each double of it.

    https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html, *Superblock*.
    """
    at = _FIRST_BLOCK
    while at + len(_MARK) <= size:
        file.seek(at)
        if file.read(len(_MARK)) == _MARK:
            return True
        at *= 2
    return False


def read_keras(file: BinaryIO, *, registered: bool) -> KerasRead:
    """Return what code the text of a model names, wherever in the file it stands.

    ``registered`` asks for registered names, too: what is kept beside a graph has many of them,
    and is built from the graph where nobody registered them.
    """
    found: dict[tuple[LoaderRule, str], None] = {}
    doubt = ""
    of_keras = False
    for key, rest in _keys(file):
        if key == _CLASS:
            of_keras = True
        elif key in _FUNCTION_NAMES:
            found[LAMBDA, key] = None
        elif key in {_MODULE, _CONFIG} or (key == _REGISTERED and registered):
            value = _value(rest)
            if value is None:
                doubt = f"{key} stands too far from what it names"
            elif _is_foreign(key, value):
                found[KERAS_CLASS, value[:_LONGEST_NAME]] = None
    named = tuple(one for one in found if of_keras or one[0] is LAMBDA)
    return KerasRead(named, doubt if of_keras else "")


def _keys(file: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """Yield the words that tell, apart by case, each with the bytes that follow it."""
    file.seek(0)
    window, end = b"", False
    while not end:
        chunk = file.read(_CHUNK)
        window, end = window + chunk, not chunk
        left = len(window) if end else max(0, len(window) - LONGEST_PAIR)
        for one in _TELLING.finditer(window):
            if one.start() < left:
                word = json.loads(one[0])
                yield word, window[one.end() : one.end() + LONGEST_PAIR]
        window = window[left:]


def _value(rest: bytes) -> str | None:
    """Return the text that a key stands before, none of it for no text; ``None``: not all read."""
    whole = len(rest) < LONGEST_PAIR
    match = _VALUE.match(rest)
    if match and match[1]:
        try:
            return str(json.loads(match[1].decode("utf-8", "replace"), strict=False))
        except ValueError:
            return None
    return None if not whole and _UNFINISHED.match(rest) else ""


def _is_foreign(key: str, value: str) -> bool:
    if key == _MODULE:
        return bool(value) and value.split(".", maxsplit=1)[0] not in KERAS
    if key == _CONFIG:
        return value in KERAS_RUNS
    package, apart, _ = value.partition(">")
    return bool(apart) and package not in KERAS
