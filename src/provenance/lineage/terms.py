"""How the terms and the gates of components moved, those that moved alike together."""

from collections.abc import Callable, Iterator, Mapping

from provenance.lineage.turns import turn_of_order
from provenance.values.access import Access
from provenance.values.component_report import ComponentReport
from provenance.values.license import License, Terms
from provenance.values.manifest import Manifest
from provenance.values.movement import Aspect, Movement, Turn
from provenance.values.rung import Rung

# How open terms are; what is unknown has no place among them.
_TERMS: Mapping[Terms, int] = {Terms.NONE: 0, Terms.RESTRICTED: 0, Terms.OPEN: 1}
_ACCESS: Mapping[Access, int] = {
    Access.PRIVATE: 0,
    Access.PAID: 1,
    Access.MANUAL_GATE: 2,
    Access.AUTO_GATE: 3,
    Access.PUBLIC: 4,
}


def licenses(before: Manifest, after: Manifest) -> Iterator[Movement]:
    """Yield how licences moved, of components that both releases at least claim."""

    def moved(old: ComponentReport, new: ComponentReport) -> tuple[Turn, str, str] | None:
        first, last = old.license, new.license
        said = (_named(first), _named(last))
        if said[0] == said[1]:
            return None
        return turn_of_order(_TERMS.get(first.terms), _TERMS.get(last.terms)), *said

    yield from _together(Aspect.LICENSE, before, after, moved)


def _named(found: License) -> str:
    return f"{found.evident or found.claimed or 'no licence'} ({found.terms})"


def accesses(before: Manifest, after: Manifest) -> Iterator[Movement]:
    """Yield how gates moved, of components that both releases at least claim."""

    def moved(old: ComponentReport, new: ComponentReport) -> tuple[Turn, str, str] | None:
        if old.access is new.access:
            return None
        turn = turn_of_order(_ACCESS.get(old.access), _ACCESS.get(new.access))
        return turn, old.access.value, new.access.value

    yield from _together(Aspect.ACCESS, before, after, moved)


def _together(
    aspect: Aspect,
    before: Manifest,
    after: Manifest,
    moved: Callable[[ComponentReport, ComponentReport], tuple[Turn, str, str] | None],
) -> Iterator[Movement]:
    """Yield one movement for all components that moved alike."""
    groups: dict[tuple[Turn, str, str], list[str]] = {}
    for old, new in zip(before.components, after.components, strict=True):
        if min(old.reach.shown, new.reach.shown) >= Rung.CLAIMED and (found := moved(old, new)):
            groups.setdefault(found, []).append(new.component.id)
    for (turn, was, now), names in groups.items():
        yield Movement(aspect, turn, ", ".join(names), was, now)
