"""Make the table of licences that texts are compared with, from copies of the texts.

    python tools/license_table.py --scancode WHEEL --npm TARBALL --texts FOLDER [--debian FOLDER]

``tools/licenses.toml`` says which texts, where they come from, and their SHA-256. Licences that
SPDX lists are kept as words, all others as digests of words, so that their texts are not copied.
"""

import argparse
import base64
import hashlib
import json
import lzma
import re
import struct
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from provenance.recipe.licenses.license_shingles import anchors, prints
from provenance.recipe.licenses.license_words import LONGEST_TITLE, without_title, words_of

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "src" / "provenance" / "recipe" / "licenses" / "licenses.jsonl.xz"
Words = tuple[str, ...]
Known = dict[Words, Iterable[str]]

#: Headlines that fit any licence.
NEUTRAL = ("license", "the license", "license agreement", "licensing", "copying")
#: The names under which Debian keeps further layouts of what SPDX lists.
DEBIAN = {
    "Apache-2.0": "Apache-2.0",
    "Artistic": "Artistic-1.0-Perl",
    "CC0-1.0": "CC0-1.0",
    "GFDL-1.2": "GFDL-1.2-only",
    "GFDL-1.3": "GFDL-1.3-only",
    "GPL-2": "GPL-2.0-only",
    "GPL-3": "GPL-3.0-only",
    "LGPL-2": "LGPL-2.0-only",
    "LGPL-2.1": "LGPL-2.1-only",
    "LGPL-3": "LGPL-3.0-only",
    "MPL-1.1": "MPL-1.1",
    "MPL-2.0": "MPL-2.0",
}
_END = ["end", "of", "terms", "and", "conditions"]
_NOTICE = ["licensed", "under", "the", "apache", "license"]
_EXERCISING = ["by", "exercising", "the", "licensed", "rights"]
_NOT_A_PARTY = (
    ["creative", "commons", "is", "not", "a", "party", "to", "its", "public", "licenses"],
    ["creative", "commons", "is", "not", "a", "party", "to", "this", "license"],
    ["creative", "commons", "notice"],
)
#: A text that says only where the terms stand is no licence to be recognised by.
LEAST_WORDS = 12
#: A longer first line is a sentence.
LONGEST_FIRST_LINE = 10


class Text(NamedTuple):
    """One copy of a licence: its id, the names that it goes by, and whether words may be kept."""

    id: str
    names: tuple[str, ...]
    text: str
    listed: bool


def of_scancode(wheel: Path, wanted: dict[str, str]) -> Iterator[Text]:
    """Yield the texts with an SPDX id, and those that are asked for by their key."""
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            if not name.startswith("licensedcode/data/licenses/") or not name.endswith(".LICENSE"):
                continue
            parts = re.split(
                r"^---[ \t]*\n?", archive.read(name).decode(), maxsplit=2, flags=re.MULTILINE
            )
            about, text = yaml.load(parts[1], yaml.CSafeLoader), "".join(parts[2:])
            listed = str(about.get("spdx_license_key", "LicenseRef-"))
            own = wanted.get(about["key"])
            if about.get("is_exception") or not (own or not listed.startswith("LicenseRef-")):
                continue
            yield Text(own or listed, (about["name"], about["short_name"]), text, own is None)


def of_npm(tarball: Path) -> Iterator[Text]:
    """Yield the texts of the SPDX list."""
    with tarfile.open(tarball) as archive:
        for member in sorted(archive.getmembers(), key=lambda one: one.name):
            found = re.fullmatch(r"package/licenses/(.+)\.json", member.name)
            file = archive.extractfile(member) if found else None
            if found and file:
                row = json.load(file)
                yield Text(found[1], (row["name"], found[1]), row["licenseText"], listed=True)


def of_texts(folder: Path, rows: list[dict[str, str]]) -> Iterator[Text]:
    """Yield the texts that are named one by one, each of which has to be the one that was meant."""
    for row in rows:
        data = (folder / row["file"]).read_bytes()
        if hashlib.sha256(data).hexdigest() != row["sha256"]:
            sys.exit(f"{row['file']} is not the text that licenses.toml names")
        yield Text(row["id"], (), data.decode(), listed=False)


def of_debian(folder: Path) -> Iterator[Text]:
    """Yield further layouts."""
    for name, license_id in DEBIAN.items():
        yield Text(license_id, (), (folder / name).read_text("utf-8", "replace"), listed=True)


def find(words: Words, phrase: list[str], start: int = 0) -> int:
    """Return where a phrase begins, or -1."""
    size = len(phrase)
    ends = range(start, len(words) - size + 1)
    return next((at for at in ends if list(words[at : at + size]) == phrase), -1)


def layouts(words: Words) -> Iterator[Words]:
    """Yield a licence with and without the parts that its own text calls no part of the terms."""
    yield words
    end = find(words, _END)
    if end >= 0:
        whole = words[: end + len(_END)]
        yield words[:end]
        yield whole
        notice = find(words, _NOTICE, end)
        if notice >= 0:
            yield whole + words[notice:]
    start = find(words, _EXERCISING)
    heads = [at for at in range(max(start, 0)) if words[at : at + 2] == ("creative", "commons")]
    begins = [0, *heads[-1:]]
    ends = [at for one in _NOT_A_PARTY if (at := find(words, one, len(words) // 2)) >= 0]
    for begin in begins:
        for end in (*ends, len(words)):
            yield words[begin:end]


def titles_of(text: Text) -> Iterator[Words]:
    """Yield the headlines that name this licence, from its names and its first line."""
    first = next((line for line in text.text.splitlines() if words_of(line)), "")
    for name in text.names:
        for written in (name, f"{name} license", f"{name} {text.id}", text.id):
            if written.startswith("LicenseRef-"):
                continue
            yield words_of(written)
            yield words_of(f"the {written}")
        yield words_of(
            re.sub(r"\bLicen[cs]e,? (?:version )?v?(\d[\d.]*)", r"License, Version \1", name)
        )
        yield words_of(re.sub(r'"[^"]*" (?:or "[^"]*" )?', "", name))
    headed = re.search(r"licen[cs]e|agreement|terms of use|rail", first, re.IGNORECASE)
    if headed and len(words_of(first)) <= LONGEST_FIRST_LINE:
        yield words_of(first)


def all_titles(texts: Iterable[Text]) -> dict[Words, set[str]]:
    """Return every headline, with the licences that it names."""
    found: dict[Words, set[str]] = {words_of(one): set() for one in NEUTRAL}
    for text in texts:
        for title in titles_of(text):
            if 1 < len(title) <= LONGEST_TITLE:
                found.setdefault(title, set()).add(text.id)
    return found


def plainest(license_id: str, every: set[str]) -> tuple[bool, bool, int, str]:
    """Sort ids of the very same words: one that says least beyond them comes first."""
    replaced = license_id.endswith("+") or f"{license_id}-only" in every
    return replaced, license_id.endswith("-or-later"), len(license_id), license_id


def records(texts: list[Text]) -> Iterator[dict[str, object]]:
    """Yield the lines of the table: first the headlines, then one line for each layout."""
    titles = all_titles(texts)
    yield {"titles": {" ".join(one): sorted(ids) for one, ids in sorted(titles.items())}}
    ids: dict[Words, set[str]] = {}
    listed: dict[str, bool] = {}
    for text in texts:
        whole = words_of(text.text)
        # What SPDX does not list may have its restrictions behind the end of its terms.
        for words in layouts(whole) if text.listed else (whole,):
            terms, _ = without_title(words, titles)
            if len(terms) >= LEAST_WORDS:
                ids.setdefault(terms, set()).add(text.id)
        listed[text.id] = listed.get(text.id, False) or text.listed
    every = set(listed)
    for words, named in sorted(ids.items(), key=lambda one: (sorted(one[1]), one[0])):
        first, *same = sorted(named, key=lambda one: plainest(one, every))
        row: dict[str, object] = {"id": first, "same": same, "anchors": packed(anchors(words))}
        if all(listed[one] for one in named):
            row["words"] = " ".join(words)
        else:
            row["sha256"] = hashlib.sha256(" ".join(words).encode()).hexdigest()
            row["size"] = len(words)
            row["prints"] = base64.b64encode(b"".join(prints(words))).decode()
        yield row


def packed(checksums: tuple[int, ...]) -> str:
    """Return checksums as text."""
    return base64.b64encode(struct.pack(f">{len(checksums)}I", *checksums)).decode()


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scancode", type=Path, required=True)
    parser.add_argument("--npm", type=Path, required=True)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--debian", type=Path, default=Path("/usr/share/common-licenses"))
    given = parser.parse_args()
    plan = tomllib.loads((ROOT / "tools" / "licenses.toml").read_text("utf-8"))
    for path, name in ((given.scancode, "scancode-sha256"), (given.npm, "npm-sha256")):
        if hashlib.sha256(path.read_bytes()).hexdigest() != plan["spdx"][name]:
            sys.exit(f"{path} is not what licenses.toml names")
    texts = [
        *of_scancode(given.scancode, plan["scancode"]),
        *of_npm(given.npm),
        *of_texts(given.texts, plan["text"]),
        *of_debian(given.debian),
    ]
    lines = [json.dumps(one, sort_keys=True, ensure_ascii=False) for one in records(texts)]
    data = "\n".join(lines).encode()
    TABLE.write_bytes(lzma.compress(data, format=lzma.FORMAT_XZ, preset=9 | lzma.PRESET_EXTREME))
    print(f"{len(lines) - 1} layouts, {len(data):,} bytes, packed {TABLE.stat().st_size:,}")


if __name__ == "__main__":
    main()
