"""Under which licence each component stands, as claimed and as its text shows."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, assert_never

import attrs

from provenance.frameworks.openness import terms_of
from provenance.values.component import Component
from provenance.values.facts import (
    Ancestor,
    CardFacts,
    DatasetFacts,
    Facts,
    LicenseText,
    SourceFacts,
)
from provenance.values.license import Inherited, License, Relation, Terms
from provenance.values.look import Look, Missing, Seen, Unseen

if TYPE_CHECKING:
    from provenance.values.evidence import Where

# The order from the best that terms can be to the worst: a set of artefacts stands under its worst.
_WORSE = (Terms.OPEN, Terms.UNKNOWN, Terms.NONE, Terms.RESTRICTED)
# What is derived from a base model, and trained on datasets.
_DERIVED = frozenset({Component.FINAL_PARAMETERS, Component.INTERMEDIATE_PARAMETERS})


def license_of(component: Component, facts: Facts) -> License:
    """Return the licence of one component.

    Code in a linked repository stands under that repository's licence, data under its dataset's;
    everything else under the release's own. Parameters stand under the most restrictive of their
    own and those of all base models.
    """
    if component in {Component.DATASETS, Component.DATA_CARD} and facts.datasets:
        return _weakest([_dataset(linked.look) for linked in facts.datasets])
    if component is Component.TRAINING_CODE and not facts.loops:
        about = [one for one in facts.sources if any(c.component is component for c in one.claims)]
        if about:
            return _weakest([_source(linked.look) for linked in about])
    own = _license(facts.card, facts.license)
    return _derived(own, facts) if component in _DERIVED else own


def _derived(own: License, facts: Facts) -> License:
    """Return the licence of what was made from base models and datasets."""
    binding = max((_of_ancestor(one) for one in facts.ancestors), key=_rank, default=None)
    if binding and _rank(binding) > _WORSE.index(own.terms):
        return attrs.evolve(own, terms=binding.terms, inherited=binding)
    told = [*([binding] if binding else []), *_of_datasets(facts)]
    # Of equals the first stands: a base model before a dataset.
    return attrs.evolve(own, inherited=max(told, key=_rank, default=None))


def _rank(inherited: Inherited) -> int:
    return _WORSE.index(inherited.terms)


def _of_ancestor(ancestor: Ancestor) -> Inherited:
    found = License(Terms.UNKNOWN)
    if isinstance(ancestor.look, Seen):
        found = _license(ancestor.look.value.card, ancestor.look.value.license)
    return _inherited(str(ancestor.locator), Relation.BASE_MODEL, found, ancestor.named)


def _of_datasets(facts: Facts) -> Iterator[Inherited]:
    for one in facts.datasets:
        named = tuple(claim.where for claim in one.claims)
        yield _inherited(str(one.locator), Relation.DATASET, _dataset(one.look), named)


def _inherited(
    origin: str, relation: Relation, found: License, named: tuple["Where", ...]
) -> Inherited:
    because = (*named, *found.because)
    return Inherited(origin, relation, found.terms, found.evident or found.claimed, because)


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
            return License(terms, claimed, seen.id, tuple(because), seen.match, seen.nearest)
        case Unseen():
            return License(Terms.UNKNOWN, claimed, None, tuple(because))
        case Missing() | None:
            unread = card is not None and isinstance(card, Unseen)
            terms = Terms.UNKNOWN if unread else terms_of(None, claimed)
            return License(terms, claimed, None, tuple(because))
        case _:
            assert_never(text)


def _weakest(licenses: Sequence[License]) -> License:
    return max(licenses, key=lambda one: _WORSE.index(one.terms))
