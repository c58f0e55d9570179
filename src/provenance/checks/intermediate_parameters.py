"""Are there parameters of earlier moments of training?"""

import attrs

from provenance.checks.searching.claimed import claimed, claims_about, denial
from provenance.checks.searching.listed import unbound
from provenance.checks.searching.searched import given, nowhere
from provenance.values.component import Component
from provenance.values.facts import Checkpoint, Facts
from provenance.values.finding import Absent, Confirmed, Contradicted, Finding, Outcome, Unknown
from provenance.values.ref import Scheme
from provenance.values.rung import Rung

LEAST = 2


@attrs.frozen
class IntermediateParameters:
    """Two or more branches, tags or folders are named by a step, and their weights differ.

    Needs: the listing; of a release on the Hub, its branches and tags, and the lists of the first
    and the last of them.
    Proves: there is more than one moment of training to look at; with rung 5, that the last one has
    the digests of the release itself, and that the order of steps is one of different weights.
    Does not prove: that the moments are of this training. Digests of branches are the Hub's word.
    Example: branches ``step1000`` and ``step143000``, with different ``model.safetensors``.
    """

    id: str = "intermediate-parameters-differ"
    component: Component = Component.INTERMEDIATE_PARAMETERS

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5."""
        claims = claims_about(facts, self.component)
        if refused := denial(claims):
            return (self._finding(Rung.CLAIMED, refused),)
        found = facts.checkpoints
        if found:
            shown = ", ".join(one.name for one in found[:3])
            where = tuple(dict.fromkeys(one.where for one in found))
            held = Confirmed(f"{len(found)} are named by a step: {shown}", where)
            return (
                self._finding(Rung.CLAIMED, held),
                self._finding(Rung.LOCATED, held),
                self._finding(Rung.RETRIEVED, _differ(found)),
                self._finding(Rung.BOUND, _bound(facts)),
                self._finding(Rung.CONSISTENT, _ends_here(facts)),
            )
        missing = _missing(facts)
        if given(claims):
            return (
                self._finding(Rung.CLAIMED, claimed(given(claims))),
                self._finding(Rung.LOCATED, missing),
            )
        return (self._finding(Rung.CLAIMED, missing),)

    def _finding(self, rung: Rung, outcome: Outcome) -> Finding:
        return Finding(self.id, self.component, rung, outcome)


def _missing(facts: Facts) -> Outcome:
    if not facts.branches_read:
        return Unknown("the branches were not listed", (facts.listing,))
    claims = given(claims_about(facts, Component.INTERMEDIATE_PARAMETERS))
    if any(claim.target for claim in claims):
        return Unknown("nobody looked at what the claim leads to")
    if claims and facts.ref.scheme is not Scheme.HF:
        return Unknown("what is claimed may be branches, and a folder has none", (facts.listing,))
    sought = "branch, tag or folder named by a step"
    return nowhere(facts, Component.INTERMEDIATE_PARAMETERS, sought)


def _differ(found: tuple[Checkpoint, ...]) -> Outcome:
    looked = [one for one in found if one.weights]
    where = tuple(dict.fromkeys(one.where for one in looked))
    if len({one.weights for one in looked}) >= LEAST:
        first, last = looked[0], looked[-1]
        return Confirmed(f"the weights of {first.name} and {last.name} differ", where)
    if len({one.step for one in found}) < LEAST:
        return Absent("there is only one step", tuple(one.where for one in found))
    if len(looked) < LEAST:
        return Unknown("the weights of two steps were not listed", where)
    return Absent("all steps that were looked at have the same weights", where)


def _bound(facts: Facts) -> Outcome:
    folders = {one.path.text.rpartition("/")[0] for one in facts.inventory}
    if not facts.publisher_bound:
        return unbound(facts)
    if all(one.name in folders for one in facts.checkpoints):
        return Confirmed(f"commit {facts.commit} fixes their digests", (facts.listing,))
    return Absent("branches and tags can move", tuple(one.where for one in facts.checkpoints[:1]))


def _ends_here(facts: Facts) -> Outcome:
    looked = sorted((one for one in facts.checkpoints if one.weights), key=lambda one: one.step)
    if len(looked) < LEAST:
        return Unknown("the weights of two steps were not listed")
    weights = [entry for entry in facts.inventory if entry.path in set(facts.weight_files)]
    own = tuple(entry.sha256.hex for entry in weights if entry.sha256)
    last = looked[-1]
    where = (last.where, facts.listing)
    if set(last.weights) <= set(own):
        return Confirmed(f"the weights of {last.name} are those of the release", where)
    if looked[0].weights == last.weights:
        return Contradicted(f"{looked[0].name} and {last.name} have the same weights", where)
    return Unknown(f"the weights of {last.name} are not those of the release", where)
