import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.testing.hub import LoopbackHub
from provenance.testing.hub_state import User
from tests.testing.asking import ask

DATA = "the weights"
DIGEST = hashlib.sha256(DATA.encode()).hexdigest()
BATCH = "/datasets/org/d.git/info/lfs/objects/batch"
ALICE, BOB = {"Authorization": "Bearer alice's"}, {"Authorization": "Bearer bob's"}


@pytest.fixture
def storing(tmp_path: Path) -> Iterator[LoopbackHub]:
    users = {"alice's": User("alice", orgs=frozenset({"org"})), "bob's": User("bob")}
    with LoopbackHub(tmp_path / "hub", tokens=users) as hub:
        hub.add_dataset("org/d")
        yield hub


def batch(oid: str = DIGEST, operation: str = "upload", ref: str | None = "main") -> str:
    asked = {"operation": operation, "objects": [{"oid": oid, "size": len(DATA)}]}
    return json.dumps(asked | ({"ref": {"name": ref}} if ref else {}))


def test_only_whoever_may_write_announces_files(storing: LoopbackHub) -> None:
    def status(headers: dict[str, str], body: str) -> int:
        return ask(storing.url, BATCH, "POST", headers, body)[0]

    assert status({}, batch()) == 401
    assert status(BOB, batch()) == 403
    assert storing.announced == {}
    assert status(BOB, batch(ref=None)) == 200
    assert status(ALICE, batch()) == 200
    assert status(ALICE, batch(operation="download")) == 422


def test_a_file_is_announced_put_verified_and_then_known(storing: LoopbackHub) -> None:
    said = json.loads(ask(storing.url, BATCH, "POST", ALICE, batch())[1])
    actions = said["objects"][0]["actions"]

    def verify(size: int, headers: dict[str, str]) -> int:
        path = actions["verify"]["href"].removeprefix(storing.url)
        return ask(storing.url, path, "POST", headers, json.dumps({"oid": DIGEST, "size": size}))[0]

    assert actions["upload"]["href"] == f"{storing.store_url}/lfs/{DIGEST}"
    assert verify(len(DATA), ALICE) == 404
    assert ask(storing.store_url, f"/lfs/{DIGEST}", "PUT", body=DATA)[0] == 200
    assert (verify(len(DATA), ALICE), verify(1, ALICE), verify(len(DATA), {})) == (200, 404, 401)
    assert ask(storing.store_url, f"/lfs/{DIGEST}")[1] == DATA.encode()
    again = json.loads(ask(storing.url, BATCH, "POST", ALICE, batch())[1])
    assert "actions" not in again["objects"][0]


def test_the_store_takes_only_what_was_announced(storing: LoopbackHub) -> None:
    def put(body: str, headers: dict[str, str] | None = None) -> int:
        return ask(storing.store_url, f"/lfs/{DIGEST}", "PUT", headers, body)[0]

    unannounced = put(DATA)
    ask(storing.url, BATCH, "POST", ALICE, batch())

    assert unannounced == 403
    assert put(DATA, ALICE) == 400
    assert put(DATA.upper()) == 400
    assert list(storing.lfs.iterdir()) == []


@pytest.mark.parametrize("oid", ["../../etc/passwd", DIGEST[1:], DIGEST.upper()])
def test_what_is_no_digest_is_never_a_name(storing: LoopbackHub, oid: str) -> None:
    said = json.loads(ask(storing.url, BATCH, "POST", ALICE, batch(oid))[1])

    assert said["objects"][0]["error"]["code"] == 422
    assert storing.announced == {}
