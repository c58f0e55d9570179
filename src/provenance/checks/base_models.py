"""Are the models there that this one is made from?"""

import attrs

from provenance.checks.searching.claimed import claimed, claims_about, denial
from provenance.checks.searching.looked import looked
from provenance.checks.searching.searched import given, nowhere
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.facts import Ancestor, Facts, ModelFacts
from provenance.values.finding import Absent, Confirmed, Contradicted, Finding, Outcome, Unknown
from provenance.values.look import Seen
from provenance.values.revision import Commit
from provenance.values.rung import Rung

# A file that is as large as this may hold weights, whatever it is called; in bytes.
_LARGE = 10 * 2**20
_SHARED = ("hidden_size", "num_hidden_layers", "num_attention_heads")


@attrs.frozen
class BaseModels:
    """Every base model that the card names resolves, and lists weights with digests.

    Needs: ``base_model`` of the card, the lists and configurations of those models.
    Proves: what this model began as is there today; with rung 5, that the two configurations have
    the same dimensions, where they are of the same type.
    Does not prove: that training began there.
    Example: ``base_model: org/base`` in the card, where ``org/base`` lists ``model.safetensors``.
    """

    id: str = "base-models-listed"
    component: Component = Component.BASE_MODELS

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5, one facet for each model."""
        claims = claims_about(facts, self.component)
        if refused := denial(claims):
            return (Finding(self.id, self.component, Rung.CLAIMED, refused),)
        if not claims:
            missing = nowhere(facts, self.component, "base model")
            return (Finding(self.id, self.component, Rung.CLAIMED, missing),)
        linked = {one.locator.uri: one for one in facts.ancestors if one.generation == 1}
        groups: dict[str, list[Claim]] = {}
        for claim in given(claims):
            groups.setdefault(claim.target.uri if claim.target else claim.text, []).append(claim)
        return tuple(
            one
            for name, group in groups.items()
            for one in self._facet(name, tuple(group), linked.get(name), facts)
        )

    def _facet(
        self, name: str, claims: tuple[Claim, ...], linked: Ancestor | None, facts: Facts
    ) -> tuple[Finding, ...]:
        said = claimed(claims)
        outcomes: list[tuple[Rung, Outcome]] = [(Rung.CLAIMED, said)]
        if not any(claim.target for claim in claims):
            nameless = Absent("the name is no id that could be asked for", (claims[0].where,))
            outcomes.append((Rung.LOCATED, nameless))
        elif linked is None:
            unseen = Unknown("nobody looked at the model")
            outcomes += [(Rung.LOCATED, said), (Rung.RETRIEVED, unseen)]
        else:
            outcomes += [
                (Rung.LOCATED, said),
                (Rung.RETRIEVED, _retrieved(linked)),
                (Rung.BOUND, _bound(linked)),
                (Rung.CONSISTENT, _agrees(linked, facts)),
            ]
        return tuple(Finding(self.id, self.component, rung, it, name) for rung, it in outcomes)


def _retrieved(linked: Ancestor) -> Outcome:
    return looked(linked.look, _listed)


def _listed(model: ModelFacts) -> Outcome:
    weights = model.weights
    because = (model.listing,)
    if not weights and not model.files.complete:
        return Unknown("not all of its files were listed", because)
    if large := next((one for one in model.files if not weights and one.size >= _LARGE), None):
        return Unknown(f"{large.path.text[:200]!a} may be its weights", because)
    if not weights:
        return Absent("it lists no weights", because)
    if bare := [one for one in weights if not one.digests.digests]:
        return Unknown(f"{len(bare)} of its weight files have no digest", because)
    return Confirmed(f"it lists {len(weights)} weight files, each with a digest", because)


def _bound(linked: Ancestor) -> Outcome:
    where = linked.named
    if isinstance(linked.locator.revision, Commit):
        return Confirmed(f"the publisher names commit {linked.locator.revision}", where)
    named = linked.locator.revision or "no revision"
    return Absent(f"the card names {named}: what it leads to can move", where)


def _agrees(linked: Ancestor, facts: Facts) -> Outcome:
    if not isinstance(linked.look, Seen) or not isinstance(linked.look.value.config, Seen):
        return Unknown("its configuration was not read")
    if not isinstance(facts.config, Seen):
        return Unknown("there is no configuration to compare with")
    theirs, ours = linked.look.value.config.value, facts.config.value
    if theirs.model_type != ours.model_type:
        return Unknown(f"it is of type {theirs.model_type}, and this of {ours.model_type}")
    base = {one.key: one.value for one in theirs.settings if one.key in _SHARED}
    mine = {one.key: one.value for one in ours.settings if one.key in _SHARED}
    shared = sorted(base.keys() & mine.keys())
    where = (theirs.where, ours.where)
    if not shared:
        return Unknown("the two configurations share no dimension", where)
    differing = [key for key in shared if base[key] != mine[key]]
    if differing:
        key = differing[0]
        return Contradicted(f"{key} is {base[key]} there and {mine[key]} here", where)
    return Confirmed(f"both are {ours.model_type}, with the same {', '.join(shared)}", where)
