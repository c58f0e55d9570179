import attrs
import pytest

from provenance.errors import ProvenanceError
from provenance.flows.assess import assess_mof
from provenance.flows.auditing.judge import judge
from provenance.flows.export import export_mot
from tests.building import FACTS, MANIFEST


def test_a_record_that_an_audit_was_written_as_comes_to_a_class() -> None:
    manifest = attrs.evolve(MANIFEST, assessments=judge(FACTS).assessments)

    found = assess_mof(export_mot(manifest))

    assert found.standing.mof_class in {0, 1, 2, 3}
    assert len(found.standing.progress) == 3
    assert found.record.statuses


def test_what_is_no_record_is_an_error() -> None:
    with pytest.raises(ProvenanceError):
        assess_mof(b"- 1\n")
