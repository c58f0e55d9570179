"""Under which licence each component stands, as claimed and as its text shows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, assert_never

from provenance.frameworks.openness import terms_of
from provenance.values.component import Component
from provenance.values.facts import CardFacts, DatasetFacts, Facts, LicenseText, SourceFacts
from provenance.values.license import License, Terms
from provenance.values.look import Look, Missing, Seen, Unseen

if TYPE_CHECKING:
    from provenance.values.evidence import Where

# The order from the best that terms can be to the worst: a set of artefacts stands under its worst.
_WORSE = (Terms.OPEN, Terms.UNKNOWN, Terms.NONE, Terms.RESTRICTED)


def license_of(component: Component, facts: Facts) -> License:
    """Return the licence of one component.

    Code in a linked repository stands under that repository's licence, data under its dataset's;
    everything else under the release's own.
    """
    if component in {Component.DATASETS, Component.DATA_CARD} and facts.datasets:
        return _weakest([_dataset(linked.look) for linked in facts.datasets])
    if component is Component.TRAINING_CODE and not facts.loops:
        about = [one for one in facts.sources if any(c.component is component for c in one.claims)]
        if about:
            return _weakest([_source(linked.look) for linked in about])
    return _license(facts.card, facts.license)


def _dataset(look: Look[DatasetFacts]) -> License:
    if isinstance(look, Seen):
        return _license(look.value.card, look.value.license)
    return License(Terms.UNKNOWN)


def _source(look: Look[SourceFacts]) -> License:
    if isinstance(look, Seen):
        return _license(None, look.value.license)
    return License(Terms.UNKNOWN)


def _license(card: Look[CardFacts] | None, text: Look[LicenseText] | None) -> License:
    quote = card.value.license if isinstance(card, Seen) else None
    claimed = quote.text if quote else None
    because: list[Where] = [quote.where] if quote else []
    match text:
        case Seen(seen):
            because.append(seen.where)
            terms = terms_of(seen.id, claimed or "a text that is not recognised")
            return License(terms, claimed, seen.id, tuple(because))
        case Unseen():
            return License(Terms.UNKNOWN, claimed, None, tuple(because))
        case Missing() | None:
            return License(terms_of(None, claimed), claimed, None, tuple(because))
        case _:
            assert_never(text)


def _weakest(licenses: Sequence[License]) -> License:
    return max(licenses, key=lambda one: _WORSE.index(one.terms))
