"""The part of the report about frameworks: the openwashing gap, the verdicts, what to do next."""

from typing import assert_never

from rich.text import Text

from provenance.frameworks.next_steps import by_cost
from provenance.values.assessment import (
    Assessment,
    MofAssessment,
    OsaiAssessment,
    OsaidAssessment,
    OsaidOutcome,
)
from provenance.values.component import Component
from provenance.values.manifest import Manifest

CLASS_NAMES = ("unclassified", "class I", "class II", "class III")


def gap(manifest: Manifest) -> Text:
    """Return what is claimed to be open and is not evidently so, in MOF's classes."""
    found = [one for one in manifest.assessments if isinstance(one, MofAssessment)]
    return Text("\n").join(_gap(one) for one in found)


def _gap(found: MofAssessment) -> Text:
    claimed, evident = CLASS_NAMES[found.claimed], _between(found)
    if not found.gap:
        return Text(f"  no openwashing gap: MOF claimed {claimed}, evidenced {evident}", "green")
    return Text.assemble(
        ("  openwashing gap: ", "bold"),
        f"MOF claimed {claimed}, evidenced {evident}; claimed to be open and not evidently so: ",
        _names(found.gap),
    )


def _between(found: MofAssessment) -> str:
    """Return the class that is evident, and the one that may be, where it is another."""
    shown, possible = CLASS_NAMES[found.evidenced], CLASS_NAMES[found.evidenced_at_most]
    return shown if shown == possible else f"{shown} (at most {possible})"


def _names(components: tuple[Component, ...]) -> str:
    return ", ".join(one.id for one in components)


def assessments(manifest: Manifest) -> Text:
    """Return one line for each framework, and one for the scores."""
    lines = [f"  {one.framework} {one.version}: {_verdict(one)}" for one in manifest.assessments]
    stages = ", ".join(
        f"{one.stage} {one.score.lo:.2f}-{one.score.hi:.2f}" for one in manifest.scores.stages
    )
    return Text("\n".join(["", *lines, f"  scores: {stages}"]))


def _verdict(found: Assessment) -> str:
    match found:
        case MofAssessment():
            return f"claimed {CLASS_NAMES[found.claimed]}, evidenced {_between(found)}"
        case OsaidAssessment():
            parts = [one.question for one in found.answers if one.outcome is found.outcome]
            rest = "" if found.outcome is OsaidOutcome.PERSON else f": {', '.join(parts)}"
            return f"{found.outcome}{rest}"
        case OsaiAssessment():
            return f"{found.score.lo:.2f}-{found.score.hi:.2f} of 1"
        case _:
            assert_never(found)


def steps(manifest: Manifest) -> list[str]:
    """Return what would lift the release, one line for each component, the cheapest first."""
    found = by_cost({one.component: one for one in manifest.components})
    return [f"[{one.cost.title}] {one.component.id}: {one.action}" for one in found]
