"""Addresses that a card gives for what it claims, and that nothing of ours follows.

What stands there nobody saw: it is unknown, and the claim does not lead nowhere.
"""

import re
from collections.abc import Iterable, Iterator

from provenance.errors import Code
from provenance.recipe.links.locators import Forbidden
from provenance.recipe.prose.card_page import Mentioned, Said
from provenance.recipe.prose.words import components_of
from provenance.text.as_seen import as_seen
from provenance.text.markdown_links import Mention
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.unread import Unread

_LONGEST = 120
# Bytes between a colon and the links that it announces.
_NEAR = 300
# A scheme, a place of ssh, or a host with a path: what reads no link takes for words.
_ADDRESS = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.-]{1,20}://|git@)[^\s<>\"']{3,}"
    r"|\b(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?::\d+)?/[^\s<>\"']+",
    re.IGNORECASE,
)


def unfollowed(
    claims: Iterable[Claim], mentioned: Iterable[Mentioned], said: Iterable[Said]
) -> Iterator[Unread]:
    """Yield each address that may be what is claimed, and why nobody looked there.

    It may be what a claim without a target speaks of in the same block, or announces with a colon;
    and what the sentence that it stands in, or the link itself, says that it is.
    """
    loose = [one for one in claims if one.target is None and not one.denied]
    sentences = tuple(said)
    for mention, read in mentioned:
        if not read.context.is_evidence or read.read is None:
            continue
        about = {one.component for one in loose if _announces(one, mention)}
        why, code = "nobody took it for what is claimed", Code.NOT_COVERED
        if isinstance(read.read, Forbidden):
            why, code = read.read.reason, Code.URL_FORBIDDEN
            about |= {one.component for one in loose if _beside(one, mention)}
            about |= {it for text in _texts(mention, sentences) for it in components_of(text)}
        if about:
            yield _of(code, read.target, why, frozenset(about))
    for claim in loose:
        if match := _ADDRESS.search(claim.text):
            why = "nobody looked at what it leads to"
            yield _of(Code.NOT_COVERED, match[0], why, frozenset({claim.component}))


def _beside(claim: Claim, mention: Mention) -> bool:
    block = mention.block or mention.span
    return block.start <= claim.where.start < block.end


def _announces(claim: Claim, mention: Mention) -> bool:
    """Tell whether a claim ends in a colon, and the address stands right behind it."""
    behind = mention.span.start - claim.where.end
    return claim.text.endswith(":") and 0 <= behind <= _NEAR


def _texts(mention: Mention, said: Iterable[Said]) -> Iterator[str]:
    yield as_seen(mention.text or "")
    for one in said:
        if one.span.start <= mention.span.start < one.span.end:
            yield as_seen(one.text)


def _of(code: Code, target: str, why: str, about: frozenset[Component]) -> Unread:
    return Unread(code, f"what is at {target[:_LONGEST]!a}", why, about)
