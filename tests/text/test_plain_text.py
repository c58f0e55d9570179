import io
import zipfile

import pytest

from provenance.text.plain_text import SAMPLE, encoding_of, searchable

TEXT = "HF_TOKEN = naïve → and some more words to be sure\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_text_is_told_by_its_bytes_in_every_encoding(encoding: str) -> None:
    data = searchable(TEXT.encode(encoding))

    assert data is not None
    assert b"HF_TOKEN" in data


@pytest.mark.parametrize(
    "data",
    [b"", b"caf\xe9 in Latin 1", b"\x1b[31mred\x1b[0m of a log\r\n" * 9, b"a" * 999 + b"\0"],
    ids=["empty", "latin-1", "colored", "a-lone-zero"],
)
def test_old_alphabets_and_logs_are_text(data: bytes) -> None:
    assert searchable(data) == data


def packed() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", TEXT * 99)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        (400).to_bytes(8, "little") + b'{"a":{"dtype":"F32","shape":[4]}}' * 20,
        b"GGUF\x03\0\0\0\x01\0\0\0",
        packed(),
        bytes(range(256)) * 4,
    ],
    ids=["safetensors", "gguf", "zip", "every-byte"],
)
def test_weights_and_archives_are_no_text(data: bytes) -> None:
    assert encoding_of(data) is None
    assert searchable(data) is None


def test_only_the_first_bytes_tell() -> None:
    assert encoding_of(b"a" * SAMPLE + bytes(SAMPLE)) == "ascii"
