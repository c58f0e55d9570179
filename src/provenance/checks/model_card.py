"""Is there a model card that says more than a template does?"""

import attrs

from provenance.checks.searching.listed import ListedFiles
from provenance.checks.searching.looked import looked
from provenance.values.artefact import Kind, StatedValue
from provenance.values.component import Component
from provenance.values.facts import CardFacts, Facts
from provenance.values.finding import Absent, Confirmed, Contradicted, Finding, Outcome, Unknown
from provenance.values.look import Seen, Unseen
from provenance.values.rung import Rung

CARD_FILE = "README.md"
# A card is more than a heading: at least so many sections hold at least so many words each.
LEAST_SECTIONS = 3
LEAST_WORDS = 12
#: What a card says of a model's shape, and the configuration's name for it.
DIMENSIONS = (
    (Kind.LAYERS, "num_hidden_layers"),
    (Kind.HEADS, "num_attention_heads"),
    (Kind.WIDTH, "hidden_size"),
)


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

    Needs: the card; the configuration and the headers for rung 5.
    Proves: the publisher wrote something down; with rung 5, that the dimensions in its prose are
    those of the configuration.
    Does not prove: that the rest of it is true.
    Example: three sections of twelve words or more, and ``2 layers, 4 heads`` where ``config.json``
    says so, too.
    """

    id: str = "model-card-says-something"
    component: Component = Component.MODEL_CARD

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5."""
        entry = facts.inventory.get(CARD_FILE)
        files = ListedFiles(
            self.id, self.component, (entry,) if entry else (), f"model card ({CARD_FILE})"
        )
        if not entry and isinstance(facts.card, Unseen):
            unknown = Unknown(facts.card.reason, (facts.listing,))
            return (files.finding(Rung.CLAIMED, unknown),)
        found = files.listed(facts)
        if not entry:
            return found
        typed = files.finding(Rung.RETRIEVED, _typed(facts))
        agrees = files.finding(Rung.CONSISTENT, _agrees(facts))
        return (*found, typed, files.bound(facts), agrees)


def _typed(facts: Facts) -> Outcome:
    return looked(facts.card, judge_card, missing=Contradicted)


def _agrees(facts: Facts) -> Outcome:
    """Return whether the dimensions in the prose are the configuration's.

    A card may speak of other models: one value that is right is enough, and one that is wrong
    counts where it is the only one of its kind.
    """
    if not isinstance(facts.config, Seen):
        return Unknown("there is no configuration to compare with")
    config = facts.config.value
    published = {one.key: one.value for one in config.settings}
    right: list[StatedValue] = []
    for kind, key in DIMENSIONS:
        said = [one for one in facts.stated if one.kind is kind and one.path == CARD_FILE]
        if key not in published or not said:
            continue
        equal = [one for one in said if one.value == str(published[key])]
        right += equal[:1]
        if not equal and len({one.value for one in said}) == 1:
            reason = (
                f"{kind} is {said[0].value} in the card and {published[key]} in the configuration"
            )
            return Contradicted(reason, (said[0].where, config.where))
    if right:
        named = ", ".join(f"{one.kind} {one.value}" for one in right)
        return Confirmed(
            f"card and configuration agree on {named}",
            (*(one.where for one in right), config.where),
        )
    return Unknown("the card gives no dimension that the configuration names", (config.where,))
