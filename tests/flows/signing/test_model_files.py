from datetime import UTC, datetime
from pathlib import Path

import pytest

from provenance.errors import Code, ReleaseError, UsageError, VerificationError
from provenance.flows.signing.model_files import ModelFiles, hash_model, model_files
from provenance.ports.silence import Silence
from provenance.values.digest import Algorithm
from provenance.values.model_signature import Method, Serialization
from provenance.values.path import RelPath
from provenance.values.settings import Budget, Settings
from tests.model_signatures import FILES, model


def listed(
    target: Path, *left_out: str, follow: bool = False, settings: Settings | None = None
) -> ModelFiles:
    return model_files(
        target,
        left_out=frozenset(left_out),
        settings=settings or Settings(),
        clock=lambda: datetime(2026, 1, 1, tzinfo=UTC),
        follow=follow,
    )


def names(found: ModelFiles) -> list[str]:
    return [entry.path.text for entry in found.files]


def test_a_folder_is_all_its_files_but_those_left_out(tmp_path: Path) -> None:
    folder = model(tmp_path, {**FILES, ".git/config": b"", ".gitignore": b""})

    found = listed(folder, ".git")

    assert names(found) == [".gitignore", *sorted(FILES)]
    assert found.left_out == (".git/config",)
    assert found.name == "model"
    assert not found.single


def test_a_file_is_a_model_of_its_own(tmp_path: Path) -> None:
    found = listed(model(tmp_path) / "model.safetensors")

    assert (found.single, found.name, names(found)) == (
        True,
        "model.safetensors",
        ["model.safetensors"],
    )


@pytest.mark.parametrize(
    ("link", "to"),
    [("link.txt", "config.json"), ("data/link", "a.txt"), ("links", "data"), ("more/b", "../data")],
)
def test_a_link_is_not_followed_unasked(tmp_path: Path, link: str, to: str) -> None:
    folder = model(tmp_path)
    (folder / link).parent.mkdir(exist_ok=True)
    (folder / link).symlink_to(to)

    with pytest.raises(ReleaseError) as caught:
        listed(folder)

    assert caught.value.code is Code.FS_SYMLINK
    assert len(names(listed(folder, follow=True))) == len(FILES) + 1


def test_the_layout_of_the_hub_s_cache_is_no_trouble(tmp_path: Path) -> None:
    cache = tmp_path / "models--org--name"
    snapshot = cache / "snapshots" / ("a" * 40)
    snapshot.mkdir(parents=True)
    (cache / "blobs").mkdir()
    (cache / "refs").mkdir()
    (cache / "blobs" / ("b" * 40)).write_bytes(b"{}")
    (snapshot / "config.json").symlink_to(f"../../blobs/{'b' * 40}")

    assert names(listed(snapshot)) == ["config.json"]


def test_what_cannot_be_listed_cannot_be_covered(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError) as caught:
        listed(model(tmp_path), settings=Settings(budget=Budget(files=2)))

    assert caught.value.code is Code.INVENTORY_INCOMPLETE


def test_a_model_that_is_not_there_is_the_caller_s_mistake(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        listed(tmp_path / "nowhere")

    assert caught.value.code is Code.PATH_MISSING


@pytest.mark.parametrize("algorithm", [Algorithm.SHA256, Algorithm.BLAKE2B, Algorithm.BLAKE3])
def test_files_are_hashed_whole_or_in_parts(tmp_path: Path, algorithm: Algorithm) -> None:
    found = listed(model(tmp_path))
    wanted = frozenset(map(RelPath, FILES))

    whole = hash_model(
        found,
        wanted,
        Serialization(hash_type=algorithm),
        settings=Settings(),
        progress=Silence(),
    )
    parts = hash_model(
        found,
        wanted,
        Serialization(Method.SHARDS, algorithm, shard_size=4),
        settings=Settings(),
        progress=Silence(),
    )

    assert [one.name for one in whole] == sorted(FILES)
    assert [one.name for one in parts] == [
        *("config.json:0:2", "data/a.txt:0:2", "model.safetensors:0:4", "model.safetensors:4:7"),
    ]
    assert {one.digest.algorithm for one in (*whole, *parts)} == {algorithm}
    assert whole[0].digest == parts[0].digest


def test_parts_without_a_size_are_none(tmp_path: Path) -> None:
    with pytest.raises(VerificationError) as caught:
        hash_model(
            listed(model(tmp_path)),
            frozenset(),
            Serialization(Method.SHARDS),
            settings=Settings(),
            progress=Silence(),
        )

    assert caught.value.code is Code.OMS_SHARDS


def test_a_file_that_cannot_be_read_stops_the_reading(tmp_path: Path) -> None:
    folder = model(tmp_path)
    found = listed(folder)
    (folder / "config.json").write_bytes(b"{} ")

    with pytest.raises(ReleaseError) as caught:
        hash_model(
            found,
            frozenset(map(RelPath, FILES)),
            Serialization(),
            settings=Settings(),
            progress=Silence(),
        )

    assert caught.value.code is Code.FS_CHANGED
