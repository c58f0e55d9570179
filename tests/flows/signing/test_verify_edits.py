"""A signed release, edited once in every way: nothing gets through."""

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.errors import Code, ProvenanceError, VerificationError
from provenance.flows.signing.closed_world import FilesDifferError
from provenance.values.difference import Change
from tests.flows.signed import FILES, manifest, release, signed, verified

HowMany = Callable[[int, int], int]
Changes = dict[str, Change]
Edit = Callable[[Path, random.Random], Changes]

BUNDLE_CODES = {
    *(Code.BUNDLE_JSON, Code.BUNDLE_SHAPE, Code.BUNDLE_MEDIA_TYPE, Code.BUNDLE_MATERIAL),
    *(Code.BUNDLE_BASE64, Code.SIGNATURE, Code.KEY_UNTRUSTED, Code.JSON_NOT_CANONICAL),
    *(Code.JSON_DUP_KEY, Code.JSON_ENCODING, Code.JSON_TRAILING),
}


def edited(data: bytes, chance: random.Random) -> bytes:
    """Return the data with one byte changed, added or taken away, and never as it was."""
    place = chance.randrange(len(data) + 1)
    byte = bytes([chance.randrange(256)])
    found = chance.choice(
        (
            data[:place] + byte + data[place + 1 :],
            data[:place] + byte + data[place:],
            data[:place] + data[place + 1 :],
        )
    )
    return found if found not in {data, data + b"\n"} else edited(data, chance)


def test_no_edited_byte_of_the_bundle_gets_through(tmp_path: Path, how_many: HowMany) -> None:
    folder = release(tmp_path)
    bundle = signed(manifest(folder))
    chance = random.Random(1)  # noqa: S311 - the same edits in every run

    for _ in range(how_many(200, 10_000)):
        found = edited(bundle, chance)
        with pytest.raises(VerificationError) as caught:
            verified(found, folder)
        assert caught.value.code in BUNDLE_CODES


def test_no_edited_byte_of_a_file_gets_through(tmp_path: Path, how_many: HowMany) -> None:
    folder = release(tmp_path)
    bundle = signed(manifest(folder))
    chance = random.Random(2)  # noqa: S311 - the same edits in every run

    for name, data in FILES.items():
        for _ in range(how_many(100, 1000) // len(FILES) + 1):
            (folder / name).write_bytes(edited(data, chance))
            with pytest.raises(FilesDifferError) as caught:
                verified(bundle, folder)
            assert caught.value.code is Code.FILE_CHANGED
            assert [one.path.text for one in caught.value.differences] == [name]
        (folder / name).write_bytes(data)

    assert verified(bundle, folder).checked.files == len(FILES)


def _one(chance: random.Random) -> str:
    return chance.choice(sorted(FILES))


def _add(folder: Path, chance: random.Random) -> Changes:
    name = chance.choice((".a", "z", "code/.b", "new/c", "model.sig.d", ".git/config"))
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(chance.randbytes(chance.randrange(3)))
    return {name: Change.ADDED}


def _remove(folder: Path, chance: random.Random) -> Changes:
    name = _one(chance)
    (folder / name).unlink()
    return {name: Change.REMOVED}


def _rename(folder: Path, chance: random.Random) -> Changes:
    name = _one(chance)
    other = chance.choice((f"{name}~", "code/moved", "Moved"))
    (folder / name).rename(folder / other)
    return {name: Change.REMOVED, other: Change.ADDED}


def _retype(folder: Path, chance: random.Random) -> Changes:
    """Put a link in a file's place that leads to the same bytes, where nobody looks."""
    name = _one(chance)
    path = folder / name
    path.rename(folder / "model.sig")
    path.symlink_to(os.path.relpath(folder / "model.sig", path.parent))
    return {name: Change.RETYPED}


def _swap(folder: Path, chance: random.Random) -> Changes:
    one, other = chance.sample(sorted(FILES), 2)
    (folder / one).write_bytes(FILES[other])
    (folder / other).write_bytes(FILES[one])
    return {one: Change.CHANGED, other: Change.CHANGED}


def _become_a_folder(folder: Path, chance: random.Random) -> Changes:
    name = _one(chance)
    (folder / name).unlink()
    (folder / name).mkdir()
    (folder / name / "inside").write_bytes(b"")
    return {name: Change.REMOVED, f"{name}/inside": Change.ADDED}


EDITS: dict[str, Edit] = {
    "added": _add,
    "removed": _remove,
    "renamed": _rename,
    "retyped": _retype,
    "swapped": _swap,
    "a folder instead": _become_a_folder,
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_no_edited_entry_gets_through(edit: Edit, tmp_path: Path, how_many: HowMany) -> None:
    bundle = signed(manifest(release(tmp_path / "signed")))

    for number in range(how_many(20, 200)):
        folder = release(tmp_path / str(number))
        chance = random.Random(number)  # noqa: S311 - the same edits in every run
        expected = edit(folder, chance)
        with pytest.raises(FilesDifferError) as caught:
            verified(bundle, folder)
        first, *_ = caught.value.differences
        assert {one.path.text: one.change for one in caught.value.differences} == expected
        assert caught.value.code is Code(f"FILE_{first.change.name}")
        assert caught.value.what.startswith(f"{first.path.text!a} ")


def test_every_one_of_these_errors_says_what_to_do(tmp_path: Path) -> None:
    folder = release(tmp_path)
    bundle = signed(manifest(folder))
    (folder / "README.md").write_bytes(b"# A mode1\n")

    with pytest.raises(ProvenanceError) as caught:
        verified(bundle, folder)

    assert caught.value.hint
    assert "\n" not in f"{caught.value.what}{caught.value.hint}"
