"""Tokenizers: which kind of vocabulary their files hold, and how large it is."""

import hashlib
from collections.abc import Iterable, Sequence

import attrs

from provenance.errors import Code, TextError
from provenance.recipe.documents.vocabulary import MOST_ITEMS, Vocabulary, vocabulary_in
from provenance.text.budget import Allowance
from provenance.values.address import Address
from provenance.values.digest import Algorithm, Digest
from provenance.values.evidence import Where
from provenance.values.facts import TokenizerFacts, TokenizerFile
from provenance.values.hazard import Hazard
from provenance.values.look import Look, Missing, Seen, Unseen

# What loaders look for first.
_FIRST = ("tokenizer.json", "tekken.json")


@attrs.frozen
class TokenizerRead:
    """What files hold of a tokenizer, and what is odd about them."""

    look: Look[TokenizerFacts]
    hazards: tuple[Hazard, ...] = ()


@attrs.frozen
class _Read:
    """One file, and what it was recognised as."""

    file: TokenizerFile
    found: Vocabulary


def read_tokenizer(files: Iterable[tuple[str, bytes | Unseen]], *, home: Address) -> TokenizerRead:
    """Return what the files of a tokenizer hold, each looked at and let go.

    One that could not be read leaves the tokenizer unseen where no other file in its folder holds
    the vocabulary; several folders are one tokenizer each, and count as the least of them.

    Args:
        files: the files by path, with their bytes or why those are not here.
        home: the release or repository that they are files of.

    """
    read: dict[str, list[_Read]] = {}
    unseen: dict[str, list[Unseen]] = {}
    hazards: list[Hazard] = []
    allowance = Allowance(MOST_ITEMS, "values")
    for path, data in files:
        folder = path.rpartition("/")[0]
        one = data if isinstance(data, Unseen) else _look(path, data, home, hazards, allowance)
        if isinstance(one, Unseen):
            unseen.setdefault(folder, []).append(one)
        else:
            read.setdefault(folder, []).append(one)
    looks = {
        folder: _of_folder(sorted(read.get(folder, ()), key=_preferred), unseen.get(folder, ()))
        for folder in sorted({*read, *unseen})
    }
    return TokenizerRead(_together(looks), tuple(hazards))


def _look(
    path: str, data: bytes, home: Address, hazards: list[Hazard], allowance: Allowance
) -> _Read | Unseen:
    try:
        found = vocabulary_in(path, data, allowance)
    except TextError as error:
        hazards.append(Hazard(error.code, path, error.what))
        return Unseen(f"{path} cannot be read: {error.what}", error.code)
    if found is None:
        return Unseen(f"{path} is of a kind that is not read", Code.NOT_COVERED)
    hazards += found.hazards
    return _Read(tokenizer_file(path, data, home.file(path)), found)


def tokenizer_file(path: str, data: bytes, address: Address) -> TokenizerFile:
    """Return a file of a tokenizer, which stands at ``address``."""
    # What git calls it: repositories list their files by nothing else.
    blob = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False)
    where = Where(address, Digest(Algorithm.SHA256, hashlib.sha256(data).digest()))
    return TokenizerFile(path, Digest(Algorithm.GIT_BLOB, blob.digest()), where)


def _preferred(one: _Read) -> tuple[bool, bool, str]:
    name = one.file.path.rpartition("/")[2]
    return one.found.part, name not in _FIRST, one.file.path


def _of_folder(read: Sequence[_Read], unseen: Sequence[Unseen]) -> Look[TokenizerFacts]:
    """Return the tokenizer in one folder: the first file that holds a vocabulary is it."""
    whole = [one for one in read if one.found.size and not one.found.part]
    if whole:
        files = tuple(sorted((one.file for one in read), key=lambda it: it.path))
        first = whole[0]
        size = first.found.size if first.found.of_one else None
        return Seen(TokenizerFacts(first.file.where, first.found.kind, size, files=files))
    if unseen:
        return unseen[0]
    names = ", ".join(sorted(one.file.path for one in read))
    if any(one.found.part and one.found.size for one in read):
        return Unseen(f"{names} holds a part of a tokenizer, without its vocabulary")
    return Missing(f"none of {names} holds a vocabulary", tuple(one.file.where for one in read))


def _together(looks: dict[str, Look[TokenizerFacts]]) -> Look[TokenizerFacts]:
    """Return the tokenizer at the top; without one, the folders' together."""
    if not isinstance(top := looks.get("", Missing("")), Missing):
        return top
    every = list(looks.values())
    if unseen := next((one for one in every if isinstance(one, Unseen)), None):
        return unseen
    seen = [one.value for one in every if isinstance(one, Seen)]
    if seen:
        return Seen(attrs.evolve(seen[0], files=tuple(f for one in seen for f in one.files)))
    return every[0] if every else Missing("there is no tokenizer file")
