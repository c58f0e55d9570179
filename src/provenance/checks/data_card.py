"""Does each dataset that the card names have a card of its own that says something?"""

from typing import assert_never

import attrs

from provenance.checks.claimed import claims_about, denial, unclaimed
from provenance.checks.datasets import dataset_findings
from provenance.checks.model_card import judge_card
from provenance.values.component import Component
from provenance.values.facts import Facts, LinkedDataset
from provenance.values.finding import Absent, Finding, Outcome, Unknown
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.rung import Rung


@attrs.frozen
class DataCard:
    """Every dataset that the card names has a card with sections of its own.

    Needs: the datasets' cards. Proves: the publisher of the data wrote something down.
    Does not prove: that the description fits the files.
    """

    id: str = "data-card-says-something"
    component: Component = Component.DATA_CARD

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 4, one facet for each dataset."""
        if refused := denial(claims_about(facts, self.component)):
            return (Finding(self.id, self.component, Rung.CLAIMED, refused),)
        linked = tuple(
            one
            for each in facts.datasets
            for one in dataset_findings(self.id, self.component, each, _retrieved(each))
        )
        if linked:
            return linked
        missing = unclaimed(facts, "dataset that could have a card")
        return (Finding(self.id, self.component, Rung.CLAIMED, missing),)


def _retrieved(linked: LinkedDataset) -> Outcome:
    match linked.look:
        case Unseen(reason):
            return Unknown(reason)
        case Missing(reason, because):
            return Absent(reason, because)
        case Seen(dataset):
            match dataset.card:
                case Seen(card):
                    return judge_card(card)
                case Missing(reason, because):
                    return Absent(reason, because)
                case Unseen(reason):
                    return Unknown(reason)
                case _:
                    assert_never(dataset.card)
        case _:
            assert_never(linked.look)
