import json
from pathlib import Path

from bench import data
from bench.data import MIB


def test_the_same_data_is_made_every_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        data.shard(tmp_path / name, 3 * MIB + 5, 0)

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert (tmp_path / "a").stat().st_size == 3 * MIB + 5


def test_no_two_mebibytes_are_equal(tmp_path: Path) -> None:
    for number in range(2):
        data.shard(tmp_path / str(number), 20 * MIB, number)

    both = (tmp_path / "0").read_bytes() + (tmp_path / "1").read_bytes()
    assert len({both[at : at + MIB] for at in range(0, len(both), MIB)}) == 40


def test_small_files_are_as_many_and_as_large_as_asked(tmp_path: Path) -> None:
    data.small_files(tmp_path, 150, 40)

    found = list(data.paths(tmp_path))
    assert len(found) == 150
    assert {path.stat().st_size for path in found} == {40}


def test_a_safetensors_file_is_what_its_header_says(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"

    data.safetensors(path, MIB, 4)

    whole = path.read_bytes()
    length = int.from_bytes(whole[:8], "little")
    header = json.loads(whole[8 : 8 + length])
    assert [entry["data_offsets"][1] for entry in header.values()][-1] == MIB
    assert len(whole) == 8 + length + MIB


def test_some_files_are_looked_at_after_they_were_cooled(tmp_path: Path) -> None:
    data.small_files(tmp_path, 100, 40)

    looks = data.cool(list(data.paths(tmp_path)), drop_names=False)

    # Whether they are cold is up to the file system: one in memory never is.
    assert len(looks) == 64
