from provenance.frameworks.telling import evidence_of, reason_of, telling
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.finding import Absent, Confirmed, Finding, Outcome
from provenance.values.license import Terms
from provenance.values.rung import Rung
from tests.building import WHERE, report

SAID = Confirmed("the card says so", (WHERE,))


def found(shown: Rung, *outcomes: tuple[Rung, Outcome]) -> ComponentReport:
    about = Component.SEEDS
    findings = [Finding("any", about, rung, outcome) for rung, outcome in outcomes]
    return report(about, shown, shown, Terms.OPEN, *findings)


def test_of_what_is_there_the_test_that_it_passed_says_most() -> None:
    there = found(Rung.BOUND, (Rung.CLAIMED, SAID), (Rung.RETRIEVED, Confirmed("it parses")))

    assert reason_of(there) == "it parses"


def test_of_what_is_not_there_what_stops_it_says_most() -> None:
    stopped = found(
        Rung.LOCATED,
        (Rung.CLAIMED, SAID),
        (Rung.RETRIEVED, Confirmed("one part is there")),
        (Rung.RETRIEVED, Absent("the other is not")),
    )

    assert reason_of(stopped) == "the other is not"


def test_where_nothing_speaks_of_the_next_rung_anything_says_most() -> None:
    quiet = found(Rung.CLAIMED, (Rung.CLAIMED, SAID))

    assert (reason_of(quiet), evidence_of(quiet)) == ("the card says so", (WHERE,))


def test_where_no_check_spoke_nothing_was_found() -> None:
    silent = found(Rung.ABSENT)

    assert telling(silent) is None
    assert (reason_of(silent), evidence_of(silent)) == ("nothing was found", ())
