from pathlib import Path

import pytest

from provenance.sources.snapshot import Snapshot, snapshot_of

COMMIT = "a" * 40


def test_a_commit_in_the_cache_is_known_by_its_folders() -> None:
    found = snapshot_of(Path(f"/cache/models--org--m/snapshots/{COMMIT}"))

    assert found == Snapshot(Path("/cache"), "models--org--m", COMMIT)
    assert found.name == "m"
    assert found.below == f"models--org--m/snapshots/{COMMIT}"
    assert found.trees.text == f"models--org--m/trees/{COMMIT}.json"


@pytest.mark.parametrize(
    "path",
    [
        "cache/models--org--m/snapshots/main",
        f"cache/models--org--m/blobs/{'a' * 40}",
        f"cache/org/snapshots/{'a' * 40}",
    ],
)
def test_another_folder_is_no_commit_of_the_cache(path: str) -> None:
    assert snapshot_of(Path(path)) is None
