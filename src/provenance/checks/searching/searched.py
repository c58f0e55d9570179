"""What was searched for a component that was not found: everything that is the publisher's."""

from collections.abc import Iterator

from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.evidence import Where
from provenance.values.facts import Facts, LinkedSource, SourceFacts
from provenance.values.finding import Absent, Outcome, Unknown
from provenance.values.locator import LocatorKind
from provenance.values.look import Seen, Unseen


def publishers(facts: Facts) -> tuple[LinkedSource, ...]:
    """Return the repositories that the publisher's text gives as its own recipe."""
    return tuple(one for one in facts.sources if given(one.claims))


def given(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Return the claims that give something; a denial gives nothing."""
    return tuple(claim for claim in claims if not claim.denied)


def doubt(facts: Facts, component: Component) -> Unknown | None:
    """Return why a component that was not found may be there all the same; ``None``: it is not."""
    reason = next(_unseen(facts, component), None)
    return Unknown(reason, (facts.listing,)) if reason else None


def nowhere(facts: Facts, component: Component, sought: str) -> Outcome:
    """Return what it means that a component was neither said nor found."""
    if unknown := doubt(facts, component):
        return unknown
    sources = {one.locator.uri for one in publishers(facts)}
    places = [f"{len(facts.inventory)} files of the release"]
    if isinstance(facts.card, Seen):
        places.append("its card")
    if sources:
        places.append(
            f"{len(sources)} linked repositories" if len(sources) > 1 else "its repository"
        )
    return Absent(f"no {sought} in {', '.join(places)}", searched(facts))


def searched(facts: Facts) -> tuple[Where, ...]:
    """Return the lists and documents that were searched whole."""
    card = (facts.card.value.where,) if isinstance(facts.card, Seen) else ()
    looks = (one.look for one in publishers(facts))
    return (facts.listing, *card, *(one.value.listing for one in looks if isinstance(one, Seen)))


def unread(of: Facts | SourceFacts, component: Component) -> Iterator[str]:
    """Yield the files of a place that could tell of a component, and were not read."""
    for one in of.unread:
        if component in one.about:
            yield f"{one.what} was not read: {one.why}"


def _unseen(facts: Facts, component: Component) -> Iterator[str]:
    if not facts.inventory.complete:
        yield "the listing is not complete"
    match facts.card:
        case Unseen(reason):
            yield f"the card could not be read: {reason}"
        case Seen(card) if not card.complete:
            yield "the card's prose was not read whole"
        case _:
            pass
    if not facts.code_read:
        yield "not all of the release's own files were read"
    yield from unread(facts, component)
    yield from _in_sources(facts, component)
    followed = {one.locator.uri for one in facts.sources}
    for claim in given(facts.claims):
        target = claim.target
        if target and target.kind is LocatorKind.GIT and target.uri not in followed:
            yield f"nobody looked at {target.uri}"


def _in_sources(facts: Facts, component: Component) -> Iterator[str]:
    for linked in publishers(facts):
        match linked.look:
            case Unseen(reason):
                yield f"{linked.locator.uri} could not be looked at: {reason}"
            case Seen(source) if source.truncated:
                yield f"not every file of {linked.locator.uri} was read"
            case Seen(source):
                yield from unread(source, component)
            case _:
                pass
