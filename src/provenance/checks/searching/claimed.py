"""What the publisher's text says of a component, and where its links lead: rungs 1 and 2."""

from collections.abc import Sequence
from typing import assert_never

from provenance.checks.searching.searched import unread
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Absent, Confirmed, Outcome, Unknown
from provenance.values.look import Missing, Seen, Unseen


def claims_about(facts: Facts, component: Component) -> tuple[Claim, ...]:
    """Return the claims about a component, denials among them."""
    return tuple(claim for claim in facts.claims if claim.component is component)


def denial(claims: Sequence[Claim]) -> Outcome | None:
    """Return that the publisher denies the component, where it does: a denial beats a keyword."""
    denied = next((claim for claim in claims if claim.denied), None)
    if denied is None:
        return None
    return Absent(f"the publisher says: {denied.text!r}", (denied.where,))


def claimed(claims: Sequence[Claim]) -> Outcome:
    """Return that the publisher's text asserts the component; needs at least one claim."""
    quotes = ", ".join(repr(claim.text) for claim in claims[:2])
    return Confirmed(f"the publisher says: {quotes}", tuple(claim.where for claim in claims))


def unclaimed(facts: Facts, component: Component, sought: str) -> Outcome:
    """Return what it means that no claim was found: absent only when the whole card was read.

    So was every other file that could claim the component.
    """
    if left := next(unread(facts, component), None):
        return Unknown(left, (facts.listing,))
    match facts.card:
        case Seen(card):
            if card.complete:
                return Absent(f"the card was read whole and names no {sought}", (card.where,))
            return Unknown("the card's prose was not read whole", (card.where,))
        case Missing(reason):
            return Absent(f"{reason}, and nothing else was searched for a {sought}")
        case Unseen(reason):
            return Unknown(f"the card could not be read: {reason}")
        case _:
            assert_never(facts.card)
