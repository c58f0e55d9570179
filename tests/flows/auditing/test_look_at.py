from pathlib import Path

import attrs
import pytest

from provenance.errors import Code, ReleaseError, TextError
from provenance.flows.auditing.desk import Desk, Document
from provenance.flows.auditing.look_at import UNREAD, look_at, one_bad_file
from provenance.sources.local import LocalSource
from provenance.stores.evidence import EvidenceStore
from provenance.values.hazard import Hazard
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.settings import Budget
from tests.building import TOY, claimed, read
from tests.charlm import MODEL, noon


def size(document: Document) -> Look[int]:
    return Seen(len(document.data))


def test_a_file_is_read_missing_or_could_not_be_looked_at() -> None:
    desk = Desk(
        LocalSource(MODEL, budget=Budget(), clock=noon),
        EvidenceStore(None),
        noon,
        TOY,
    )
    listed = Inventory((read("config.json"), claimed("README.md")))

    assert look_at("config.json", listed, desk, size) == Seen(
        (MODEL / "config.json").stat().st_size
    )
    assert look_at("README.md", listed, desk, size) == UNREAD
    assert isinstance(look_at("LICENSE", listed, desk, size), Missing)
    in_part = Inventory(listed.entries, complete=False)
    assert isinstance(look_at("LICENSE", in_part, desk, size), Unseen)


POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 9\n" % (b"0" * 64)


def sized(size: int) -> FileEntry:
    return attrs.evolve(read("a"), size=size)


def desk_at(folder: Path, *, strict: bool = False) -> Desk:
    source = LocalSource(folder, budget=Budget(), clock=noon)
    return Desk(source, EvidenceStore(None), noon, TOY, strict=strict)


def broken(document: Document) -> Look[int]:
    raise TextError(f"{len(document.data)} bytes are odd", code=Code.YAML_TAG)


def test_what_is_wrong_with_one_file_is_a_hazard_and_leaves_it_unknown(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"123")
    hazards: list[Hazard] = []

    look = look_at("a", Inventory((sized(3),)), desk_at(tmp_path), broken, hazards)

    assert look == Unseen("3 bytes are odd", Code.YAML_TAG)
    assert hazards == [Hazard(Code.YAML_TAG, "a", "3 bytes are odd")]


def test_a_strict_desk_ends_at_the_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"123")
    listed = Inventory((sized(3),))

    with pytest.raises(TextError) as caught:
        look_at("a", listed, desk_at(tmp_path, strict=True), broken)

    assert (caught.value.code, caught.value.path) == (Code.YAML_TAG, "a")


@pytest.mark.parametrize("strict", [True, False])
def test_a_pointer_is_unknown_however_strict_one_is(tmp_path: Path, *, strict: bool) -> None:
    (tmp_path / "a").write_bytes(POINTER)
    hazards: list[Hazard] = []

    listed = Inventory((sized(len(POINTER)),))
    look = look_at("a", listed, desk_at(tmp_path, strict=strict), size, hazards)

    assert look == Unseen("a pointer of git-lfs: its 9 bytes are elsewhere", Code.GIT_LFS)
    assert [one.code for one in hazards] == [Code.GIT_LFS]


def test_a_file_that_is_too_large_to_be_what_it_is_called_is_not_opened(tmp_path: Path) -> None:
    hazards: list[Hazard] = []

    look = look_at("a", Inventory((sized(2**30),)), desk_at(tmp_path), size, hazards)

    assert isinstance(look, Unseen)
    assert [one.code for one in hazards] == [Code.RESOURCE]


@pytest.mark.parametrize("code", [Code.FS_CHANGED, Code.FS_IO, Code.HUB_MISMATCH])
def test_trouble_that_makes_the_list_untrue_ends_the_work(tmp_path: Path, code: Code) -> None:
    def trouble(document: Document) -> Look[int]:
        raise ReleaseError(f"{document.path} changed", code=code)

    (tmp_path / "a").write_bytes(b"123")
    with pytest.raises(ReleaseError) as caught:
        look_at("a", Inventory((sized(3),)), desk_at(tmp_path), trouble, [])

    assert (caught.value.code, caught.value.path) == (code, "a")


def test_the_innermost_file_is_the_one_that_is_told(tmp_path: Path) -> None:
    error = ReleaseError("it is odd", code=Code.CARD_TYPE)
    error.path = "b"

    _, hazard = one_bad_file(error, desk_at(tmp_path))

    assert hazard == Hazard(Code.CARD_TYPE, "b", "it is odd")
