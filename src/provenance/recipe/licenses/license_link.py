"""Where a card says that its licence stands: in a file of its own repository, or elsewhere."""

import re
from collections.abc import Collection
from urllib.parse import unquote

from provenance.recipe.licenses.license_text import license_path
from provenance.recipe.links.locators import parse_mention
from provenance.values.address import Address
from provenance.values.facts import CardFacts
from provenance.values.locator import Locator
from provenance.values.look import Look, Seen

# A card cannot be the text of a licence, whatever it says of one.
_CARD = "readme.md"
_AT_HUB = re.compile(
    r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/(?P<name>(?:datasets/)?[\w.-]+/[\w.-]+)"
    r"/(?:blob|raw|resolve)/[^/?#]+/(?P<path>[^?#]+)(?:[?#].*)?"
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def own_path(link: str, repository: Address) -> str | None:
    """Return which file of a repository its card's link names; ``None`` for what is elsewhere.

    The path is only ever looked up in a listing.

    >>> toy = Address.parse("local:toy")
    >>> own_path("./LICENSE.md#terms", toy), own_path("https://a.org/l", toy)
    ('LICENSE.md', None)
    """
    named = _AT_HUB.fullmatch(link)
    if named:
        mine = named["name"].casefold() == repository.name.casefold()
        path = named["path"] if mine else ""
    elif _SCHEME.match(link) or link.startswith("//"):
        path = ""
    else:
        path = re.split("[?#]", link, maxsplit=1)[0].removeprefix("./").lstrip("/")
    path = unquote(path)
    return path if path and path.lower() != _CARD else None


def elsewhere(link: str, repository: Address) -> Locator | None:
    """Return where a link that names no file of the repository leads, if anywhere."""
    if own_path(link, repository) is not None:
        return None
    found = parse_mention(link)
    return found if isinstance(found, Locator) else None


def named_license(card: Look[CardFacts], paths: Collection[str], repository: Address) -> str | None:
    """Return the listed file that a card's ``license_link`` names, if there is one."""
    link = card.value.license_link if isinstance(card, Seen) else None
    path = own_path(link.text, repository) if link else None
    return path if path in paths else None


def license_file(
    card: Look[CardFacts], paths: Collection[str], repository: Address, *, of_model: bool = False
) -> str | None:
    """Return which file holds the licence: the one that the card names, else by its name."""
    return named_license(card, paths, repository) or license_path(paths, of_model=of_model)
