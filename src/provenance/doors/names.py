"""Names of files that deceive a reader, or that not every system can hold."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from provenance.errors import Code
from provenance.values.hazard import Hazard

# The files that tools look for by name: an imitation of one of them is never an accident.
EXPECTED = frozenset(
    {
        "LICENSE",
        "LICENSE.md",
        "LICENSE.txt",
        "README.md",
        "USE_POLICY.md",
        "adapter_config.json",
        "adapter_model.safetensors",
        "added_tokens.json",
        "chat_template.jinja",
        "config.json",
        "generation_config.json",
        "merges.txt",
        "model.safetensors",
        "model.safetensors.index.json",
        "preprocessor_config.json",
        "pytorch_model.bin",
        "requirements.txt",
        "special_tokens_map.json",
        "tokenizer.json",
        "tokenizer.model",
        "tokenizer_config.json",
        "train.py",
        "training_args.bin",
        "vocab.json",
        "vocab.txt",
    }
)

# Letters of other scripts that are drawn like a Latin letter: a part of the table of Unicode
# Technical Standard 39 (confusables.txt), for Cyrillic and Greek, and for dashes, dots and
# slashes that imitate ASCII. Each entry is a code point in four hex digits and what it looks like.
_TABLE = """
    0131i 0251a 0261g 0391A 0392B 0395E 0396Z 0397H 0399I 039aK 039cM 039dN 039fO 03a1P
    03a4T 03a5Y 03a7X 03b1a 03b3y 03b9i 03bak 03bdv 03bfo 03c1p 03c5u 03c7x 0405S 0406I 0408J
    0410A 0412B 0415E 041aK 041cM 041dH 041eO 0420P 0421C 0422T 0423Y 0425X 0430a 0432b 0435e
    043ak 043cm 043dh 043eo 0440p 0441c 0442t 0443y 0445x 0455s 0456i 0458j 0475v 04bbh 04cfl
    0501d 051aQ 051bq 051cW 051dw 2010- 2011- 2012- 2013- 2014- 2044/ 2212- 2215/
"""
_LOOKALIKES = {int(pair[:4], 16): pair[4:] for pair in _TABLE.split()}
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_LETTERS = re.compile(r"[^\W\d_]+")
# The Unicode characters with the property Bidi_Control.
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# The zero-width joiner and non-joiner carry meaning in several scripts and in emoji.
_JOINERS = frozenset("\u200c\u200d")

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file: reserved whatever the ending.
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])(?:\..*)?",
    re.IGNORECASE | re.DOTALL,
)
_UNPORTABLE = re.compile(r'[\\:<>"|?*]|[. ]\Z')


def name_hazards(paths: Iterable[str]) -> tuple[Hazard, ...]:
    """Return what is wrong with the names of one listing, sorted, each trouble of a path once.

    Knows look-alikes of Latin names (NAME_CONFUSABLE), characters that reorder text (BIDI), names
    that other systems cannot hold (NAME_PORTABLE), and names that become one where case is ignored
    (NAME_CASEFOLD). Paths are relative, with ``/`` between their parts.
    """
    listed = sorted(set(paths))
    parts = {part for path in listed for part in path.split("/")}
    troubles = {part: tuple(_part_troubles(part, parts)) for part in parts}
    found = {
        Hazard(code, path, detail)
        for path in listed
        for part in path.split("/")
        for code, detail in troubles[part]
    }
    return tuple(sorted(found | set(_collisions(listed))))


def _part_troubles(part: str, parts: set[str]) -> Iterator[tuple[Code, str]]:
    if _UNPORTABLE.search(part) or _RESERVED.fullmatch(part):
        yield Code.NAME_PORTABLE, f"{part!a} cannot be a name on every system"
    if part.isascii():
        return
    if _BIDI.search(part):
        yield Code.BIDI, f"{part!a} holds characters that reorder text"
    if _hides(part):
        yield Code.NAME_CONFUSABLE, f"{part!a} holds characters that cannot be seen"
    plain = skeleton(part)
    if plain != part and (plain in EXPECTED or plain in parts):
        yield Code.NAME_CONFUSABLE, f"{part!a} looks like {plain!a}"
    elif any(_mixes(run) for run in _LETTERS.findall(part)):
        yield Code.NAME_CONFUSABLE, f"{part!a} mixes alphabets within a word"


def skeleton(name: str) -> str:
    """Return the name that a reader may take this one for: look-alikes become Latin letters."""
    seen = "".join(char for char in name if unicodedata.category(char) != "Cf")
    return unicodedata.normalize("NFKC", seen).translate(_LOOKALIKES)


def _hides(part: str) -> bool:
    return any(
        unicodedata.category(char) == "Cf" and char not in _JOINERS and not _BIDI.match(char)
        for char in part
    )


def _mixes(run: str) -> bool:
    """Whether a word has Latin letters, and others that are drawn like Latin ones."""
    foreign = [char for char in run if _FOREIGN.match(char)]
    return any(ord(char) in _LOOKALIKES for char in foreign) and any(
        unicodedata.name(char, "").startswith("LATIN ") for char in run
    )


def _collisions(listed: list[str]) -> Iterator[Hazard]:
    """Yield one hazard for each path that becomes another's where case is ignored.

    Folders take part too: two spellings of one folder merge on such a system.
    """
    first: dict[str, str] = {}
    known: dict[str, str] = {}
    for path in listed:
        folder = path
        while folder not in known:
            known[folder] = folded = _fold(folder)
            other = first.setdefault(folded, folder)
            if other != folder:
                yield Hazard(Code.NAME_CASEFOLD, folder, f"is {other!a} where case is ignored")
            folder, slash, _ = folder.rpartition("/")
            if not slash:
                break


def _fold(name: str) -> str:
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
