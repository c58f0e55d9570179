"""Links: everything that a card or README leads to, each with the bytes in which it stands."""

from urllib.parse import urlsplit

from provenance.recipe.links.hosts import HUB_HOSTS, HUB_PAGES
from provenance.recipe.links.link import Candidate, Links, links_of
from provenance.recipe.links.locators import parse_locator, parse_mention
from provenance.recipe.links.metadata_links import links_in_metadata
from provenance.text.front_matter import split
from provenance.text.markdown_links import Context, Mention, read_mentions
from provenance.text.restricted_yaml import parse as parse_yaml
from provenance.values.locator import Locator, LocatorKind

# Hosts and pictures that say how a project is doing, wherever they stand.
_BADGES = ("https://img.shields.io/", "https://shields.io/", "https://badge.fury.io/")
_BADGE_ENDS = ("badge.svg", "colab-badge.svg", "open-in-colab.svg")


def read_links(data: bytes) -> Links:
    """Return the links of a card or a README: its metadata, then its Markdown.

    Relative links and those inside the page lead nowhere else: they are left out. Links to the
    Hub's own pages (documentation, settings) and in a table of contents are navigation.

    Raises:
        TextError: for a text that cannot be read: CARD_ENCODING, CARD_CTRL, a YAML code, RESOURCE.

    """
    card = split(data)
    root = parse_yaml(card.front).root if card.front is not None else None
    prose = read_mentions(card.body, offset=card.body_start)
    shown = (candidate(one) for one in prose.found)
    named = links_in_metadata(root, card.front_start)
    return named + links_of(shown, complete=prose.complete)


def candidate(mention: Mention) -> Candidate:
    """Return what an address in Markdown leads to, and whether that says something."""
    read = parse_mention(mention.target) if mention.bare else parse_locator(mention.target)
    context = mention.context
    if context.is_evidence and isinstance(read, Locator):
        context = _placed(read, context)
    return Candidate(mention.target, read, mention.span, context)


def _placed(locator: Locator, context: Context) -> Context:
    """Return what a link is by where it leads, or else what it stands in."""
    if locator.kind is not LocatorKind.HTTP:
        return context
    if locator.uri.startswith(_BADGES) or locator.uri.endswith(_BADGE_ENDS):
        return Context.BADGE
    parts = urlsplit(locator.uri)
    first = parts.path.split("/")[1]
    if parts.hostname in HUB_HOSTS and (not first or first in HUB_PAGES or first == "datasets"):
        return Context.NAVIGATION
    return context
