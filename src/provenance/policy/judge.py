"""Holding a manifest against a policy: passed, failed, or undecided; an unknown never passes."""

from enum import IntEnum, unique
from typing import assert_never

from provenance.values.label import Label
from provenance.values.manifest import Manifest
from provenance.values.policy import Policy
from provenance.values.verdict import Failed, Passed, Undecided, Verdict


@unique
class _Answer(IntEnum):
    MET = 0
    OPEN = 1
    UNMET = 2


def judge(policy: Policy, manifest: Manifest) -> Verdict:
    """Return whether the manifest meets every demand, with one reason for each.

    A demand that only the unknown could meet leaves the verdict undecided; one that not even the
    unknown could meet fails it, whatever else is unknown.
    """
    answers = (*_label(policy, manifest), *_rungs(policy, manifest), *_hazards(policy, manifest))
    worst = max(answer for answer, _ in answers)
    reasons = tuple(reason for answer, reason in answers if answer is worst)
    match worst:
        case _Answer.UNMET:
            return Failed(reasons)
        case _Answer.OPEN:
            return Undecided(reasons)
        case _Answer.MET:
            return Passed(reasons)
        case _:
            assert_never(worst)


def _label(policy: Policy, manifest: Manifest) -> list[tuple[_Answer, str]]:
    if policy.label in {None, Label.UNDETERMINED, Label.CLOSED}:
        return []
    asked = policy.label
    shown, at_most = manifest.label, manifest.label_at_most
    if shown.level >= asked.level:
        return [(_Answer.MET, f"the label is {shown}; {asked} is asked for")]
    if at_most.level >= asked.level:
        return [
            (_Answer.OPEN, f"the label is {shown}, and unknown up to {at_most}; {asked} is asked")
        ]
    return [(_Answer.UNMET, f"the label is at most {at_most}; {asked} is asked for")]


def _rungs(policy: Policy, manifest: Manifest) -> list[tuple[_Answer, str]]:
    reaches = {report.component: report.reach for report in manifest.components}
    found = []
    for component, rung in policy.rungs:
        reach = reaches[component]
        asked = f"rung {rung:d} is asked for"
        if reach.shown >= rung:
            found.append((_Answer.MET, f"{component.id} stands on rung {reach.shown:d}; {asked}"))
        elif reach.at_most >= rung:
            found.append(
                (_Answer.OPEN, f"{component.id} is unknown above {reach.shown:d}; {asked}")
            )
        else:
            found.append((_Answer.UNMET, f"{component.id} is at most {reach.at_most:d}; {asked}"))
    return found


def _hazards(policy: Policy, manifest: Manifest) -> list[tuple[_Answer, str]]:
    found = []
    for code in policy.forbidden_hazards:
        paths = [hazard.path for hazard in manifest.hazards if hazard.code is code]
        if paths:
            found.append((_Answer.UNMET, f"{code} is forbidden, and found {len(paths)} times"))
        elif not manifest.inventory.complete or manifest.limits:
            found.append((_Answer.OPEN, f"no {code} was found, and not everything was looked at"))
        else:
            found.append((_Answer.MET, f"no {code} was found"))
    return found
