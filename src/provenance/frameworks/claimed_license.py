"""Which licence a card claims: by an id of the Hub, or by a name where no id fits."""

from provenance.values.evidence import Where
from provenance.values.facts import CardFacts

# The ids that say: look at the name, and at the link.
_NO_ID = frozenset({"other", "unknown"})


def claimed_license(card: CardFacts) -> str | None:
    """Return the licence that a card names: by its id, or its name where the id is none.

    A link alone names no licence; that there is one it does claim.
    """
    named = card.license_name
    if card.license and (named is None or card.license.text.strip().casefold() not in _NO_ID):
        return card.license.text
    return named.text if named else None


def said_of_license(card: CardFacts) -> tuple[Where, ...]:
    """Return where a card speaks of its licence in its metadata: ids, name and link."""
    quotes = (card.license, card.licenses, card.license_name, card.license_link)
    return tuple(one.where for one in quotes if one)
