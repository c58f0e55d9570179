"""The finding that says most of a component: why it is there, or what keeps it from being there."""

from provenance.values.component_report import ComponentReport
from provenance.values.evidence import Where
from provenance.values.finding import Confirmed, Finding
from provenance.values.rung import Rung


def telling(report: ComponentReport) -> Finding | None:
    """Return the finding that says most: about what is shown when it is there, else what stops it.

    ``None`` where no check spoke.
    """
    there = report.reach.shown >= Rung.RETRIEVED
    rung = Rung.RETRIEVED if there else report.reach.shown + 1
    at = [one for one in report.findings if one.rung == rung] or list(report.findings)
    # Of several facets the one that stops the climb.
    return min(at, key=lambda one: isinstance(one.outcome, Confirmed) and not there, default=None)


def reason_of(report: ComponentReport) -> str:
    """Return the reason of the finding that says most, or that nothing was found."""
    finding = telling(report)
    return finding.outcome.reason if finding else "nothing was found"


def evidence_of(report: ComponentReport) -> tuple[Where, ...]:
    """Return the evidence of the finding that says most."""
    finding = telling(report)
    return finding.outcome.because if finding else ()
