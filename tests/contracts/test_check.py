"""What every check keeps to, whoever wrote it."""

import pytest

from provenance.checks.table import CHECKS
from provenance.ports.check import Check
from provenance.values.rung import Rung
from tests.building import EMPTY, FACTS


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_check_speaks_about_its_own_component_and_gives_reasons(check: Check) -> None:
    for facts in (FACTS, EMPTY):
        findings = check.judge(facts)

        assert findings
        assert findings == check.judge(facts)
        for finding in findings:
            assert (finding.check, finding.component) == (check.id, check.component)
            assert finding.rung > Rung.ABSENT
            assert finding.outcome.reason
