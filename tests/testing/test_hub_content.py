import hashlib
import http.client
from pathlib import Path

import pytest

from provenance.testing.hub import LoopbackHub
from tests.testing.asking import ask

DATA = bytes(range(200))
DIGEST = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def hub(tmp_path: Path) -> LoopbackHub:
    return LoopbackHub(tmp_path / "hub")


@pytest.mark.parametrize(
    ("asked", "status", "data"),
    [
        ("bytes=0-9", 206, DATA[:10]),
        ("bytes=190-", 206, DATA[190:]),
        ("bytes=-5", 206, DATA[-5:]),
        ("bytes=0-999", 206, DATA),
        ("nonsense", 200, DATA),
    ],
)
def test_a_range_is_answered_with_its_bytes(
    hub: LoopbackHub, asked: str, status: int, data: bytes
) -> None:
    with hub:
        hub.add_model("org/m").commit({"w.safetensors": DATA}, message="m")

        found, body, _ = ask(hub.store_url, f"/lfs/{DIGEST}", headers={"Range": asked})

    assert (found, body) == (status, data)


def test_what_cannot_be_handed_out_is_refused(hub: LoopbackHub) -> None:
    with hub:
        hub.add_model("org/m").commit({"w.safetensors": DATA}, message="m")
        path = f"/lfs/{DIGEST}"

        beyond = ask(hub.store_url, path, headers={"Range": "bytes=500-"})[0]
        token = ask(hub.store_url, path, headers={"Authorization": "Bearer x"})[0]
        nothing = ask(hub.store_url, f"/lfs/{'0' * 64}")[0]

    assert (beyond, token, nothing) == (416, 400, 404)


def test_a_corrupt_file_has_the_size_of_the_whole_one(hub: LoopbackHub) -> None:
    with hub:
        hub.add_model("org/m").commit({"w.safetensors": DATA}, message="m")
        hub.fault("GET", "^/lfs/", corrupt=True)

        _, body, _ = ask(hub.store_url, f"/lfs/{DIGEST}")

    assert (len(body), body == DATA) == (len(DATA), False)


def test_a_truncated_file_ends_the_connection(hub: LoopbackHub) -> None:
    with hub:
        hub.add_model("org/m").commit({"w.safetensors": DATA}, message="m")
        hub.fault("GET", "^/lfs/", truncate=10)

        with pytest.raises(http.client.IncompleteRead):
            ask(hub.store_url, f"/lfs/{DIGEST}")
