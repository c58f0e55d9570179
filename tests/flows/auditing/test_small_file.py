from pathlib import Path

from provenance.errors import Code
from provenance.flows.auditing.desk import Document
from provenance.flows.auditing.look_at import UNREAD
from provenance.flows.auditing.small_file import small_file
from provenance.values.look import Unseen
from tests.flows.own import desk_of

POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 9\n"


def look(
    folder: Path, data: bytes, *, limit: int = 1000, unread: bool = False
) -> Document | Unseen:
    inventory, desk = desk_of(folder, {"a.json": data}, unread=unread)
    return small_file(inventory.entries[0], desk, limit=limit)


def test_a_file_whose_bytes_are_here_is_read(tmp_path: Path) -> None:
    found = look(tmp_path, b"{}")

    assert isinstance(found, Document)
    assert found.data == b"{}"


def test_why_a_file_is_not_looked_at_is_said(tmp_path: Path) -> None:
    large, pointer = look(tmp_path, b"{}", limit=1), look(tmp_path, POINTER)

    assert look(tmp_path, b"{}", unread=True) == UNREAD
    assert isinstance(large, Unseen)
    assert large.code is Code.RESOURCE
    assert isinstance(pointer, Unseen)
    assert pointer.code is Code.GIT_LFS
    assert "9 bytes are elsewhere" in pointer.reason
