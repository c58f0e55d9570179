import ast
import io
import os
from pathlib import Path

import attrs
import pytest

import provenance
from provenance.doors.descriptor import stamp
from provenance.errors import Code, ReleaseError
from provenance.flows.auditing.as_hashed import require_as_hashed, still
from provenance.values.digest import Digest, DigestSet
from provenance.values.inventory import FileEntry, How
from provenance.values.path import RelPath

PATH = RelPath("config.json")
SHA256 = Digest.sha256("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")
GIT_BLOB = Digest.git_blob("b6fc4c620b67d95f953a5c1c1230aaab5db5a1b0")
ENTRY = FileEntry(PATH, 5)


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (attrs.evolve(ENTRY, how=How.READ, digests=DigestSet((SHA256,))), Code.FS_CHANGED),
        (attrs.evolve(ENTRY, how=How.CACHED, digests=DigestSet((SHA256,))), Code.FS_CHANGED),
        (attrs.evolve(ENTRY, claimed=DigestSet((SHA256,))), Code.HUB_MISMATCH),
        (attrs.evolve(ENTRY, claimed=DigestSet((GIT_BLOB,))), Code.HUB_MISMATCH),
    ],
)
def test_bytes_pass_only_as_those_that_were_hashed_or_are_claimed(
    entry: FileEntry, code: Code
) -> None:
    require_as_hashed(entry, b"hello")

    with pytest.raises(ReleaseError) as caught:
        require_as_hashed(entry, b"hullo")

    assert caught.value.code is code


def test_a_file_that_was_written_to_meanwhile_is_not_still_the_same(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"one")
    before = stamp(path.stat())

    with path.open("rb") as file, still(file, before, PATH):
        pass
    with (
        path.open("rb") as file,
        pytest.raises(ReleaseError) as caught,
        still(file, before, PATH),
    ):
        path.write_bytes(b"two, longer")

    assert caught.value.code is Code.FS_CHANGED


def test_another_file_is_not_read_at_all(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"one")
    before = stamp(path.stat())
    os.utime(path, ns=(0, 0))

    with (
        path.open("rb") as file,
        pytest.raises(ReleaseError),
        still(file, before, PATH),
    ):
        pytest.fail("it was read")


def test_of_a_file_without_a_stamp_nothing_is_known() -> None:
    with still(io.BytesIO(b"kept"), None, PATH):
        pass


def test_every_desk_is_told_what_was_seen_of_its_source() -> None:
    flows = Path(next(iter(provenance.__path__))) / "flows"
    calls = [
        node
        for path in sorted(flows.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Desk"
    ]

    assert calls
    assert all(len(call.args) == 5 for call in calls)
