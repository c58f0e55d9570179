"""Is there a model card that says more than a template does?"""

from typing import assert_never

import attrs

from provenance.checks.listed import ListedFiles
from provenance.values.component import Component
from provenance.values.facts import CardFacts, Facts
from provenance.values.finding import Absent, Confirmed, Contradicted, Finding, Outcome, Unknown
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.rung import Rung

CARD_FILE = "README.md"
# A card is more than a heading: at least so many sections hold at least so many words each.
LEAST_SECTIONS = 3
LEAST_WORDS = 12


def substantial(card: CardFacts) -> tuple[str, ...]:
    """Return the titles of the sections that hold enough words to say something."""
    return tuple(one.title for one in card.sections if one.words >= LEAST_WORDS)


def judge_card(card: CardFacts) -> Outcome:
    """Return whether a card has sections beyond the template."""
    titles = substantial(card)
    if len(titles) >= LEAST_SECTIONS:
        shown = ", ".join(titles[:4])
        return Confirmed(f"{len(titles)} sections with text, among them {shown}", (card.where,))
    if not card.complete:
        return Unknown("the card's prose was not read whole", (card.where,))
    return Absent(
        f"{len(titles)} sections hold {LEAST_WORDS} words or more; {LEAST_SECTIONS} are needed",
        (card.where,),
    )


@attrs.frozen
class ModelCard:
    """``README.md`` is listed and has sections with text of their own.

    Needs: the card. Proves: the publisher wrote something down. Does not prove: that it is true.
    """

    id: str = "model-card-says-something"
    component: Component = Component.MODEL_CARD

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 4."""
        entry = facts.inventory.get(CARD_FILE)
        files = ListedFiles(
            self.id, self.component, (entry,) if entry else (), f"model card ({CARD_FILE})"
        )
        found = files.listed(facts)
        if not entry:
            return found
        typed = files.finding(Rung.RETRIEVED, _typed(facts))
        return (*found, typed, files.bound(facts))


def _typed(facts: Facts) -> Outcome:
    match facts.card:
        case Unseen(reason):
            return Unknown(reason)
        case Missing(reason, because):
            return Contradicted(reason, because)
        case Seen(card):
            return judge_card(card)
        case _:
            assert_never(facts.card)
