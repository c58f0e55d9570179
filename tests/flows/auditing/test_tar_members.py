import io
import tarfile

import pytest

from provenance.flows.auditing.archive_purse import MOST_HEADERS, ArchivePurse, BrokenArchiveError
from provenance.flows.auditing.tar_members import Member, tar_members

LONG = "a/" * 60 + "x" * 150


class Held(io.BytesIO):
    def skip(self, size: int) -> None:
        self.seek(size, io.SEEK_CUR)


def members(data: bytes, wanted: int = 4) -> list[Member]:
    return list(tar_members(Held(data), lambda _: wanted, ArchivePurse()))


def tar(form: int = tarfile.PAX_FORMAT, **files: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "elsewhere"
        archive.addfile(link)
    return out.getvalue()


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_every_member_is_listed_in_each_form_of_tar(form: int) -> None:
    names = {"a": b"1", "b" * 90: b"22222"}
    if form != tarfile.USTAR_FORMAT:
        names[LONG] = b"333"

    found = members(tar(form, **names))

    assert [(one.name, one.size, one.start) for one in found] == [
        *((name, len(data), data[:4]) for name, data in names.items()),
        ("link", 0, b""),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"x" * 512,
        tar(a=b"1")[:512].replace(b"ustar", b"usta_"),
        tar(a=b"1") + tar(b=b"2"),
        b"\0" * 512 + b"x",
    ],
)
def test_a_tar_that_is_none_or_goes_on_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenArchiveError):
        members(data)


def test_headers_without_members_and_long_names_are_paid_for_by_their_blocks() -> None:
    link = tarfile.TarInfo("x" * 2000)
    link.type = tarfile.SYMTYPE
    purse = ArchivePurse()

    list(tar_members(Held(link.tobuf(tarfile.GNU_FORMAT) + bytes(1024)), lambda _: 0, purse))

    # The header of the name, its four blocks, and the header of the member.
    assert MOST_HEADERS - purse.headers == 6
