"""What it takes to get each component, by the place where it stands."""

from collections.abc import Collection, Iterator

from provenance.values.access import Access
from provenance.values.component import Component
from provenance.values.facts import Facts, LinkedDataset
from provenance.values.look import Seen

_OPENEST_FIRST = (
    Access.PUBLIC,
    Access.UNKNOWN,
    Access.AUTO_GATE,
    Access.MANUAL_GATE,
    Access.PAID,
    Access.PRIVATE,
)


def access_of(component: Component, facts: Facts, facets: Collection[str]) -> Access:
    """Return the access to one component: of several places the hardest to get at.

    Args:
        component: what is to be got.
        facts: what was seen.
        facets: the places that the findings about the component are about; "" is the release.
    """
    if component in {Component.DATASETS, Component.DATA_CARD} and facts.datasets:
        looks = list(map(_dataset, facts.datasets))
    else:
        looks = [_elsewhere(facet, facts) if facet else facts.access for facet in facets]
    return max(looks, key=_OPENEST_FIRST.index, default=facts.access)


def _elsewhere(facet: str, facts: Facts) -> Access:
    """Return the access to a place that is linked; of what we did not see it is unknown."""
    for dataset in (*facts.datasets, *facts.evaluation_data):
        if dataset.locator.uri == facet:
            return _dataset(dataset)
    return Access.PUBLIC if facet in set(_fetched(facts)) else Access.UNKNOWN


def _dataset(linked: LinkedDataset) -> Access:
    return linked.look.value.access if isinstance(linked.look, Seen) else Access.UNKNOWN


def _fetched(facts: Facts) -> Iterator[str]:
    """Yield the repositories and pages that were fetched without a key."""
    yield from (one.locator.uri for one in facts.sources if isinstance(one.look, Seen))
    yield from (one.locator.uri for one in facts.pages if isinstance(one.look, Seen))
