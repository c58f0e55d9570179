"""A card's Markdown read once, in both ways: what it shows, and everything that it links."""

import attrs

from provenance.errors import Code
from provenance.text.markdown import Prose, decoded, parser, prose_of, trouble_of
from provenance.text.markdown_links import Environment, Mentions, mentions_of
from provenance.text.note import Note


@attrs.frozen
class Page:
    """The prose that a reader sees, and all links with what they stand in."""

    prose: Prose
    mentions: Mentions


def read_page(body: bytes, *, offset: int = 0) -> Page:
    """Read the Markdown of a card; ``offset`` is where it starts in the file, for the spans.

    What is too large, or made to be slow, is not parsed: nothing is found, and not all was read.

    Raises:
        TextError: CARD_ENCODING for what is not UTF-8.
    """
    text = decoded(body)
    if trouble := trouble_of(body):
        notes = (Note(Code.RESOURCE, f"not read: {trouble}"),)
        return Page(Prose(notes=notes, complete=False), Mentions(complete=False))
    environment: Environment = {}
    tokens = parser().parse(text, environment)
    return Page(
        prose_of(tokens, body, offset=offset),
        mentions_of(tokens, environment, body, offset=offset),
    )
