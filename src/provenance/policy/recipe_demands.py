"""Demands on the recipe: label, rungs, licences, class of openness, reproductions."""

from collections.abc import Iterator
from typing import assert_never

from provenance.values.access import Access
from provenance.values.assessment import MofAssessment
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.label import WEIGHTS, Label, Qualifier
from provenance.values.license import Terms
from provenance.values.manifest import Manifest
from provenance.values.policy import LicenseDemand, Policy
from provenance.values.rung import Rung
from provenance.values.verdict import Answer, State

_LOOK = "audit again with what could not be looked at within reach; the manifest's limits name it"
_OTHER = "choose a release that shows it, or demand less"
_PARAMETERS = Component.FINAL_PARAMETERS
_ROMAN = {1: "I", 2: "II", 3: "III"}


def recipe_answers(policy: Policy, manifest: Manifest) -> Iterator[Answer]:
    """Yield one answer for each demand on the recipe."""
    yield from _label(policy, manifest)
    yield from _qualifiers(policy, manifest)
    reports = {report.component: report for report in manifest.components}
    for component, rung in policy.rungs:
        yield _rung(reports[component], rung)
    for demand in policy.licenses:
        yield _license(demand, reports[demand.component])
    if policy.mof_class is not None:
        yield _mof(policy.mof_class, manifest)
    for wanted in policy.reproductions:
        yield Answer(
            f"reproduction.{wanted}",
            State.OPEN,
            f"no reproduction of the kind {wanted} is recorded; it is asked for",
            "reproduce the release and give the manifest that records it",
        )


def _label(policy: Policy, manifest: Manifest) -> Iterator[Answer]:
    asked = policy.label
    if asked in {None, Label.UNDETERMINED, Label.CLOSED}:
        return
    shown, at_most = manifest.label, manifest.label_at_most
    if shown.level >= asked.level:
        yield Answer("label", State.MET, f"the label is {shown}; {asked} is asked for")
    elif at_most.level >= asked.level:
        reason = f"the label is {shown}, and unknown up to {at_most}; {asked} is asked"
        yield Answer("label", State.OPEN, reason, _LOOK)
    else:
        reason = f"the label is at most {at_most}; {asked} is asked for"
        yield Answer("label", State.UNMET, reason, _OTHER)


def _qualifiers(policy: Policy, manifest: Manifest) -> Iterator[Answer]:
    for forbidden in policy.forbidden_qualifiers:
        demand = f"forbid-qualifiers.{forbidden}"
        if forbidden in manifest.label_qualifiers:
            yield Answer(demand, State.UNMET, f"the label is {forbidden}", _OTHER)
        elif _hidden(forbidden, manifest):
            reason = f"whether the label is {forbidden} could not be looked at"
            yield Answer(demand, State.OPEN, reason, _LOOK)
        else:
            yield Answer(demand, State.MET, f"the label is not {forbidden}")


def _hidden(forbidden: Qualifier, manifest: Manifest) -> bool:
    """Tell whether a qualifier that is not there may be: what is unread may bring it."""
    if manifest.label is Label.UNDETERMINED:
        return True
    match forbidden:
        case Qualifier.RESTRICTED:
            return Qualifier.LICENSE_UNKNOWN in manifest.label_qualifiers
        case Qualifier.GATED:
            parameters = (one for one in manifest.components if one.component is _PARAMETERS)
            return any(one.access is Access.UNKNOWN for one in parameters)
        case Qualifier.PARTIAL:
            return any(_may_be_missing(one) for one in manifest.components)
        case Qualifier.LICENSE_UNKNOWN:
            return False
        case _:
            assert_never(forbidden)


def _may_be_missing(report: ComponentReport) -> bool:
    """Tell whether it is unknown if a part of what loading needs is there."""
    reach = report.reach
    return report.component in WEIGHTS and reach.shown < Rung.RETRIEVED <= reach.at_most


def _rung(report: ComponentReport, rung: Rung) -> Answer:
    name, reach = report.component.id, report.reach
    demand, asked = f"rungs.{name}", f"rung {rung:d} is asked for"
    if reach.shown >= rung:
        return Answer(demand, State.MET, f"{name} stands on rung {reach.shown:d}; {asked}")
    if reach.at_most >= rung:
        reason = f"{name} is unknown above {reach.shown:d}; {asked}"
        return Answer(demand, State.OPEN, reason, _LOOK)
    return Answer(demand, State.UNMET, f"{name} is at most {reach.at_most:d}; {asked}", _OTHER)


def _license(demand: LicenseDemand, report: ComponentReport) -> Answer:
    name, found = demand.component.id, report.license
    key = f"licenses.{name}"
    accepted = ", ".join((*sorted(demand.terms), *sorted(demand.ids)))
    match found.terms:
        case Terms.UNKNOWN:
            reason = f"the licence of {name} is not known by its text; accepted are {accepted}"
            return Answer(key, State.OPEN, reason, _LOOK)
        case Terms.NONE:
            reason = f"{name} has no licence; accepted are {accepted}"
            return Answer(key, State.UNMET, reason, _OTHER)
        case _:
            shown = found.evident or f"{found.terms} by a text without a name"
            met = found.terms in demand.terms or demand.names(found.evident)
            reason = f"{name} stands under {shown}; accepted are {accepted}"
            return (
                Answer(key, State.MET, reason) if met else Answer(key, State.UNMET, reason, _OTHER)
            )


def _mof(asked: int, manifest: Manifest) -> Answer:
    assessments = manifest.assessments
    found = next((one for one in assessments if isinstance(one, MofAssessment)), None)
    wanted = f"class {_ROMAN[asked]} is asked for"
    if found is None:
        reason = f"no assessment by the Model Openness Framework is recorded; {wanted}"
        return Answer("mof-class", State.OPEN, reason, "audit the release with this version")
    if 0 < found.evidenced <= asked:
        reason = f"the evident MOF class is {_ROMAN[found.evidenced]}; {wanted}"
        return Answer("mof-class", State.MET, reason)
    evident = f"the evident MOF class is {_ROMAN.get(found.evidenced, 'none')}"
    if 0 < found.evidenced_at_most <= asked:
        reason = f"{evident}, and the rest unknown; {wanted}"
        return Answer("mof-class", State.OPEN, reason, _LOOK)
    at_most = _ROMAN.get(found.evidenced_at_most, "none")
    reason = f"{evident}, and {at_most} if all that is unknown were open; {wanted}"
    return Answer("mof-class", State.UNMET, reason, _OTHER)
