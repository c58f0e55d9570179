"""Under which licence each component stands, as claimed and as its text shows."""

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, assert_never

import attrs

from provenance.frameworks.claimed_license import claimed_license, said_of_license, says_other
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


def strictness(terms: Terms) -> int:
    """Return where terms stand in the order from those that allow most to those that allow least.

    Unknown terms are worse than open ones and better than those that are known to restrict.
    """
    return _WORSE.index(terms)


def license_of(component: Component, facts: Facts, facets: Collection[str]) -> License:
    """Return the licence of one component.

    What stands in a linked repository is under that repository's licence, data under its dataset's;
    only what the release itself holds is under the release's own. Parameters stand under the most
    restrictive of their own and those of all base models.

    Args:
        component: whose licence.
        facts: what was seen.
        facets: the places that the findings about the component are about; "" is the release.
    """
    if component in {Component.DATASETS, Component.DATA_CARD} and facts.datasets:
        return _weakest([_dataset(linked.look) for linked in facts.datasets])
    own = _license(facts.card, facts.license)
    there = [_elsewhere(facet, facts, own) if facet else own for facet in sorted(facets)]
    standing = _weakest(there) if there else own
    return _derived(standing, facts) if component in _DERIVED else standing


def _elsewhere(facet: str, facts: Facts, own: License) -> License:
    """Return the licence of a place that is linked; the release's says nothing about it."""
    for source in facts.sources:
        if source.locator.uri == facet:
            return _source(source.look)
    for dataset in (*facts.datasets, *facts.evaluation_data):
        if dataset.locator.uri == facet:
            return _dataset(dataset.look)
    for ancestor in facts.ancestors:
        if ancestor.locator.uri == facet:
            return _ancestor(ancestor)
    return License(Terms.UNKNOWN, own.claimed, because=own.because)


def _derived(own: License, facts: Facts) -> License:
    """Return the licence of what was made from base models and datasets."""
    binding = max((_of_ancestor(one) for one in facts.ancestors), key=_rank, default=None)
    if binding and _rank(binding) > strictness(own.terms):
        return attrs.evolve(own, terms=binding.terms, inherited=binding)
    told = [*([binding] if binding else []), *_of_datasets(facts)]
    # Of equals the first stands: a base model before a dataset.
    return attrs.evolve(own, inherited=max(told, key=_rank, default=None))


def _rank(inherited: Inherited) -> int:
    return strictness(inherited.terms)


def _of_ancestor(ancestor: Ancestor) -> Inherited:
    found = _ancestor(ancestor)
    return _inherited(str(ancestor.locator), Relation.BASE_MODEL, found, ancestor.named)


def _ancestor(ancestor: Ancestor) -> License:
    if isinstance(ancestor.look, Seen):
        return _license(ancestor.look.value.card, ancestor.look.value.license)
    return License(Terms.UNKNOWN)


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
    said = card.value if isinstance(card, Seen) else None
    claimed = claimed_license(said) if said else None
    because: list[Where] = list(said_of_license(said)) if said else []
    match text:
        case Seen(seen):
            because.append(seen.where)
            terms = terms_of(seen.id, claimed or "a text that is not recognised")
            if terms is Terms.OPEN and said and (said.more_terms or says_other(said, seen)):
                # The publisher says that the licence is none of those: the text may be of a part.
                # Or more is asked of who takes the files than the text says.
                terms = Terms.UNKNOWN
            if terms is Terms.OPEN and (isinstance(card, Unseen) or _says_stricter(said, seen)):
                terms = Terms.UNKNOWN
            return License(terms, claimed, seen.id, tuple(because), seen.match, seen.nearest)
        case Unseen():
            return License(Terms.UNKNOWN, claimed, None, tuple(because))
        case Missing() | None:
            unread = card is not None and isinstance(card, Unseen)
            # A text that is said to be somewhere is claimed, whatever it is called.
            terms = Terms.UNKNOWN if unread or because else terms_of(None, claimed)
            return License(terms, claimed, None, tuple(because))
        case _:
            assert_never(text)


def _says_stricter(said: CardFacts | None, text: LicenseText) -> bool:
    """Tell whether one of several licences that the metadata names is not open."""
    several = said.licenses.text.split(", ") if said and said.licenses else ()
    return any(terms_of(text.id, one) is not Terms.OPEN for one in several)


def _weakest(licenses: Sequence[License]) -> License:
    return max(licenses, key=lambda one: strictness(one.terms))
