"""How much each dataset weighs: the bytes that are there, over those that the card states."""

from collections.abc import Mapping

from provenance.values.composition import Composition, Part
from provenance.values.facts import Facts
from provenance.values.look import Seen
from provenance.values.rung import Reach


def composition_of_data(facts: Facts, reaches: Mapping[str, Reach]) -> Composition | None:
    """Return what the training data consists of; ``None`` where no part of it is named.

    Args:
        facts: the datasets that were followed, and how much the card states in all.
        reaches: how far each named dataset is there, by the facet of its findings.
    """
    masses = {
        one.locator.uri: one.look.value.record.size
        for one in facts.datasets
        if isinstance(one.look, Seen)
    }
    parts = tuple(
        Part(facet, reach, masses.get(facet)) for facet, reach in sorted(reaches.items()) if facet
    )
    stated = facts.card.value.data_total if isinstance(facts.card, Seen) else None
    return Composition(parts, stated.value if stated else None) if parts else None
