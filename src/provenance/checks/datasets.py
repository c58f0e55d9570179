"""Is the training data there, file by file, and bound by the publisher?"""

from fnmatch import fnmatchcase
from typing import assert_never

import attrs

from provenance.checks.searching.claimed import claimed, claims_about, denial, unclaimed
from provenance.checks.searching.looked import looked
from provenance.checks.searching.searched import unread
from provenance.errors import Code
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.dataset import Availability, DatasetRecord
from provenance.values.evidence import Where
from provenance.values.facts import DatasetFacts, Facts, LinkedDataset
from provenance.values.finding import Absent, Confirmed, Contradicted, Finding, Outcome, Unknown
from provenance.values.interval import Interval
from provenance.values.look import Seen, Unseen
from provenance.values.revision import Commit
from provenance.values.rung import Rung

# Sizes are declared before compression and rounding: this much is as much as is declared.
WHOLE = 0.98


def bound(linked: LinkedDataset, component: Component) -> Outcome:
    """Return whether the publisher's own text about a component fixes the dataset to a commit."""
    pinned = linked.locator.revision
    about = [one for one in linked.claims if one.component is component]
    where = tuple(one.where for one in about if one.target and one.target.revision == pinned)
    if isinstance(pinned, Commit) and where:
        return Confirmed(f"the publisher names commit {pinned}", where)
    named = f"{pinned} elsewhere" if isinstance(pinned, Commit) else pinned or "no revision"
    return Absent(f"the link names {named}: what it leads to can move", where)


def dataset_findings(
    check: str,
    component: Component,
    linked: LinkedDataset,
    retrieved: Outcome,
    agrees: Outcome | None = None,
) -> tuple[Finding, ...]:
    """Return the findings about one linked dataset, as a facet of a component.

    ``agrees`` is the cross-check, where there is one.
    """
    said = claimed(linked.claims)
    outcomes = (
        (Rung.CLAIMED, said),
        (Rung.LOCATED, said),
        (Rung.RETRIEVED, retrieved),
        (Rung.BOUND, bound(linked, Component.DATASETS)),
        (Rung.CONSISTENT, agrees),
    )
    facet = linked.locator.uri
    return tuple(
        Finding(check, component, rung, outcome, facet) for rung, outcome in outcomes if outcome
    )


@attrs.frozen
class Datasets:
    """Every dataset that the card names resolves, lists data files, and each has a digest.

    Needs: the card, the datasets' listings, what the datasets declare.
    Proves: the named data is there today; with rung 5, that the files and sizes that the dataset
    declares are those that are listed.
    Does not prove: that it is all the data, nor that training read it.
    Example: ``datasets: [org/data]`` in the card, where ``org/data`` lists ``data/train.txt``, and
    its card says ``data_files: data/train.txt``.
    """

    id: str = "datasets-listed"
    component: Component = Component.DATASETS

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5, one facet for each dataset."""
        claims = claims_about(facts, self.component)
        if refused := denial(claims):
            return (Finding(self.id, self.component, Rung.CLAIMED, refused),)
        if not claims:
            missing = unclaimed(facts, Component.DATASETS, "dataset")
            return (Finding(self.id, self.component, Rung.CLAIMED, missing),)
        linked = tuple(
            one
            for each in (*facts.datasets, *unfollowed(facts, claims))
            for one in dataset_findings(
                self.id, self.component, each, _retrieved(each), _agrees(each)
            )
        )
        if linked:
            return linked
        return (
            Finding(self.id, self.component, Rung.CLAIMED, claimed(claims)),
            Finding(self.id, self.component, Rung.LOCATED, _nowhere(facts)),
        )


def _nowhere(facts: Facts) -> Outcome:
    """Return that the claims lead to no dataset, or to addresses where nobody looked."""
    if left := next(unread(facts, Component.DATASETS), None):
        return Unknown(left, (facts.listing,))
    return Absent("no claim leads to a dataset's id")


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


def unfollowed(facts: Facts, claims: tuple[Claim, ...]) -> tuple[LinkedDataset, ...]:
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
    return looked(linked.look, listed)


def listed(dataset: DatasetFacts) -> Outcome:
    """Return whether a dataset lists data, and every file of it has a digest."""
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


def _agrees(linked: LinkedDataset) -> Outcome | None:
    """Return whether a dataset lists what it declares: files, digests and sizes."""
    if not isinstance(linked.look, Seen):
        return None
    dataset = linked.look.value
    outcomes = [one for one in (_files(dataset), _digests(dataset), _sizes(dataset)) if one]
    adverse = next((one for one in outcomes if isinstance(one, Contradicted)), None)
    if adverse or not outcomes:
        return adverse or Unknown("it declares neither files nor sizes", (dataset.listing,))
    reason = "; ".join(one.reason for one in outcomes)
    return Confirmed(reason, tuple(where for one in outcomes for where in one.because))


def _files(dataset: DatasetFacts) -> Outcome | None:
    configs = dataset.said.value.configs if isinstance(dataset.said, Seen) else ()
    patterns = [one for config in configs for files in config.files for one in files.patterns]
    if not patterns or not dataset.files.complete:
        return None
    paths = [entry.path.text for entry in dataset.files]
    for one in patterns:
        if not any(fnmatchcase(path, one.value) for path in paths):
            where = (one.where, dataset.listing)
            return Contradicted(f"its card names {one.value}, which is not listed", where)
    places = (*(one.where for one in patterns), dataset.listing)
    return Confirmed(f"the {len(patterns)} files that its card names are listed", places)


def _digests(dataset: DatasetFacts) -> Outcome | None:
    said = dataset.croissant.value if isinstance(dataset.croissant, Seen) else None
    if said is None:
        return None
    where = (said.where, dataset.listing)
    equal = 0
    for one in said.files:
        entry = dataset.files.get(one.name)
        if one.sha256 and entry and entry.sha256:
            if entry.sha256 != one.sha256:
                return Contradicted(f"its description gives {one.name} another digest", where)
            equal += 1
    return (
        Confirmed(f"{equal} digests of its description are those listed", where) if equal else None
    )


def _sizes(dataset: DatasetFacts) -> Outcome | None:
    coverage = dataset.record.coverage
    if coverage is None:
        return None
    where = (dataset.listing,)
    if coverage.hi < WHOLE:
        return Contradicted(f"at most {coverage.hi:.1%} of what it declares is listed", where)
    return Confirmed("it lists as much as it declares", where) if coverage.lo == 1 else None
