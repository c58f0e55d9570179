"""The tensor root in a manifest: one for equal tensors, none without their bytes, and replayed."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from provenance.errors import Code
from provenance.flows.auditing.audit import audit
from provenance.flows.digesting.digest import Digesting, digest
from provenance.values.digest import Digest
from provenance.values.hazard import Limit
from provenance.values.manifest import Manifest
from provenance.values.settings import Settings
from tests.charlm import MODEL, Charlm, noon, served

NAME = "provenance-examples/charlm"
WANTED = Settings(jobs=1, tensors=True)
ROOT = digest([MODEL], Digesting(tensors=True)).tensor_root


@pytest.fixture(scope="module")
def charlm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Charlm]:
    with served(tmp_path_factory.mktemp("charlm")) as found:
        yield found


def local(target: Path, settings: Settings = WANTED) -> Manifest:
    return audit(target, settings=attrs.evolve(settings, offline=True), clock=noon)


def root_of(manifest: Manifest) -> Digest | None:
    assert manifest.profile is not None
    return manifest.profile.tensor_root


def about_root(manifest: Manifest) -> list[Limit]:
    return [one for one in manifest.limits if one.what == "the tensor root"]


def test_a_release_on_the_hub_has_the_root_of_its_tensors_when_asked(charlm: Charlm) -> None:
    found = audit(NAME, settings=attrs.evolve(charlm.settings, tensors=True), clock=noon)

    assert ROOT is not None
    assert root_of(found) == ROOT
    assert root_of(audit(NAME, settings=charlm.settings, clock=noon)) is None


def test_a_replay_repeats_the_root_whether_it_is_asked_for_or_not(
    charlm: Charlm, tmp_path: Path
) -> None:
    asked = attrs.evolve(charlm.settings, tensors=True, evidence=tmp_path)
    whole = attrs.evolve(audit(NAME, settings=asked, clock=noon), replayed=True)

    for tensors in (True, False):
        again = attrs.evolve(asked, offline=True, tensors=tensors)
        assert audit(NAME, settings=again, clock=noon) == whole


def test_a_replay_cannot_hash_what_was_not_hashed(charlm: Charlm, tmp_path: Path) -> None:
    plain = attrs.evolve(charlm.settings, evidence=tmp_path)
    audit(NAME, settings=plain, clock=noon)

    found = audit(NAME, settings=attrs.evolve(plain, offline=True, tensors=True), clock=noon)

    assert root_of(found) is None
    assert [one.code for one in about_root(found)] == [Code.OFFLINE]


def test_weights_that_are_not_read_have_no_root(charlm: Charlm) -> None:
    settings = attrs.evolve(charlm.settings, tensors=True, weights=False)

    found = audit(NAME, settings=settings, clock=noon)

    assert root_of(found) is None
    assert [one.code for one in about_root(found)] == [Code.NOT_COVERED]


def test_other_files_with_the_same_tensors_have_the_same_root(tmp_path: Path) -> None:
    here = tmp_path / "model"
    shutil.copytree(MODEL, here)
    weights = min(here.glob("*.safetensors"))
    data = weights.read_bytes()
    end = 8 + int.from_bytes(data[:8], "little")
    header = {**json.loads(data[8:end]), "__metadata__": {"saved": "again", "by": "another"}}
    text = json.dumps(header).encode()

    weights.write_bytes(len(text).to_bytes(8, "little") + text + data[end:])
    assert root_of(local(here)) == ROOT

    weights.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert root_of(local(here)) not in {ROOT, None}


def test_without_safetensors_there_is_a_limit_and_no_root(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# A model\n")

    found = local(tmp_path)

    assert found.profile is None
    assert [one.code for one in about_root(found)] == [Code.NOT_COVERED]
    assert about_root(local(tmp_path, attrs.evolve(WANTED, tensors=False))) == []
