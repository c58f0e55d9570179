import os
import pickle
from pathlib import Path

import pytest

from provenance.doors.places import Place, Places
from provenance.errors import Code, ReleaseError, UsageError


@pytest.fixture
def two(tmp_path: Path) -> list[Place]:
    for name in ("a", "b"):
        (tmp_path / name / "below").mkdir(parents=True)
        (tmp_path / name / "below/file").write_text(name)
    return [Place(tmp_path / "a"), Place(tmp_path / "b", "below")]


def read(places: Places, folder: str) -> bytes:
    with places.within(folder) as open_file:
        descriptor = open_file("file")
    data = os.read(descriptor, 9)
    os.close(descriptor)
    return data


def test_a_folder_is_found_by_the_number_of_its_place(two: list[Place]) -> None:
    places = Places(two)

    assert read(places, "0:below/") == b"a"
    assert read(places, "1:") == b"b"


def test_a_copy_that_travelled_opens_the_same_files(two: list[Place]) -> None:
    places = Places(two)
    read(places, "1:")

    assert read(pickle.loads(pickle.dumps(places)), "1:") == b"b"  # noqa: S301 - our own


def test_a_place_that_is_not_there_is_told_when_it_is_needed(tmp_path: Path) -> None:
    places = Places([Place(tmp_path / "none")])

    with pytest.raises(UsageError) as caught:
        places.root(0)

    assert caught.value.code is Code.PATH_MISSING


def test_links_may_lead_anywhere_in_the_root_and_no_further(two: list[Place]) -> None:
    below = two[1].root / "below"
    (two[1].root / "blob").write_text("blob")
    (below / "file").unlink()
    (below / "file").symlink_to("../blob")

    assert read(Places(two), "1:") == b"blob"

    (below / "file").unlink()
    (below / "file").symlink_to("../../a/below/file")
    with pytest.raises(ReleaseError) as caught:
        read(Places(two), "1:")
    assert caught.value.code is Code.FS_SYMLINK_ESCAPE
