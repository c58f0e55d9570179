from pathlib import Path

import attrs

from provenance.__about__ import __version__
from provenance.flows.auditing.audit import audit
from provenance.flows.auditing.kept_facts import facts_about, tool_of
from provenance.stores.evidence import EvidenceStore
from provenance.values.inventory import How
from tests.charlm import MODEL, Charlm, noon


def test_files_whose_bytes_were_not_kept_are_known_by_their_facts(
    charlm: Charlm, tmp_path: Path
) -> None:
    settings = attrs.evolve(charlm.settings, evidence=tmp_path)
    found = audit(MODEL, settings=settings, clock=noon)
    weights = next(one for one in found.inventory if one.path.suffix == ".safetensors")
    assert weights.sha256

    (fact,) = facts_about(tmp_path, weights.sha256.hex[:10])

    assert (fact.size, fact.how, fact.digest) == (weights.size, How.READ, weights.sha256)
    assert fact.address.path == weights.path.text
    assert tool_of(tmp_path) == f"provenance-verifier {__version__}"


def test_a_recording_without_a_tool_says_so(tmp_path: Path) -> None:
    EvidenceStore(tmp_path).close()

    assert tool_of(tmp_path) == "a tool that gave no name"
    assert facts_about(tmp_path, "") == ()
