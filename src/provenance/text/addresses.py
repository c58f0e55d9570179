"""Addresses in running text: links that nobody marked as such, and identifiers of papers."""

import re
from collections.abc import Iterator

#: What stands in a text without an end longer than this is no address.
LONGEST_ADDRESS = 2048

# Hosts so well known that people leave the scheme out.
_HOSTS = (
    r"(?:www\.)?(?:huggingface\.co|hf\.co|github\.com|gitlab\.com|codeberg\.org|bitbucket\.org"
    r"|git\.sr\.ht|arxiv\.org|(?:dx\.)?doi\.org)/"
)
# An address ends where prose goes on: at white space, quotes, and what other scripts write with.
_REST = (
    r"[^\s<>\"`|\x00-\x1f\u2018-\u201f\u2026\u3000-\u303f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
    r"\uff00-\uffef]{1,2048}+"
)
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9._+/@:-])(?:"
    rf"(?:[A-Za-z][A-Za-z0-9+.-]{{0,19}}://|(?:ext|fd)::|git@(?=[A-Za-z0-9.-]{{1,80}}:)){_REST}"
    rf"|(?i:{_HOSTS}){_REST}"
    r"|(?i:arxiv):[ \t]?(?:\d{4}\.\d{4,5}|[a-z-]{2,12}(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,3})?(?!\d)"
    r"|(?i:doi):[ \t]?10\.\d{4,9}/[!-;=?-~]{1,500}+"
    r"|swh:1:[a-z]{3}:[0-9a-f]{40}(?:;[a-z]{1,10}=[!-:=?-~]{1,500}+){0,6}"
    r")"
)
_SENTENCE_END = ".,;:!?'*_~"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each address in a text, in characters, less the punctuation around.

    Found are ``scheme://…``, ``git@host:…``, well-known hosts without a scheme, ``arXiv:…``,
    ``doi:…`` and SWHIDs. Whether an address leads anywhere is not looked at.
    """
    for match in _ADDRESS.finditer(text):
        length = _length(match[0])
        if not match[0][:length].endswith(("://", "::")):
            yield match.start(), match.start() + length


def _length(address: str) -> int:
    """Return how much of an address is left without the punctuation of the sentence."""
    spare = {close: address.count(close) - address.count(start) for close, start in _PAIRS.items()}
    end = len(address)
    while address[end - 1] in _SENTENCE_END or spare.get(address[end - 1], 0) > 0:
        end -= 1
        spare[address[end]] = spare.get(address[end], 0) - 1
    return end
