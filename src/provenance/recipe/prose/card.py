"""Cards: what metadata and prose say, as facts, as links, and as claims with their places."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto, unique

import attrs

from provenance.errors import Code
from provenance.recipe.licenses.names_of_licenses import families_in
from provenance.recipe.links.link import Links, links_of
from provenance.recipe.links.links import candidate
from provenance.recipe.links.metadata_links import links_in_metadata
from provenance.recipe.prose.card_claims import LONGEST_QUOTE, claims_of
from provenance.recipe.prose.card_metadata import licenses_twice, metadata_of, odd_shapes, too_many
from provenance.recipe.prose.card_page import Said, said_on
from provenance.recipe.prose.data_total import data_total
from provenance.recipe.prose.language import is_understood, words_in
from provenance.recipe.prose.template_text import is_template
from provenance.recipe.prose.unfollowed import unfollowed
from provenance.recipe.prose.words import speaks
from provenance.text.as_seen import disguised, split_unseen
from provenance.text.front_matter import Card, split
from provenance.text.markdown import Paragraph
from provenance.text.markdown import Section as ShownSection
from provenance.text.markdown_page import Page, read_page
from provenance.text.note import Note
from provenance.text.restricted_yaml import YamlDocument
from provenance.text.restricted_yaml import parse as parse_yaml
from provenance.text.span import Span
from provenance.values.address import Address
from provenance.values.claim import Claim
from provenance.values.dataset_card import Stated
from provenance.values.digest import Algorithm, Digest
from provenance.values.evidence import Where
from provenance.values.facts import CardFacts, Section
from provenance.values.hazard import Hazard
from provenance.values.unread import Unread

__all__ = ["LONGEST_QUOTE", "CardRead", "Subject", "read_card"]

_NAME = re.compile(r"[a-z0-9]{3,}")
_OF_CODE = re.compile(r"\b(?:code|repository|datasets?|data)\b", re.IGNORECASE)
_OF_MODEL = re.compile(r"\b(?:models?|weights|parameters|checkpoints?)\b", re.IGNORECASE)
_MOST_SHOWN = 5
#: A long card has some hundreds.
MOST_HEARD = 1000


@unique
class Subject(Enum):
    """What a card is about. Only a model's card makes claims about a release."""

    MODEL = auto()
    DATASET = auto()


@attrs.frozen
class CardRead:
    """What a card says, claims and links, what is wrong with it, and what of it was not read."""

    facts: CardFacts
    claims: tuple[Claim, ...]
    hazards: tuple[Hazard, ...]
    links: Links
    unread: tuple[Unread, ...] = ()


@attrs.frozen
class _Card:
    """Where a card's bytes stand: makes places of quotes."""

    address: Address
    digest: Digest

    def where(self, span: Span) -> Where:
        return Where(self.address, self.digest, span.start, span.end)


def read_card(data: bytes, *, address: Address, path: str, subject: Subject) -> CardRead:
    """Read a card.

    Args:
        data: the bytes of the file.
        address: where the file stands, for the places of quotes.
        path: the file's path, for hazards.
        subject: what the card is about.

    Raises:
        TextError: for a card that cannot be read: CARD_ENCODING, CARD_CTRL, a YAML code, RESOURCE.
    """
    whole = _Card(address, Digest(Algorithm.SHA256, hashlib.sha256(data).digest()))
    card = split(data)
    yaml = parse_yaml(card.front) if card.front is not None else None
    page = read_page(card.body, offset=card.body_start)
    root = yaml.root if yaml else None
    mentioned = [(one, candidate(one)) for one in page.mentions.found]
    shown = links_of((read for _, read in mentioned), complete=page.mentions.complete)
    links = links_in_metadata(root, card.front_start) + shown
    said = said_on(page.prose, mentioned, data)
    heard = [one for one in said if one.links or speaks(one.text)]
    foreign = next((it for it in page.prose.paragraphs if not is_understood(it.text)), None)
    understood = len(heard) <= MOST_HEARD and foreign is None and links.complete
    metadata = _metadata(card, yaml, whole)
    facts = _with_prose(metadata, page, whole, understood=understood)
    left = (*_left_out(links, len(heard)), *_foreign(foreign))
    odd = (*odd_shapes(root), *too_many(root))
    notes = (
        *card.notes,
        *(yaml.notes if yaml else ()),
        *page.prose.notes,
        *_disguises(said),
        *left,
        *(note for note, _ in odd),
    )
    hazards = (
        *_noted(notes, path),
        *_forbidden(links, path),
        *_license_conflict(facts, said, path),
    )
    claims: tuple[Claim, ...] = ()
    if subject is Subject.MODEL:
        made = claims_of(facts, heard[:MOST_HEARD], whole.where, _own_words(address))
        claims = tuple(_in_their_words(made, facts, data))
    strange = (Unread(one.code, path, one.detail, about) for one, about in odd if about)
    unread = (*strange, *unfollowed(claims, mentioned, heard[:MOST_HEARD]))
    return CardRead(facts, claims, tuple(sorted(set(hazards))), links, unread)


def _metadata(card: Card, yaml: YamlDocument | None, whole: _Card) -> CardFacts:
    """Return what the metadata says; a licence that stands there twice is a term of its own."""
    found = metadata_of(yaml.root if yaml else None, whole.where, card.front_start)
    if yaml is None or not card.front:
        return found
    twice = licenses_twice(yaml.notes, card.front, whole.where, card.front_start)
    return attrs.evolve(found, more_terms=(*found.more_terms, *twice))


def _with_prose(metadata: CardFacts, page: Page, whole: _Card, *, understood: bool) -> CardFacts:
    """Return the facts of a card's metadata with those of its page."""
    sections = tuple(_section(one, whole) for one in page.prose.sections)
    return attrs.evolve(
        metadata,
        where=Where(whole.address, whole.digest),
        sections=sections,
        words=sum(section.words for section in sections),
        complete=page.prose.complete and understood,
        data_total=_data_total(page.prose.sections, whole),
    )


def _left_out(links: Links, heard: int) -> Iterator[Note]:
    if heard > MOST_HEARD:
        what = f"only the first {MOST_HEARD} sentences that say something are understood"
        yield Note(Code.RESOURCE, what)
    if not links.complete:
        yield Note(Code.RESOURCE, "not all of its links were read")


def _in_their_words(made: Iterable[Claim], facts: CardFacts, data: bytes) -> Iterator[Claim]:
    """Yield claims, those of results with the words that their bytes have, as all others do."""
    results = {one.where for one in facts.results}
    for claim in made:
        if claim.where not in results:
            yield claim
            continue
        said = data[claim.where.start : claim.where.end].decode("utf-8", "replace")
        yield attrs.evolve(claim, text=" ".join(said.split())[:LONGEST_QUOTE])


def _foreign(block: Paragraph | None) -> Iterator[Note]:
    if block:
        what = f"only English is understood, and not what begins {block.text[:60]!r}"
        yield Note(Code.NOT_COVERED, what, block.span)


def _section(shown: ShownSection, card: _Card) -> Section:
    """Return a section; lines that a template put there are no words of its author."""
    lines = (line for line in shown.text.splitlines() if not is_template(line))
    return Section(shown.title, sum(map(words_in, lines)), card.where(shown.span))


def _own_words(address: Address) -> frozenset[str]:
    """Return the words of the release's and its publisher's names."""
    return frozenset(_NAME.findall(address.name.lower()))


def _data_total(sections: Iterable[ShownSection], card: _Card) -> Stated[int] | None:
    found = data_total(sections)
    return Stated(found[0], card.where(found[1])) if found else None


def _noted(notes: Iterable[Note], path: str) -> Iterator[Hazard]:
    """Yield one hazard for each code: the first note of it speaks for the rest."""
    first = {note.code: note for note in reversed(tuple(notes))}
    for note in first.values():
        yield Hazard(note.code, path, note.detail)


def _disguises(said: tuple[Said, ...]) -> Iterator[Note]:
    """Yield what looks like other words than those that are written."""
    mixed = [word for one in said for word in disguised(one.text)][:_MOST_SHOWN]
    if mixed:
        words = ", ".join(f"{word!a}" for word in mixed)
        yield Note(Code.CARD_AMBIGUOUS, f"words mix alphabets that look alike: {words}")
    broken = next((one for one in said if split_unseen(one.text)), None)
    if broken:
        shown = f"{broken.text[:120]!a}"
        yield Note(Code.CARD_AMBIGUOUS, f"characters without width stand inside words: {shown}")


def _forbidden(links: Links, path: str) -> Iterator[Hazard]:
    for one in links.refused:
        if one.context.is_evidence:
            yield Hazard(Code.URL_FORBIDDEN, path, f"{one.target[:120]}: {one.reason}")


def _license_conflict(facts: CardFacts, said: tuple[Said, ...], path: str) -> Iterator[Hazard]:
    claimed = families_in(facts.license.text) if facts.license else frozenset()
    if facts.license is None or not claimed:
        return
    for one in said:
        named = families_in(one.text) if "licen" in one.text.lower() else frozenset()
        of_another = _OF_CODE.search(one.text) and not _OF_MODEL.search(one.text)
        if named and not claimed & named and not of_another and not one.elsewhere:
            detail = f"the metadata says {facts.license.text}, the text: {one.text[:120]}"
            yield Hazard(Code.LICENSE_CONFLICT, path, detail)
