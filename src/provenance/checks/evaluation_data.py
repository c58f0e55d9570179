"""Is the data there that the model was measured on?"""

import attrs

from provenance.checks.datasets import bound, listed
from provenance.checks.searching.claimed import claimed, claims_about, denial
from provenance.checks.searching.looked import looked
from provenance.checks.searching.searched import doubt, nowhere
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.facts import DatasetFacts, Facts, LinkedDataset
from provenance.values.finding import Absent, Confirmed, Finding, Outcome, Unknown
from provenance.values.look import Seen, Unseen
from provenance.values.rung import Rung

_TRAINING = "train"


@attrs.frozen
class EvaluationData:
    """Every dataset that results are given for resolves, and has the split that they name.

    Needs: the results, the lists of their datasets.
    Proves: others can measure on the same data. Data that the model was trained on counts only in
    a split of its own.
    Does not prove: that the results were measured on it.
    Example: a result on ``org/data``, split ``validation``, revision ``4979582…``, where the card
    of the dataset names the file of that split, and it is listed.
    """

    id: str = "evaluation-data-listed"
    component: Component = Component.EVALUATION_DATA

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5, one facet for each dataset."""
        claims = claims_about(facts, self.component)
        if refused := denial(claims):
            return (Finding(self.id, self.component, Rung.CLAIMED, refused),)
        if not claims:
            missing = nowhere(facts, self.component, "result that names a dataset")
            return (Finding(self.id, self.component, Rung.CLAIMED, missing),)
        linked = {one.locator.uri: one for one in facts.evaluation_data}
        groups: dict[str, list[Claim]] = {}
        for claim in claims:
            groups.setdefault(claim.target.uri if claim.target else claim.text, []).append(claim)
        return tuple(
            one
            for name, group in groups.items()
            for one in self._facet(name, tuple(group), linked.get(name), facts)
        )

    def _facet(
        self,
        name: str,
        claims: tuple[Claim, ...],
        linked: LinkedDataset | None,
        facts: Facts,
    ) -> tuple[Finding, ...]:
        said = claimed(claims)
        outcomes: list[tuple[Rung, Outcome]] = [(Rung.CLAIMED, said)]
        if not any(claim.target for claim in claims):
            nameless = Absent("the name is no id that could be asked for", (claims[0].where,))
            outcomes.append((Rung.LOCATED, nameless))
        elif linked is None:
            unseen = Unknown("nobody looked at the dataset")
            outcomes += [(Rung.LOCATED, said), (Rung.RETRIEVED, unseen)]
        else:
            outcomes += [
                (Rung.LOCATED, said),
                (Rung.RETRIEVED, _retrieved(linked, facts)),
                (Rung.BOUND, _bound(linked, facts)),
                (Rung.CONSISTENT, _agrees(linked, facts)),
            ]
        return tuple(Finding(self.id, self.component, rung, it, name) for rung, it in outcomes)


def _bound(linked: LinkedDataset, facts: Facts) -> Outcome:
    """Return whether a revision is named; a card that was not read whole may name one."""
    found, card = bound(linked, Component.EVALUATION_DATA), facts.card
    in_part = isinstance(card, Unseen) or (isinstance(card, Seen) and not card.value.complete)
    if isinstance(found, Absent) and in_part:
        return Unknown(f"{found.reason}; the card was not read whole", found.because)
    return found


def _retrieved(linked: LinkedDataset, facts: Facts) -> Outcome:
    return looked(linked.look, lambda dataset: _split_there(linked, dataset, facts))


def _split_there(linked: LinkedDataset, dataset: DatasetFacts, facts: Facts) -> Outcome:
    found = listed(dataset)
    wanted = _splits(linked, facts)
    trained_on = linked.locator.uri in {one.locator.uri for one in facts.datasets}
    if trained_on and not wanted - {_TRAINING}:
        # A result that was not read may name another split.
        return doubt(facts, Component.EVALUATION_DATA) or Absent(
            "the model was trained on it, and no other split is named", (dataset.listing,)
        )
    if not isinstance(found, Confirmed) or not wanted:
        return found
    known = _files_of_splits(dataset)
    missing = sorted(name for name in wanted if known and name not in known)
    if missing:
        return Absent(f"the dataset has no split {missing[0]}", (dataset.listing,))
    return found


def _splits(linked: LinkedDataset, facts: Facts) -> set[str]:
    about = (one for one in facts.measured if one.dataset == linked.locator.uri)
    return {one.split for one in about if one.split}


def _files_of_splits(dataset: DatasetFacts) -> frozenset[str]:
    """Return the splits that the dataset's card names; none when it names none."""
    said = dataset.said.value if isinstance(dataset.said, Seen) else None
    if said is None:
        return frozenset()
    named = (files.split.value for one in said.configs for files in one.files if files.split)
    counted = (split.name.value for info in said.infos for split in info.splits if split.name)
    return frozenset({*named, *counted})


def _agrees(linked: LinkedDataset, facts: Facts) -> Outcome:
    """Return whether the results name a revision, and it is the one that was looked at."""
    about = [one for one in facts.measured if one.dataset == linked.locator.uri]
    named = [one for one in about if one.revision]
    if not named or not isinstance(linked.look, Seen):
        return Unknown("no result names the revision of its dataset")
    seen = str(linked.look.value.record.revision)
    where = tuple(one.where for one in named)
    if all(one.revision == seen for one in named):
        return Confirmed(f"the results name revision {seen}, which was looked at", where)
    return Unknown(f"the results name revision {named[0].revision}; {seen} was looked at", where)
