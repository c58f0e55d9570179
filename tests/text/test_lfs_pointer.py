import pytest

from provenance.text.lfs_pointer import LONGEST_POINTER, Pointer, pointer_in, reads_as_pointer

OID = b"oid sha256:" + b"a1" * 32 + b"\n"
LFS = b"version https://git-lfs.github.com/spec/v1\n" + OID + b"size 548105171\n"
XET = b"# xet version 0\nfilesize = 6\nhash = '" + b"6a" * 32 + b"'\n"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (LFS, Pointer("git-lfs", 548105171)),
        (LFS.replace(b"git-lfs.github", b"hawser.github"), Pointer("git-lfs", 548105171)),
        (
            LFS.replace(b"https://git-lfs.github.com/spec/v1", b"http://git-media.io/v/2"),
            Pointer("git-lfs", 548105171),
        ),
        (LFS.replace(b"\n", b"\r\n"), Pointer("git-lfs", 548105171)),
        (LFS.removesuffix(b"\n"), Pointer("git-lfs", 548105171)),
        (b"\xef\xbb\xbf" + LFS, Pointer("git-lfs", 548105171)),
        (
            LFS.replace(b"oid", b"ext-0-foo sha256:" + b"b" * 64 + b"\noid"),
            Pointer("git-lfs", 548105171),
        ),
        (LFS + b"x-note of another tool\n", Pointer("git-lfs", 548105171)),
        (XET, Pointer("xet", 6)),
        (
            b"/annex/objects/SHA256E-s1048576--" + b"c" * 64 + b".bin\n",
            Pointer("git-annex", 1048576),
        ),
    ],
)
def test_a_pointer_of_each_tool_is_one(data: bytes, expected: Pointer) -> None:
    assert pointer_in(data) == expected


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"version https://git-lfs.github.com/spec/v1\n",
        b"# Pointers\n\n" + LFS,
        LFS + b"This is how a pointer looks.\n",
        LFS.replace(OID, b"oid whatever\n"),
        LFS.replace(b"size 548105171\n", b""),
        LFS.replace(b"548105171", b"9" * 21),
        LFS.replace(b"spec/v1", b"spec/v10"),
        LFS + b"x-note " + b"y" * LONGEST_POINTER,
        XET + b"and more\n",
        b"# xet version 0\n" + b" " * 80,
        b"/annex/objects/SHA256E-s1--" + b"c" * 64 + b"\n/annex/objects/too\n",
        b"\n" * 100,
        b"PK\x03\x04" + bytes(130),
    ],
)
def test_a_text_about_pointers_is_none(data: bytes) -> None:
    assert pointer_in(data) is None


def test_a_report_says_that_the_bytes_are_elsewhere() -> None:
    assert str(Pointer("git-lfs", 7)) == "a pointer of git-lfs: its 7 bytes are elsewhere"
    assert str(Pointer("xet")) == "a pointer of xet: its bytes are elsewhere"


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (b"version https://xet.dev/spec/v1\noid " + b"a1" * 32 + b"\nsize 7\n", 7),
        (b"# blob store version 3\nhash = '" + b"6a" * 16 + b"'\n", None),
        (LFS.replace(b"spec/v1", b"spec/v10"), 548105171),
        (LFS + b"This is how a pointer looks.\n", 548105171),
        (b"outs:\n- md5: " + b"ab" * 16 + b"\n  size: 12\n  path: model.bin\n", 12),
        (b"ipfs://bafy" + b"a2" * 27 + b"\n", None),
        (b"6a" * 32, None),
    ],
)
def test_a_short_text_with_a_digest_in_the_place_of_weights_reads_as_a_pointer(
    data: bytes, size: int | None
) -> None:
    assert reads_as_pointer(data) == Pointer("an unknown tool", size)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"weights",
        b"no digest in it, and as long as some pointers are, and longer",
        b"\0" * 64 + b"6a" * 32,
        b"6a" * 32 + b"y" * LONGEST_POINTER,
    ],
)
def test_what_holds_no_digest_or_is_no_text_reads_as_none(data: bytes) -> None:
    assert reads_as_pointer(data) is None


def test_a_pointer_that_is_known_reads_as_itself() -> None:
    assert reads_as_pointer(LFS) == Pointer("git-lfs", 548105171)
