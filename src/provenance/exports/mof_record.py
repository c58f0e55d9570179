"""A record of the Model Openness Tool, from a manifest: what its form would say.

Two records can be made: one of what the publisher claims, and one of what is evident. A component
without a licence is written as ``unlicensed``, so that nothing is inherited in the tool; one that
could not be looked at is left out of the record of what is evident.
"""

from collections.abc import Callable
from enum import StrEnum, unique

import yaml

from provenance.errors import UsageError
from provenance.values.assessment import MofAnswer, MofAssessment, Status
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.locator import LocatorKind
from provenance.values.manifest import Manifest
from provenance.values.ref import Scheme
from provenance.values.rung import Rung

_FRAMEWORK = {"name": "Model Openness Framework", "version": "1.0", "date": "2024-12-15"}
_UNLICENSED = "unlicensed"
_WIDTH = 100


@unique
class Side(StrEnum):
    """Whose word a record takes."""

    CLAIMED = "claimed"
    EVIDENCED = "evidenced"


def export_record(manifest: Manifest, side: Side, spdx_id: Callable[[str], str]) -> bytes:
    """Return the record as YAML, components in MOF's order; equal manifests give equal bytes.

    Args:
        manifest: an audit that holds MOF's assessment.
        side: whether to write what is claimed, or what is evident.
        spdx_id: maps an id as a Hub writes it to that of SPDX.

    Raises:
        UsageError: for a manifest without MOF's assessment.

    """
    found = next((one for one in manifest.assessments if isinstance(one, MofAssessment)), None)
    if found is None:
        raise UsageError("the manifest holds no assessment by MOF", hint="audit the release again")
    reports = {one.component: one for one in manifest.components}
    components = [
        _component(reports[answer.component], side, spdx_id)
        for answer in found.answers
        if _included(answer, reports[answer.component], side)
    ]
    record = {"framework": _FRAMEWORK, "release": _release(manifest, components)}
    text: str = yaml.safe_dump(record, sort_keys=False, allow_unicode=False, width=_WIDTH)
    return text.encode("ascii")


def _included(answer: MofAnswer, report: ComponentReport, side: Side) -> bool:
    if side is Side.CLAIMED:
        return report.reach.shown >= Rung.CLAIMED
    return answer.evidenced not in {Status.MISSING, Status.UNKNOWN}


def _release(manifest: Manifest, components: list[dict[str, str]]) -> dict[str, object]:
    ref = manifest.release.ref
    on_hub = ref.scheme is Scheme.HF
    return {
        "name": ref.name.rpartition("/")[2],
        "version": str(ref.revision) if ref.revision else "",
        "date": f"{manifest.release.resolved_at:%Y-%m-%d}",
        "type": "",
        "architecture": "",
        "origin": _origin(manifest),
        "producer": ref.name.rpartition("/")[0],
        "contact": "",
        "repository": next((source.uri for source in manifest.sources), ""),
        "huggingface": f"https://huggingface.co/{ref.name}" if on_hub else "",
        "license": {},
        "components": components,
    }


def _origin(manifest: Manifest) -> str:
    claims = (
        claim
        for one in manifest.components
        if one.component is Component.BASE_MODELS
        for claim in one.claims
        if not claim.denied
    )
    return next((one.target.uri if one.target else one.text for one in claims), "")


def _component(
    report: ComponentReport, side: Side, spdx_id: Callable[[str], str]
) -> dict[str, str]:
    licence = report.license
    named = licence.evident
    if side is Side.CLAIMED and licence.claimed:
        named = spdx_id(licence.claimed)
    entry = {"name": report.component.title, "description": ""}
    targets = (claim.target for claim in report.claims if claim.target and not claim.denied)
    if target := next(targets, None):
        prefix = _PREFIXES.get(target.kind, "")
        entry["component_path"] = f"{prefix}{target.uri}"
    entry["license"] = named or _UNLICENSED
    return entry


_PREFIXES = {
    LocatorKind.HUB_MODEL: "https://huggingface.co/",
    LocatorKind.HUB_DATASET: "https://huggingface.co/datasets/",
    LocatorKind.HUB_SPACE: "https://huggingface.co/spaces/",
    LocatorKind.ARXIV: "https://arxiv.org/abs/",
    LocatorKind.DOI: "https://doi.org/",
    LocatorKind.SWHID: "https://archive.softwareheritage.org/",
}
