"""What opened, closed and changed from one release to another, by their manifests.

What only one of the two audits could look at neither opened nor closed: nobody knows.
"""

from collections.abc import Iterator

from provenance.lineage.linked import datasets, sources
from provenance.lineage.terms import accesses, licenses
from provenance.lineage.turns import turn_of
from provenance.lineage.weights import base_models, files, weights
from provenance.values.assessment import MofAssessment, rank
from provenance.values.component_report import ComponentReport
from provenance.values.manifest import Manifest
from provenance.values.movement import Aspect, Movement, Turn
from provenance.values.rung import Reach

_CLASSES = ("unclassified", "class I", "class II", "class III")


def movements(before: Manifest, after: Manifest) -> tuple[Movement, ...]:
    """Return everything that moved, by aspect; nothing for two manifests of the same state."""
    return (
        *_label(before, after),
        *_mof(before, after),
        *licenses(before, after),
        *accesses(before, after),
        *weights(before, after),
        *base_models(before, after),
        *datasets(before, after),
        *sources(before, after),
        *_components(before, after),
        *files(before, after),
        *_hazards(before, after),
    )


def _label(before: Manifest, after: Manifest) -> Iterator[Movement]:
    ends = [(one.label.level, one.label_at_most.level) for one in (before, after)]
    said = [_labelled(one) for one in (before, after)]
    if said[0] != said[1]:
        yield Movement(Aspect.LABEL, turn_of(*ends), "label", *said)


def _labelled(manifest: Manifest) -> str:
    qualifiers = "".join(f", {one}" for one in manifest.label_qualifiers)
    possible = manifest.label_at_most
    rest = "" if possible is manifest.label else f" (at most {possible})"
    return f"{manifest.label}{qualifiers}{rest}"


def _mof(before: Manifest, after: Manifest) -> Iterator[Movement]:
    found = [_mof_of(one) for one in (before, after)]
    if not found[0] or not found[1]:
        return
    first, last = found[0], found[1]
    claimed = (_CLASSES[first.claimed], _CLASSES[last.claimed])
    if claimed[0] != claimed[1]:
        yield Movement(Aspect.MOF, Turn.CHANGED, "claimed class", *claimed)
    ends = [(rank(one.evidenced), rank(one.evidenced_at_most)) for one in (first, last)]
    if ends[0] != ends[1]:
        said = (_evident(first), _evident(last))
        yield Movement(Aspect.MOF, turn_of(*ends), "evidenced class", *said)


def _mof_of(manifest: Manifest) -> MofAssessment | None:
    return next((one for one in manifest.assessments if isinstance(one, MofAssessment)), None)


def _evident(found: MofAssessment) -> str:
    shown, possible = _CLASSES[found.evidenced], _CLASSES[found.evidenced_at_most]
    return shown if shown == possible else f"{shown} (at most {possible})"


def _components(before: Manifest, after: Manifest) -> Iterator[Movement]:
    for old, new in zip(before.components, after.components, strict=True):
        if said := _moved(old, new):
            ends = [(int(one.reach.shown), int(one.reach.at_most)) for one in (old, new)]
            yield Movement(Aspect.COMPONENT, turn_of(*ends), new.component.id, *said)


def _moved(old: ComponentReport, new: ComponentReport) -> tuple[str, str] | None:
    said = (_stands(old.reach), _stands(new.reach))
    return None if said[0] == said[1] else said


def _stands(reach: Reach) -> str:
    return "unknown" if reach.unknown else f"{reach.shown:d} {reach.shown.name.lower()}"


def _hazards(before: Manifest, after: Manifest) -> Iterator[Movement]:
    old = {(one.code, one.path) for one in before.hazards}
    new = {(one.code, one.path) for one in after.hazards}
    for code, path in sorted(old ^ new):
        there = (code, path) in new
        words = ("", f"found: {code}") if there else (f"found: {code}", "")
        yield Movement(Aspect.HAZARD, Turn.CHANGED, path or "the release", *words)
