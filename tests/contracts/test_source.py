"""What every source keeps to: a folder, and a release on a Hub."""

from collections.abc import Callable

import pytest

from provenance.errors import ProvenanceError
from provenance.ports.source import Source
from provenance.sources.hub import HubSource
from provenance.sources.local import LocalSource
from provenance.values.evidence import EvidenceKind
from provenance.values.path import RelPath
from provenance.values.ref import Ref
from provenance.values.settings import Budget
from tests.charlm import MODEL, Charlm, noon


def local(_: Charlm) -> Source:
    return LocalSource(MODEL, budget=Budget(), clock=noon)


def hub(charlm: Charlm) -> Source:
    ref = Ref.parse(charlm.published.model)
    return HubSource.resolve(ref, settings=charlm.settings, clock=noon)


@pytest.mark.parametrize("make", [local, hub], ids=["local", "hub"])
def test_a_source_lists_what_it_can_open(make: Callable[[Charlm], Source], charlm: Charlm) -> None:
    source = make(charlm)
    listing = source.listing()
    paths = [entry.path for entry in listing.inventory]

    source.prepare(paths)

    assert {str(path) for path in paths} == {path.name for path in MODEL.iterdir()}
    assert listing.capture.kind is EvidenceKind.LISTING
    for path in paths:
        with source.open(path) as file:
            assert file.read() == (MODEL / str(path)).read_bytes()


@pytest.mark.parametrize("make", [local, hub], ids=["local", "hub"])
def test_a_source_opens_nothing_that_it_does_not_list(
    make: Callable[[Charlm], Source], charlm: Charlm
) -> None:
    source = make(charlm)
    source.listing()

    with pytest.raises(ProvenanceError):
        source.open(RelPath("nothing.txt"))
