"""What is said of each component as JSON: its rung, licence, claims, findings and next step."""

from functools import partial

from provenance.errors import InvalidValueError
from provenance.text.shape import Reader
from provenance.text.strict_json import JsonValue
from provenance.values.access import Access
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.finding import (
    Absent,
    Confirmed,
    Contradicted,
    Finding,
    Inapplicable,
    Outcome,
    Unknown,
)
from provenance.values.locator import Locator, LocatorKind
from provenance.wire.evidence_json import encode_where, parse_because, parse_where
from provenance.wire.license_json import encode_license, parse_license
from provenance.wire.reach_json import encode_reach, parse_reach, parse_rung
from provenance.wire.scalars import (
    JsonObject,
    encode_interval,
    encode_revision,
    nullable,
    parse_interval,
    parse_revision_at,
)
from provenance.wire.steps_json import (
    encode_composition,
    encode_step,
    parse_composition,
    parse_step,
)

_REPORT_KEYS = (
    *("access", "claims", "composition", "coverage", "findings", "id", "license", "next_step"),
    *("rung", "rung_at_most"),
)

_OUTCOMES: dict[str, type[Outcome]] = {
    "absent": Absent,
    "confirmed": Confirmed,
    "contradicted": Contradicted,
    "inapplicable": Inapplicable,
    "unknown": Unknown,
}
_OUTCOME_NAMES = {kind: name for name, kind in _OUTCOMES.items()}


def encode_components(reports: tuple[ComponentReport, ...]) -> list[JsonValue]:
    """Return the reports; there is one for every component, in the components' order.

    Raises:
        InvalidValueError: when one is missing, too many or out of order, or holds a claim or a
            finding about another component.
    """
    if [report.component for report in reports] != list(Component):
        raise InvalidValueError(
            "the reports are not one for every component, in their order",
            hint="report every component, what is not known of it included",
        )
    return [_encode_report(report) for report in reports]


def parse_components(reader: Reader) -> tuple[ComponentReport, ...]:
    """Read the key ``components``; the inverse of :func:`encode_components`."""
    found = reader.objects("components")
    if [one.text("id") for one in found] != [component.id for component in Component]:
        raise reader.wrong("components", "they are not every component once, in their order")
    return tuple(
        _parse_report(one, component) for one, component in zip(found, Component, strict=True)
    )


def _encode_report(report: ComponentReport) -> JsonObject:
    about = {claim.component for claim in report.claims}
    about |= {finding.component for finding in report.findings}
    if about - {report.component}:
        raise InvalidValueError(
            f"the report on {report.component.id} speaks of another component",
            hint="put each claim and finding where it belongs",
        )
    return {
        "access": report.access.value,
        "claims": [_encode_claim(claim) for claim in report.claims],
        "composition": encode_composition(report.composition) if report.composition else None,
        "coverage": encode_interval(report.coverage) if report.coverage else None,
        "findings": [_encode_finding(finding) for finding in report.findings],
        "id": report.component.id,
        "license": encode_license(report.license),
        "next_step": encode_step(report.next_step) if report.next_step else None,
        **encode_reach(report.reach),
    }


def _parse_report(reader: Reader, component: Component) -> ComponentReport:
    reader.only_keys(*_REPORT_KEYS)
    return ComponentReport(
        component=component,
        reach=parse_reach(reader),
        license=parse_license(reader.object("license")),
        access=reader.choice("access", Access),
        coverage=nullable(reader, "coverage", parse_interval),
        claims=tuple(_parse_claim(one, component) for one in reader.objects("claims")),
        findings=tuple(_parse_finding(one, component) for one in reader.objects("findings")),
        composition=nullable(reader, "composition", parse_composition),
        next_step=nullable(reader, "next_step", partial(parse_step, component=component)),
    )


def _encode_claim(claim: Claim) -> JsonObject:
    return {
        "denied": claim.denied,
        "target": _encode_locator(claim.target) if claim.target else None,
        "text": claim.text,
        "where": encode_where(claim.where),
    }


def _parse_claim(reader: Reader, component: Component) -> Claim:
    reader.only_keys("denied", "target", "text", "where")
    return Claim(
        component=component,
        text=reader.text("text"),
        where=parse_where(reader.object("where")),
        target=nullable(reader, "target", _parse_locator),
        denied=reader.boolean("denied"),
    )


def _encode_locator(locator: Locator) -> JsonObject:
    return {
        "kind": locator.kind.value,
        "revision": encode_revision(locator.revision),
        "uri": locator.uri,
    }


def _parse_locator(reader: Reader, key: str) -> Locator:
    inner = reader.object(key)
    inner.only_keys("kind", "revision", "uri")
    return Locator(
        kind=inner.choice("kind", LocatorKind),
        uri=inner.text("uri"),
        revision=nullable(inner, "revision", parse_revision_at),
    )


def _encode_finding(finding: Finding) -> JsonObject:
    return {
        "because": [encode_where(one) for one in finding.outcome.because],
        "check": finding.check,
        "facet": finding.facet,
        "outcome": _OUTCOME_NAMES[type(finding.outcome)],
        "reason": finding.outcome.reason,
        "rung": int(finding.rung),
    }


def _parse_finding(reader: Reader, component: Component) -> Finding:
    reader.only_keys("because", "check", "facet", "outcome", "reason", "rung")
    kind = _OUTCOMES.get(reader.text("outcome"))
    if kind is None:
        raise reader.wrong("outcome", f"expected one of {', '.join(_OUTCOMES)}")
    return Finding(
        check=reader.text("check"),
        component=component,
        rung=parse_rung(reader, "rung"),
        outcome=kind(reader.text("reason"), parse_because(reader)),
        facet=reader.text("facet"),
    )
