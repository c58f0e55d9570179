import attrs
import pytest

from provenance.errors import UsageError
from provenance.exports.mof_record import Side
from provenance.flows.auditing.judge import judge
from provenance.flows.export import export_mot
from tests.building import FACTS, MANIFEST


def test_a_record_takes_the_word_of_the_publisher_unless_evidence_is_asked_for() -> None:
    manifest = attrs.evolve(MANIFEST, assessments=judge(FACTS).assessments)

    assert export_mot(manifest) == export_mot(manifest, Side.CLAIMED)
    assert export_mot(manifest) != export_mot(manifest, Side.EVIDENCED)


def test_a_manifest_without_an_assessment_is_no_record() -> None:
    with pytest.raises(UsageError, match="no assessment by MOF"):
        export_mot(MANIFEST)
