"""Is the training data there, file by file, and bound by the publisher?"""

from typing import assert_never

import attrs

from provenance.checks.claimed import claimed, claims_about, denial, unclaimed
from provenance.errors import Code
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.dataset import Availability, DatasetRecord
from provenance.values.evidence import Where
from provenance.values.facts import DatasetFacts, Facts, LinkedDataset
from provenance.values.finding import Absent, Confirmed, Finding, Outcome, Unknown
from provenance.values.interval import Interval
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.revision import Commit
from provenance.values.rung import Rung


def _bound(linked: LinkedDataset) -> Outcome:
    """Return whether the publisher's own text fixes the dataset to a commit."""
    where = tuple(claim.where for claim in linked.claims)
    if isinstance(linked.locator.revision, Commit):
        return Confirmed(f"the publisher names commit {linked.locator.revision}", where)
    named = linked.locator.revision or "no revision"
    return Absent(f"the link names {named}: what it leads to can move", where)


def dataset_findings(
    check: str, component: Component, linked: LinkedDataset, retrieved: Outcome
) -> tuple[Finding, ...]:
    """Return the findings for rungs 1 to 4 about one linked dataset, as a facet of a component."""
    said = claimed(linked.claims)
    outcomes = (
        (Rung.CLAIMED, said),
        (Rung.LOCATED, said),
        (Rung.RETRIEVED, retrieved),
        (Rung.BOUND, _bound(linked)),
    )
    facet = linked.locator.uri
    return tuple(Finding(check, component, rung, outcome, facet) for rung, outcome in outcomes)


@attrs.frozen
class Datasets:
    """Every dataset that the card names resolves, lists data files, and each has a digest.

    Needs: the card, the datasets' listings. Proves: the named data is there today.
    Does not prove: that it is all the data, nor that training read it.
    """

    id: str = "datasets-listed"
    component: Component = Component.DATASETS

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 4, one facet for each dataset."""
        claims = claims_about(facts, self.component)
        if refused := denial(claims):
            return (Finding(self.id, self.component, Rung.CLAIMED, refused),)
        if not claims:
            missing = unclaimed(facts, "dataset")
            return (Finding(self.id, self.component, Rung.CLAIMED, missing),)
        linked = tuple(
            one
            for each in (*facts.datasets, *_unfollowed(facts, claims))
            for one in dataset_findings(self.id, self.component, each, _retrieved(each))
        )
        if linked:
            return linked
        return (
            Finding(self.id, self.component, Rung.CLAIMED, claimed(claims)),
            Finding(
                self.id, self.component, Rung.LOCATED, Absent("no claim leads to a dataset's id")
            ),
        )


def dataset_coverage(facts: Facts) -> Interval | None:
    """Return which fraction of what the datasets declare is listed, over the best and the worst.

    ``None`` when none of them declares how much it holds.
    """
    looks = (linked.look for linked in facts.datasets)
    found = [look.value.record.coverage for look in looks if isinstance(look, Seen)]
    known = [one for one in found if one]
    if not known:
        return None
    return Interval(min(one.lo for one in known), max(one.hi for one in known))


def _unfollowed(facts: Facts, claims: tuple[Claim, ...]) -> tuple[LinkedDataset, ...]:
    """Return the datasets that claims lead to and that nobody looked at: unknown, not absent."""
    followed = {linked.locator.uri for linked in facts.datasets}
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.target and claim.target.uri not in followed:
            groups.setdefault(claim.target.uri, []).append(claim)
    look = Unseen("nobody looked at what the link leads to", Code.RESOURCE)
    return tuple(
        LinkedDataset(claim.target, tuple(group), look)
        for group in groups.values()
        if (claim := group[0]).target
    )


def _retrieved(linked: LinkedDataset) -> Outcome:
    match linked.look:
        case Unseen(reason):
            return Unknown(reason)
        case Missing(reason, because):
            return Absent(reason, because)
        case Seen(dataset):
            return _listed(dataset)
        case _:
            assert_never(linked.look)


def _listed(dataset: DatasetFacts) -> Outcome:
    record = dataset.record
    because = (dataset.listing,)
    match record.availability:
        case Availability.PRESENT | Availability.RENAMED:
            return _present(record, because)
        case Availability.CARD_ONLY | Availability.EMPTY:
            return Absent("the dataset's repository holds no data", because)
        case Availability.WITHDRAWN:
            return Absent("the dataset's id answers that nothing is there", because)
        case Availability.UNNAMED | Availability.IN_PROSE:
            return Absent("nothing leads to the dataset", because)
        case Availability.SCRIPT_ONLY:
            reason = "there is only a script, which would load the data, and was not run"
            return Unknown(reason, because)
        case Availability.DECLARED | Availability.GATED | Availability.UNKNOWN:
            return Unknown(f"the dataset is {record.availability}", because)
        case _:
            assert_never(record.availability)


def _present(record: DatasetRecord, because: tuple[Where, ...]) -> Outcome:
    if not record.complete:
        return Unknown("not all files of the dataset were listed", because)
    if record.digested < record.files:
        missing = record.files - record.digested
        return Unknown(f"{missing} of {record.files} data files have no digest", because)
    renamed = f", under the id {record.answered_as}" if record.answered_as else ""
    return Confirmed(
        f"{record.files} data files of {record.size:,} bytes at commit {record.revision}{renamed}, "
        f"each with a digest, {record.read} of them read and hashed",
        because,
    )
