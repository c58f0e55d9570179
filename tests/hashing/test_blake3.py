import subprocess
import sys

import pytest
from blake3 import blake3

from provenance.hashing.blake3 import new_blake3


# https://github.com/BLAKE3-team/BLAKE3/blob/master/test_vectors/test_vectors.json
@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"),
        (b"\0", "2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213"),
    ],
)
def test_it_gives_what_its_authors_say(data: bytes, expected: str) -> None:
    state = new_blake3()
    state.update(data)

    assert state.digest().hex() == expected == blake3(data).hexdigest()


WITHOUT = """
import sys
sys.modules["blake3"] = None
from provenance.hashing.blake3 import new_blake3
try:
    new_blake3()
except Exception as error:
    print(error.code, error.hint)
"""


def test_where_it_is_not_installed_it_is_said_what_to_do() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], capture_output=True, check=True, text=True
    )

    assert done.stdout == "PACKAGE_MISSING install provenance-verifier[blake3]\n"
