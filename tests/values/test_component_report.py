from provenance.values.access import Access
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.license import License, Terms
from provenance.values.rung import Reach, Rung


def test_licence_and_access_stand_beside_the_rung_and_do_not_change_it() -> None:
    reach = Reach(Rung.BOUND, Rung.REPRODUCED)

    reports = [
        ComponentReport(Component.DATASETS, reach, License(terms), access)
        for terms in Terms
        for access in Access
    ]

    assert {report.reach for report in reports} == {reach}
    assert {report.coverage for report in reports} == {None}
