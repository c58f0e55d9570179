"""A card's paragraphs as sentences, each with its bytes, its headings and the links in it."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

import attrs

from provenance.recipe.links.link import Candidate
from provenance.recipe.prose.sentences import Sentence, located
from provenance.text.markdown import Paragraph, Prose
from provenance.text.markdown_links import Mention
from provenance.text.span import Span
from provenance.values.locator import Locator, LocatorKind

# Under such a headline stand other people's works, whatever is said of them.
_ELSEWHERE = re.compile(
    r"\b(?:acknowledge?ments?|related works?|references|bibliography|citations?|citing|credits?"
    r"|see also|comparisons?|baselines?|third[- ]party|community|quanti[sz]ed|alternatives"
    r"|thanks|inspiration|used by|powered by|ecosystem|showcase|derivatives"
    r"|(?:papers|publications|works?|research|projects?|models?)"
    r" (?:using|building|built|based|that))\b",
    re.IGNORECASE,
)

# One file that is shown is no dataset, no model and no program, wherever it is kept.
_SHOWN = re.compile(
    r"\.(?:png|jpe?g|gif|webp|svg|bmp|mp[34]|webm|wav|pdf)(?:[?#]\S*)?\Z", re.IGNORECASE
)
_REPOSITORIES = frozenset(
    {LocatorKind.HUB_DATASET, LocatorKind.HUB_MODEL, LocatorKind.HUB_SPACE, LocatorKind.GIT}
)

# Under such a headline stands what is still to come.
_PLANNED = re.compile(
    r"\b(?:road ?map|to-?dos?|future|planned|plans|coming|upcoming|wish ?list|next steps)\b",
    re.IGNORECASE,
)

#: An address in Markdown, and what it was read as.
Mentioned = tuple[Mention, Candidate]

#: In a longer block, a wall of links, each stands for itself.
LONGEST_WITH_LINKS = 8000


@attrs.frozen
class LinkSaid:
    """A link that says something: where it leads, where it is written, and what is shown."""

    locator: Locator
    span: Span
    text: str


@attrs.frozen
class Said:
    """A sentence, the headings that it stands under, the nearest last, and the links in it.

    ``whole`` tells that nothing else stands in its paragraph.
    """

    text: str
    span: Span
    under: tuple[str, ...] = ()
    links: tuple[LinkSaid, ...] = ()
    whole: bool = True

    @property
    def elsewhere(self) -> bool:
        """Tell whether it stands where other people's works are named."""
        return any(_ELSEWHERE.search(title) for title in self.under)

    @property
    def planned(self) -> bool:
        """Tell whether it stands where plans are: then it gives nothing yet."""
        return any(_PLANNED.search(title) for title in self.under)


def said_on(prose: Prose, mentions: Iterable[Mentioned], data: bytes) -> tuple[Said, ...]:
    """Return every sentence of a page in order, and every link that stands in none; of ``data``."""
    links = [
        (mention, LinkSaid(read.read, mention.span, mention.text or mention.target))
        for mention, read in mentions
        if read.context.is_evidence
        and isinstance(read.read, Locator)
        and not (read.read.kind in _REPOSITORIES and _SHOWN.search(mention.target))
    ]
    blocks = {span: list(group) for span, group in groupby(prose.paragraphs, _span)}
    spread: dict[Span, list[tuple[Mention, LinkSaid]]] = {}
    alone: list[Said] = []
    for mention, link in links:
        if mention.block in blocks:
            spread.setdefault(mention.block, []).append((mention, link))
        else:
            alone.append(Said(mention.text or mention.target, link.span, (), (link,)))
    found = (
        one
        for span, paragraphs in blocks.items()
        for one in _of_block(paragraphs, span, spread.get(span, []), data)
    )
    return (*found, *alone)


def _span(paragraph: Paragraph) -> Span:
    return paragraph.span


def _of_block(
    paragraphs: list[Paragraph],
    span: Span,
    links: list[tuple[Mention, LinkSaid]],
    data: bytes,
) -> Iterator[Said]:
    """Yield the sentences of a block; the cells of a row in a table are one."""
    text = ": ".join(one.text for one in paragraphs)
    if links and len(text) > LONGEST_WITH_LINKS:
        for mention, link in links:
            yield Said(mention.text or mention.target, link.span, paragraphs[0].under, (link,))
        links = []
    sentences = located(text, span, data)
    homes = [_home(sentences, mention, link.span) for mention, link in links]
    for number, sentence in enumerate(sentences):
        held = tuple(link for (_, link), home in zip(links, homes, strict=True) if home == number)
        place, alone = _whole(sentence, held, span), len(sentences) == 1
        yield Said(sentence.text, place, paragraphs[0].under, held, alone)


def _home(sentences: tuple[Sentence, ...], mention: Mention, span: Span) -> int:
    """Return the number of the sentence that a link stands in: by its bytes, else by its text."""
    starts = [number for number, one in enumerate(sentences) if one.span.start <= span.start]
    shown = [number for number, one in enumerate(sentences) if mention.text in one.text]
    inside = mention.block is not None and mention.block.start <= span.start < mention.block.end
    if not (inside and starts):
        return shown[0] if shown else 0
    # The address of a link in HTML stands before what it shows, at the end of the sentence before.
    after = starts[-1] + 1
    return after if starts[-1] not in shown and after in shown else starts[-1]


def _whole(sentence: Sentence, links: tuple[LinkSaid, ...], block: Span) -> Span:
    """Return the bytes of a sentence with those of its links that are written in its block."""
    inside = [
        one.span for one in links if block.start <= one.span.start and one.span.end <= block.end
    ]
    ends = [sentence.span, *inside]
    return Span(min(one.start for one in ends), max(one.end for one in ends))
