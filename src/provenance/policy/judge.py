"""Holding a manifest against a policy: passed, failed, or undecided; an unknown never passes."""

from datetime import datetime

import attrs

from provenance.policy.files_demands import files_answers
from provenance.policy.recipe_demands import recipe_answers
from provenance.policy.trust_demands import trust_answers
from provenance.values.manifest import Manifest
from provenance.values.policy import OnUnknown, Policy
from provenance.values.verdict import Answer, Failed, Passed, State, Undecided, Verdict
from provenance.values.verified import Checked


def judge(
    policy: Policy,
    manifest: Manifest,
    *,
    checked: Checked | None = None,
    now: datetime | None = None,
) -> Verdict:
    """Return whether the manifest meets every demand, with one answer for each.

    A demand that only the unknown could meet leaves the verdict undecided; one that not even the
    unknown could meet fails it, whatever else is unknown.

    Args:
        policy: what is demanded.
        manifest: what was found.
        checked: what verification found; without it nobody vouches for the manifest, and demands
            on signers, revision and files as they are today stay open.
        now: the moment of the decision, in UTC; without it, demands on age stay open.
    """
    answers = (
        *recipe_answers(policy, manifest),
        *files_answers(policy, manifest, checked),
        *trust_answers(policy, manifest, checked, now),
    )
    if policy.unknown is OnUnknown.FAIL:
        answers = tuple(map(_failed, answers))
    for state, verdict in ((State.UNMET, Failed), (State.OPEN, Undecided)):
        if reasons := tuple(one.reason for one in answers if one.state is state):
            return verdict(reasons, answers)
    return Passed(tuple(one.reason for one in answers), answers)


def _failed(answer: Answer) -> Answer:
    if answer.state is not State.OPEN:
        return answer
    reason = f"{answer.reason}; the unknown fails this policy"
    return attrs.evolve(answer, state=State.UNMET, reason=reason)
