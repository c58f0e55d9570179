import json
from pathlib import Path

import attrs
import pytest

from provenance.errors import Code, TextError, UsageError
from provenance.flows.digesting.check_digests import Expected, check_digests, read_list
from provenance.flows.digesting.digest import Digesting, digest
from provenance.text.sum_list import write
from provenance.values.digest import Algorithm, Digest
from provenance.values.digest_list import Share, Trouble
from provenance.wire.digests_json import encode_digests

TREE = Digesting(algorithms=(Algorithm.TREE_SHA256,))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in "abc":
        (tmp_path / name).write_text(name)
    return tmp_path


def listed(folder: Path) -> Expected:
    rows = digest([folder]).rows
    return read_list("".join(write((row.path, row.digests[0]) for row in rows)).encode())


def test_a_folder_that_did_not_change_matches(folder: Path) -> None:
    checked = check_digests(listed(folder), [folder], Digesting())

    assert checked.clean
    assert checked.matching == 3


def test_each_difference_has_a_name(folder: Path) -> None:
    before = listed(folder)
    (folder / "a").write_text("A")
    (folder / "b").unlink()
    (folder / "d").write_text("d")

    checked = check_digests(before, [folder], Digesting())

    assert (checked.differing, checked.missing, checked.unlisted) == (("a",), ("b",), 1)
    assert checked.matching == 1
    assert not checked.clean


def test_what_could_not_be_looked_at_is_not_missing(folder: Path) -> None:
    before = listed(folder)
    (folder / "a").unlink()
    (folder / "a").symlink_to("a")

    checked = check_digests(before, [folder], Digesting())

    assert checked.missing == ()
    assert [(one.path, one.code) for one in checked.troubles] == [("a", Code.FS_SYMLINK_LOOP)]
    assert not checked.clean


def test_our_own_list_is_checked_with_its_algorithms(folder: Path) -> None:
    found = digest([folder], TREE)
    expected = read_list(json.dumps(encode_digests(found)).encode())

    assert check_digests(expected, [folder], Digesting()).clean


def test_a_list_that_is_not_whole_is_no_list_to_check_with(folder: Path) -> None:
    found = digest([folder])
    part = attrs.evolve(found, share=Share(1, 2, Digest.sha256("0" * 64)))
    troubled = attrs.evolve(found, troubles=(Trouble("x", Code.FS_IO, "w"),))

    for one, code in ((part, Code.PARTS), (troubled, Code.USAGE)):
        with pytest.raises(UsageError) as caught:
            read_list(json.dumps(encode_digests(one)).encode())
        assert caught.value.code is code


def test_another_text_is_refused() -> None:
    with pytest.raises(TextError):
        read_list(b"hello")
