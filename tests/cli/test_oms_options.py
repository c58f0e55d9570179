from pathlib import Path

import pytest

from provenance.cli.oms_options import HashOptions, leave_where
from provenance.errors import UsageError
from provenance.values.digest import Algorithm
from provenance.values.model_signature import Method, Serialization
from provenance.values.path import RelPath


def test_a_size_is_for_parts_only(tmp_path: Path) -> None:
    whole = HashOptions("sha256", 7, (), shards=False, links=False)
    parts = HashOptions("blake2b", 7, (tmp_path / "a",), shards=True, links=True)

    assert whole.serialization(tmp_path) == Serialization()
    assert parts.serialization(tmp_path) == Serialization(
        method=Method.SHARDS,
        hash_type=Algorithm.BLAKE2B,
        allow_symlinks=True,
        shard_size=7,
        ignore_paths=(RelPath("a"),),
    )


def test_the_signature_in_the_folder_is_no_part_of_it(tmp_path: Path) -> None:
    assert leave_where(tmp_path, tmp_path / "a.sig", (tmp_path / "b",)) == {
        RelPath("a.sig"),
        RelPath("b"),
    }
    assert leave_where(tmp_path, tmp_path.parent / "a.sig", ()) == frozenset()
    with pytest.raises(UsageError):
        leave_where(tmp_path, tmp_path / "a.sig", (Path(".."),))
