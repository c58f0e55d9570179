import json
from pathlib import Path

import attrs
import pytest

from provenance.errors import Code
from provenance.flows.auditing.audit import audit
from provenance.flows.auditing.desk import Desk
from provenance.flows.auditing.loaded_code import LoadedCodeRead, read_loaded_code
from provenance.flows.digesting.observe import observe
from provenance.ports.silence import Silence
from provenance.sources.local import LocalSource
from provenance.stores.evidence import EvidenceStore
from provenance.values.component import Component
from provenance.values.settings import Budget, Settings
from tests.building import TOY
from tests.charlm import noon
from tests.journeys.gated import AUTO_MAP, Files, lay, zipped
from tests.journeys.hidden_code import HIDDEN


def read(folder: Path, files: Files, *, unread: bool = False) -> LoadedCodeRead:
    source = LocalSource(lay(folder, files), budget=Budget(), clock=noon)
    listing = source.listing()
    seen = observe(source, listing, settings=Settings(jobs=1), progress=Silence())
    inventory = listing.inventory if unread else seen.inventory
    return read_loaded_code(inventory, Desk(source, EvidenceStore(None), noon, TOY))


@pytest.mark.parametrize("name", HIDDEN)
def test_code_is_found_by_the_rule_of_its_loader(tmp_path: Path, name: str) -> None:
    rule, files = HIDDEN[name]

    found = read(tmp_path, files)

    assert rule in {one.rule for one in found.search.found}
    assert {one.code for one in found.hazards} >= {Code.REMOTE_CODE}


def test_a_configuration_whose_bytes_were_not_read_is_a_limit(tmp_path: Path) -> None:
    found = read(tmp_path, {}, unread=True)

    assert {one.what for one in found.limits} == {"config.json", "tokenizer.json"}
    assert {one.code for one in found.limits} == {Code.CODE_UNSEEN}


def test_thousands_of_folders_with_a_configuration_each_are_read(tmp_path: Path) -> None:
    small = {f"{n}/config.json": b'{"a": 1}' for n in range(2_000)}

    found = read(tmp_path, {**small, "1999/config.json": AUTO_MAP})

    assert [one.path for one in found.search.found] == ["1999/config.json"]
    assert not found.limits


def test_a_component_reaches_its_rung_by_the_programs_that_are_named(tmp_path: Path) -> None:
    files = {
        "vit/config.json": json.dumps({"auto_map": {"AutoModel": "m.X"}}).encode(),
        "vit/m.py": b"class X: ...\n",
    }
    manifest = audit(lay(tmp_path, files), settings=Settings(offline=True, jobs=1), clock=noon)

    (found,) = (one for one in manifest.components if one.component is Component.REMOTE_CODE)
    assert found.reach.shown == 3


def test_a_replay_finds_what_the_audit_found(tmp_path: Path) -> None:
    model = lay(tmp_path / "m", {"a.zip": zipped({"config.json": AUTO_MAP}), "b.7z": b"7z"})
    settings = Settings(offline=True, jobs=1, evidence=tmp_path / "evidence")

    first = audit(model, settings=settings, clock=noon)
    again = audit(model, settings=settings, clock=noon)

    assert again == attrs.evolve(first, replayed=True)
    assert any(one.path == "a.zip" and one.code is Code.REMOTE_CODE for one in again.hazards)
    assert any(one.what == "b.7z" for one in again.limits)
