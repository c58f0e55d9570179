"""Releases whose files have names that an address has to escape: audited, replayed, and advised."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from provenance.flows.auditing.audit import audit
from provenance.stores.evidence import INDEX, RECORDING, read_index
from provenance.testing.hub import LoopbackHub
from provenance.text.canonical_json import encode
from provenance.values.address import Address
from provenance.values.evidence import EvidenceKind
from provenance.values.manifest import Manifest
from provenance.values.settings import Settings
from tests.charlm import MODEL
from tests.stores.test_replay import later, replayed

CODE = b"import torch\n\n\ndef train(model, lr=0.1):\n    model.fit(lr)\n"
STRANGE = ("#bytes=0-7", "#1", "@" + "a" * 40, "?download=true", "100%", "%23", ":x", " y", "模型é")


def names() -> Iterator[tuple[str, bytes]]:
    weights = (MODEL / "model-00001-of-00002.safetensors").read_bytes()
    yield "README.md", b"---\nlicense: mit\nlicense_name: llama3\n---\n# Model\n"
    yield "model.safetensors", weights
    yield "model.safetensors#bytes=0-7", b"no weights"
    yield "config.yaml", b"seed: 7\n"
    yield "config.yaml#bytes=0-1.yaml", b"seed: 8\n"
    for one in STRANGE:
        yield f"code/train{one}.py", CODE
        yield f"code{one}/settings.json", b'{"learning_rate": 0.1}'
        yield f"shards/part{one}.safetensors", weights


@pytest.fixture(scope="module", params=[True, False], ids=["weights", "headers"])
def pair(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Manifest, Manifest, Settings]:
    folder = tmp_path_factory.mktemp("names")
    with LoopbackHub(folder / "hub") as hub:
        hub.add_model("org/m").commit(dict(names()), message="m")
        settings = Settings(endpoint=hub.url, cache=folder / "cache", weights=request.param, jobs=1)
        first, second = replayed("org/m", settings, folder / "evidence")
    offline = attrs.evolve(settings, evidence=folder / "evidence", offline=True, cache=None)
    return first, second, offline


Pair = tuple[Manifest, Manifest, Settings]


def test_a_release_of_strange_names_is_replayed_but_for_one_field(pair: Pair) -> None:
    first, second, _ = pair

    assert len(first.inventory) == 5 + 3 * len(STRANGE)
    assert second == attrs.evolve(first, replayed=True)


def test_each_capture_of_strange_names_is_of_a_listed_file(pair: Pair) -> None:
    first, _, _ = pair
    home = Address.of(first.release.ref)
    read = {EvidenceKind.FILE, EvidenceKind.HEADER}
    captures = [one.address for one in first.evidence if one.kind in read]

    listed = {one.path.text for one in first.inventory}
    assert {one.home for one in captures} == {home}
    assert {one.path for one in captures} <= listed
    assert len(set(captures)) == len({str(one) for one in captures}) == len(captures)
    assert {"config.yaml", "config.yaml#bytes=0-1.yaml"} <= {one.path for one in captures}


def test_evidence_of_before_the_escapes_is_replayed(pair: Pair, tmp_path: Path) -> None:
    first, _, offline = pair
    assert offline.evidence
    shutil.copytree(offline.evidence, tmp_path, dirs_exist_ok=True)
    before = {str(one.address): one.address.as_before for one in read_index(tmp_path)}
    assert any(new != old for new, old in before.items())
    # A name that reads as an escape itself was read as it was meant by nobody, and stays out.
    for name in (INDEX, RECORDING):
        text = (tmp_path / name).read_text(encoding="utf-8")
        for new, old in sorted(before.items(), reverse=True):
            if "%2523" not in new:
                text = text.replace(json.dumps(new)[1:-1], json.dumps(old)[1:-1])
        (tmp_path / name).write_bytes(encode(json.loads(text)))

    again = audit("org/m", settings=attrs.evolve(offline, evidence=tmp_path), clock=later)

    assert {*again.evidence} == {*first.evidence}
    assert again == attrs.evolve(first, replayed=True, evidence=again.evidence)
