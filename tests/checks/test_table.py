from provenance.checks.table import CHECKS
from provenance.values.component import Component
from tests.building import EMPTY, FACTS


def test_every_component_has_a_check_and_every_check_an_id_of_its_own() -> None:
    assert {check.component for check in CHECKS} == set(Component)
    assert len({check.id for check in CHECKS}) == len(CHECKS)


def test_every_check_speaks_about_its_own_component_under_its_own_id() -> None:
    for check in CHECKS:
        for finding in (*check.judge(FACTS), *check.judge(EMPTY)):
            assert (finding.check, finding.component) == (check.id, check.component)
