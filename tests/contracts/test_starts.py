"""What every source that gives parts of files keeps to: a folder, a Hub, and a recording."""

from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from provenance.flows.auditing.audit import audit
from provenance.ports.repository import Repository
from provenance.ports.starts import Starts, Wanted
from provenance.sources.hub import HubSource
from provenance.sources.local import LocalSource
from provenance.stores.evidence import EvidenceStore
from provenance.stores.replay import ReplayedSource, noted_source
from provenance.values.look import Seen
from provenance.values.path import RelPath
from provenance.values.ref import Ref
from provenance.values.settings import Budget
from tests.charlm import MODEL, Charlm, noon

SHARD = RelPath("model-00001-of-00002.safetensors")


def local(_: Charlm, __: Path) -> Starts:
    return LocalSource(MODEL, budget=Budget(), clock=noon)


def hub(charlm: Charlm, _: Path) -> Starts:
    ref = Ref.parse(charlm.published.model)
    return HubSource.resolve(ref, settings=charlm.settings, clock=noon)


def never_asked() -> Repository:
    raise AssertionError("a replay asks nobody")


def recorded(charlm: Charlm, folder: Path) -> Starts:
    settings = attrs.evolve(charlm.settings, evidence=folder, weights=False)
    audit(charlm.published.model, settings=settings, clock=noon)
    asked = str(Ref.parse(charlm.published.model))
    found = noted_source(EvidenceStore(folder, replayed=True), asked, never_asked)
    assert isinstance(found, ReplayedSource)
    return found


@pytest.mark.parametrize("make", [local, hub, recorded])
def test_a_beginning_is_that_of_the_file(
    make: Callable[[Charlm, Path], Starts], charlm: Charlm, tmp_path: Path
) -> None:
    source = make(charlm, tmp_path)

    found = source.starts([Wanted(SHARD, 100)])

    assert found == {SHARD: Seen((MODEL / SHARD.text).read_bytes()[:100])}


@pytest.mark.parametrize("make", [local, hub, recorded])
def test_a_beginning_goes_on_from_what_is_known(
    make: Callable[[Charlm, Path], Starts], charlm: Charlm, tmp_path: Path
) -> None:
    source = make(charlm, tmp_path)
    first = source.starts([Wanted(SHARD, 8)])[SHARD]
    assert isinstance(first, Seen)

    found = source.starts([Wanted(SHARD, 64, first.value)])

    assert found == {SHARD: Seen((MODEL / SHARD.text).read_bytes()[:64])}


@pytest.mark.parametrize("make", [local, hub, recorded])
def test_a_part_begins_where_it_is_wanted(
    make: Callable[[Charlm, Path], Starts], charlm: Charlm, tmp_path: Path
) -> None:
    source = make(charlm, tmp_path)

    found = source.starts([Wanted(SHARD, 20, start=50)])

    assert found == {SHARD: Seen((MODEL / SHARD.text).read_bytes()[50:70])}
