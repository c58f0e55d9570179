"""Which licence a card claims: by an id of the Hub, or by a name where no id fits."""

import re
from urllib.parse import unquote

from provenance.frameworks.openness import spdx_id
from provenance.values.address import Address
from provenance.values.evidence import Where
from provenance.values.facts import CardFacts, LicenseText

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


def says_other(card: CardFacts, text: LicenseText) -> bool:
    """Tell whether a card says that its licence has no id, and names another than the text's."""
    if card.license is None or card.license.text.strip().casefold() not in _NO_ID:
        return False
    if card.license_link and _end(card.license_link.text) == _name(text.where.address):
        return False  # It says that this text is the licence, whatever it calls it.
    named = spdx_id(card.license_name.text) if card.license_name else None
    return named not in {text.id, *text.same}


def _end(address: str) -> str:
    return unquote(re.split("[?#]", address, maxsplit=1)[0]).rstrip("/").rpartition("/")[2]


def _name(address: Address) -> str:
    return address.path.rpartition("/")[2] if address.path else _end(address.name)


def said_of_license(card: CardFacts) -> tuple[Where, ...]:
    """Return where a card speaks of its licence in its metadata: ids, name, link and conditions."""
    quotes = (
        *(card.license, card.licenses, card.license_name, card.license_link),
        *card.more_terms,
    )
    return tuple(one.where for one in quotes if one)
