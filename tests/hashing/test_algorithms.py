import hashlib
import subprocess
from pathlib import Path

import pytest
from blake3 import blake3

from provenance.hashing.algorithms import start
from provenance.values.digest import Algorithm
from provenance.values.tree import leaf, root

DATA = b"weights" * 300_000
ALONE = {
    Algorithm.SHA256: hashlib.sha256(DATA).digest(),
    Algorithm.GIT_BLOB: hashlib.sha1(  # noqa: S324 - git's own choice
        b"blob 2100000\0" + DATA
    ).digest(),
    Algorithm.BLAKE2B: hashlib.blake2b(DATA).digest(),
    Algorithm.BLAKE3: blake3(DATA).digest(),
    Algorithm.TREE_SHA256: root(
        len(DATA), [leaf(DATA[at : at + 2**20]) for at in range(0, len(DATA), 2**20)]
    ).value,
}


@pytest.mark.parametrize("algorithm", Algorithm)
def test_pieces_give_what_the_whole_gives(algorithm: Algorithm) -> None:
    hashed = start(algorithm, len(DATA))

    for at in range(0, len(DATA), 999_999):
        hashed.update(memoryview(DATA)[at : at + 999_999])

    assert hashed.digest() == ALONE[algorithm]
    assert len(hashed.digest()) == algorithm.size


# FIPS 180-4, the examples that NIST publishes for SHA-256.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        ),
        (b"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (b"a" * 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ],
)
def test_sha256_gives_what_nist_says(text: bytes, expected: str) -> None:
    hashed = start(Algorithm.SHA256, len(text))

    hashed.update(memoryview(text))

    assert hashed.digest().hex() == expected


@pytest.mark.parametrize("data", [b"", b"a", bytes(100_000)])
def test_a_blob_has_the_id_that_git_gives_it(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(data)
    hashed = start(Algorithm.GIT_BLOB, len(data))

    hashed.update(memoryview(data))

    said = subprocess.run(
        ["git", "hash-object", "--no-filters", "--", str(file)],  # noqa: S607 - the caller's git
        capture_output=True,
        check=True,
        text=True,
    )
    assert hashed.digest().hex() == said.stdout.strip()
