from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from provenance.flows.auditing.audit import audit
from provenance.ports.repository import Repository
from provenance.sources.hub import HubSource
from provenance.stores.evidence import EvidenceStore
from provenance.stores.replay import noted_source
from provenance.values.access import Access
from provenance.values.address import Address
from provenance.values.ref import Ref
from tests.charlm import Charlm, noon


def hub(charlm: Charlm, _: Path) -> Repository:
    ref = Ref.parse(charlm.published.model)
    return HubSource.resolve(ref, settings=charlm.settings, clock=noon)


def replayed(charlm: Charlm, folder: Path) -> Repository:
    settings = attrs.evolve(charlm.settings, evidence=folder, weights=False)
    audit(charlm.published.model, settings=settings, clock=noon)
    asked = str(Ref.parse(charlm.published.model))

    def never() -> Repository:
        raise AssertionError("a replay asks nobody")

    return noted_source(EvidenceStore(folder, replayed=True), asked, never)


@pytest.mark.parametrize("make", [hub, replayed])
def test_a_repository_tells_its_name_and_who_may_have_it(
    make: Callable[[Charlm, Path], Repository], charlm: Charlm, tmp_path: Path
) -> None:
    found = make(charlm, tmp_path)

    assert found.address == Address.of(found.ref)
    assert found.ref.commit
    assert found.access is Access.PUBLIC
    assert found.answered_as is None
    assert found.listing().inventory.get("README.md")
