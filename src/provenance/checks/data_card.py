"""Does each dataset that the card names have a card of its own that says something?"""

import attrs

from provenance.checks.datasets import WHOLE, dataset_findings, unfollowed
from provenance.checks.model_card import judge_card
from provenance.checks.searching.claimed import claims_about, denial, unclaimed
from provenance.checks.searching.looked import looked
from provenance.values.component import Component
from provenance.values.evidence import Where
from provenance.values.facts import DatasetFacts, Facts, LinkedDataset
from provenance.values.finding import (
    Confirmed,
    Contradicted,
    Finding,
    Outcome,
    Unknown,
)
from provenance.values.look import Seen
from provenance.values.rung import Rung


@attrs.frozen
class DataCard:
    """Every dataset that the card names has a card with sections of its own.

    Needs: the datasets' cards and listings.
    Proves: the publisher of the data wrote something down; with rung 5, that the size that the card
    gives is the one that is listed.
    Does not prove: that the description is true.
    Example: a dataset's ``README.md`` with sections on sources, acquisition and processing.
    """

    id: str = "data-card-says-something"
    component: Component = Component.DATA_CARD

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5, one facet for each dataset."""
        if refused := denial(claims_about(facts, self.component)):
            return (Finding(self.id, self.component, Rung.CLAIMED, refused),)
        linked = tuple(
            one
            for each in (
                *facts.datasets,
                *unfollowed(facts, claims_about(facts, Component.DATASETS)),
            )
            for one in dataset_findings(
                self.id, self.component, each, _retrieved(each), _agrees(each)
            )
        )
        if linked:
            return linked
        missing = unclaimed(facts, Component.DATASETS, "dataset that could have a card")
        return (Finding(self.id, self.component, Rung.CLAIMED, missing),)


def _retrieved(linked: LinkedDataset) -> Outcome:
    return looked(linked.look, lambda dataset: looked(dataset.card, judge_card))


def _agrees(linked: LinkedDataset) -> Outcome | None:
    """Return whether the size that the card declares is that of the files."""
    if not isinstance(linked.look, Seen):
        return None
    dataset = linked.look.value
    said = dataset.said.value.declared if isinstance(dataset.said, Seen) else None
    if said is None:
        return Unknown("the card declares no size", (dataset.listing,))
    coverage = said.coverage(dataset.record.size, complete=dataset.record.complete)
    where = (dataset.listing, *_card(dataset))
    if coverage.hi < WHOLE:
        return Contradicted(f"at most {coverage.hi:.1%} of what the card declares is listed", where)
    if coverage.lo >= WHOLE:
        return Confirmed("as much is listed as the card declares", where)
    return Unknown("how much of what the card declares is listed is not known", where)


def _card(dataset: DatasetFacts) -> tuple[Where, ...]:
    return (dataset.card.value.where,) if isinstance(dataset.card, Seen) else ()
