import os
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy

from provenance.errors import Code, ProvenanceError
from provenance.hashing.tensor_file import hash_tensors
from provenance.hashing.work import Unwatched
from tests.hashing.files import Opening, sized, stamped


@pytest.fixture
def file(tmp_path: Path) -> Path:
    safetensors.numpy.save_file({"a": np.arange(9)}, tmp_path / "m.safetensors")
    return tmp_path / "m.safetensors"


def opening(folder: Path) -> Opening:
    return Opening(lambda path: os.open(folder / path, os.O_RDONLY))


def test_a_file_is_closed_when_its_tensors_are_hashed(file: Path) -> None:
    files = opening(file.parent)

    found = hash_tensors(files, stamped(file.parent, file.name), Unwatched())

    assert isinstance(found, tuple)
    assert [one.name for one in found] == ["a"]
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(files.opened[0])


def test_a_file_that_is_not_what_was_listed_has_no_tensors(file: Path) -> None:
    want = stamped(file.parent, file.name)
    file.write_bytes(file.read_bytes()[:-1] + b"x")

    found = hash_tensors(opening(file.parent), want, Unwatched())

    assert isinstance(found, ProvenanceError)
    assert found.code is Code.FS_CHANGED


def test_a_file_that_is_gone_is_told(file: Path) -> None:
    found = hash_tensors(opening(file.parent), sized("gone", 9), Unwatched())

    assert isinstance(found, ProvenanceError)
