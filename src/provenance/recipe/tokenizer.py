"""Tokenizers: which kind of vocabulary a file holds, and how large it is."""

import hashlib
from collections.abc import Mapping

from provenance.errors import TextError
from provenance.text.budget import Budget
from provenance.text.strict_json import JsonValue, parse
from provenance.values.digest import Algorithm, Digest
from provenance.values.evidence import Where
from provenance.values.facts import TokenizerFacts, TokenizerFile

# The largest known tokenizer.json files come near 35 MB.
_BUDGET = Budget(bytes=64 * 2**20, depth=64, items=8_000_000)
# A SentencePiece model is a protocol buffer that begins with a piece (field 1, with a length).
_SENTENCEPIECE = b"\x0a"


def read_tokenizer(files: Mapping[str, bytes], *, uri: str) -> TokenizerFacts | str:
    """Return what the tokenizer files hold, or why they hold no vocabulary.

    Args:
        files: the tokenizer's files by path; the first of a known kind counts.
        uri: the repository at its revision; a file's own name is ``uri/path``.

    """
    for path, data in sorted(files.items(), key=_preferred):
        found = _kind(path, data)
        if found:
            every = tuple(_file(name, files[name], uri) for name in sorted(files))
            return TokenizerFacts(_where(path, data, uri), *found, files=every)
    return f"none of {', '.join(sorted(files))} holds a vocabulary of a known kind"


def _where(path: str, data: bytes, uri: str) -> Where:
    return Where(f"{uri}/{path}", Digest(Algorithm.SHA256, hashlib.sha256(data).digest()))


def _file(path: str, data: bytes, uri: str) -> TokenizerFile:
    # What git calls it: repositories list their files by nothing else.
    blob = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False)
    return TokenizerFile(path, Digest(Algorithm.GIT_BLOB, blob.digest()), _where(path, data, uri))


def _preferred(item: tuple[str, bytes]) -> tuple[bool, str]:
    return item[0] != "tokenizer.json", item[0]


def _kind(path: str, data: bytes) -> tuple[str, int | None] | None:
    if path.endswith(".json"):
        return _json_kind(path, data)
    if path.endswith(".model"):
        return ("sentencepiece", None) if data.startswith(_SENTENCEPIECE) else None
    lines = len(data.splitlines())
    return ("word list", lines) if path == "vocab.txt" and lines else None


def _json_kind(path: str, data: bytes) -> tuple[str, int] | None:
    try:
        value = parse(data, budget=_BUDGET)
    except TextError:
        return None
    vocabulary = value
    kind = "vocabulary"
    if path == "tokenizer.json" and isinstance(value, dict):
        model = value.get("model")
        vocabulary = model.get("vocab") if isinstance(model, dict) else None
        kind = str(model.get("type", "unnamed")) if isinstance(model, dict) else kind
    if path == "tekken.json" and isinstance(value, dict):
        vocabulary, kind = value.get("vocab"), "tekken"
    size = _size(vocabulary)
    return (kind, size) if size else None


def _size(vocabulary: JsonValue) -> int:
    return len(vocabulary) if isinstance(vocabulary, dict | list) else 0
