"""Cards: what metadata and prose say, as facts, and as claims with the place of each quote."""

import hashlib
from collections.abc import Iterator
from enum import Enum, auto, unique

import attrs

from provenance.errors import Code
from provenance.recipe.card_metadata import metadata_of
from provenance.recipe.data_total import data_total
from provenance.recipe.locators import Forbidden, hub_dataset, parse_locator
from provenance.recipe.names_of_licenses import families_in
from provenance.recipe.words import (
    about_others,
    components_of,
    denies,
    hedges,
    sentence_at,
    sentences,
    starts_of,
)
from provenance.text.front_matter import split
from provenance.text.markdown import Link, Paragraph, Prose
from provenance.text.markdown import read as read_markdown
from provenance.text.note import Note
from provenance.text.restricted_yaml import parse as parse_yaml
from provenance.text.span import Span
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.dataset_card import Stated
from provenance.values.digest import Algorithm, Digest
from provenance.values.evidence import Where
from provenance.values.facts import CardFacts, Section
from provenance.values.hazard import Hazard
from provenance.values.locator import Locator, LocatorKind

LONGEST_QUOTE = 200
_PAPERS = frozenset({LocatorKind.ARXIV, LocatorKind.DOI})
_CODE = frozenset(
    {
        Component.TRAINING_CODE,
        Component.DATA_PREPROCESSING_CODE,
        Component.INFERENCE_CODE,
        Component.EVALUATION_CODE,
    }
)


@unique
class Subject(Enum):
    """What a card is about. Only a model's card makes claims about a release."""

    MODEL = auto()
    DATASET = auto()


@attrs.frozen
class CardRead:
    """What a card says, what it claims, and what is wrong with it."""

    facts: CardFacts
    claims: tuple[Claim, ...]
    hazards: tuple[Hazard, ...]


@attrs.frozen
class _Page:
    """A card's bytes with their name: makes places and quotes."""

    uri: str
    digest: Digest

    def where(self, span: Span) -> Where:
        return Where(self.uri, self.digest, span.start, span.end)


def read_card(data: bytes, *, uri: str, path: str, subject: Subject) -> CardRead:
    """Read a card.

    Args:
        data: the bytes of the file.
        uri: the file's name with its repository and revision, for the places of quotes.
        path: the file's path, for hazards.
        subject: what the card is about.

    Raises:
        TextError: for a card that cannot be read: CARD_ENCODING, CARD_CTRL, a YAML code, RESOURCE.

    """
    page = _Page(uri, Digest(Algorithm.SHA256, hashlib.sha256(data).digest()))
    card = split(data)
    yaml = parse_yaml(card.front) if card.front is not None else None
    prose = read_markdown(card.body, offset=card.body_start)
    found = metadata_of(yaml.root if yaml else None, page.where, card.front_start)
    notes = (*card.notes, *(yaml.notes if yaml else ()), *prose.notes)
    sections = tuple(
        Section(one.title, len(one.text.split()), page.where(one.span)) for one in prose.sections
    )
    facts = attrs.evolve(
        found,
        where=Where(uri, page.digest),
        sections=sections,
        words=sum(section.words for section in sections),
        complete=prose.complete,
        data_total=_data_total(prose, page),
    )
    hazards = (
        *_noted(notes, path),
        *_forbidden(prose.links, path),
        *_license_conflict(facts, prose, path),
    )
    claims = _claims(facts, prose, page) if subject is Subject.MODEL else ()
    return CardRead(facts, claims, tuple(sorted(set(hazards))))


def _data_total(prose: Prose, page: _Page) -> Stated[int] | None:
    found = data_total(prose.sections)
    return Stated(found[0], page.where(found[1])) if found else None


def _noted(notes: tuple[Note, ...], path: str) -> Iterator[Hazard]:
    """Yield one hazard for each code: the first note of it speaks for the rest."""
    first = {note.code: note for note in reversed(notes)}
    for note in first.values():
        yield Hazard(note.code, path, note.detail)


def _forbidden(links: tuple[Link, ...], path: str) -> Iterator[Hazard]:
    for link in links:
        found = parse_locator(link.target)
        if isinstance(found, Forbidden):
            yield Hazard(Code.URL_FORBIDDEN, path, f"{link.target[:120]}: {found.reason}")


def _license_conflict(facts: CardFacts, prose: Prose, path: str) -> Iterator[Hazard]:
    if facts.license is None:
        return
    claimed = families_in(facts.license.text)
    for paragraph in prose.paragraphs:
        for sentence in sentences(paragraph.text):
            named = families_in(sentence) if "licen" in sentence.lower() else frozenset()
            if claimed and named and not claimed & named:
                detail = f"the metadata says {facts.license.text}, the text: {sentence[:120]}"
                yield Hazard(Code.LICENSE_CONFLICT, path, detail)


def _claims(facts: CardFacts, prose: Prose, page: _Page) -> tuple[Claim, ...]:
    linked = (*_of_metadata(facts), *_of_links(prose, page))
    pointed = {claim.component for claim in linked}
    said = _of_sentences(prose, page)
    bare = [one for one in said if one.denied or one.component not in pointed]
    return (*linked, *_first_of_each(bare))


def _first_of_each(claims: list[Claim]) -> Iterator[Claim]:
    seen: set[tuple[Component, bool]] = set()
    for claim in claims:
        if (claim.component, claim.denied) not in seen:
            seen.add((claim.component, claim.denied))
            yield claim


def _of_metadata(facts: CardFacts) -> Iterator[Claim]:
    for quote in facts.datasets:
        yield Claim(Component.DATASETS, quote.text, quote.where, hub_dataset(quote.text))
    for quote in facts.base_models:
        target = hub_dataset(quote.text)
        model = attrs.evolve(target, kind=LocatorKind.HUB_MODEL) if target else None
        yield Claim(Component.BASE_MODELS, quote.text, quote.where, model)
    for result in facts.results:
        text = f"{result.metric} {result.value} on {result.dataset}"
        yield Claim(Component.EVALUATION_RESULTS, text[:LONGEST_QUOTE], result.where)


def _of_links(prose: Prose, page: _Page) -> Iterator[Claim]:
    split = tuple((paragraph, starts_of(paragraph.text)) for paragraph in prose.paragraphs)
    for link in prose.links:
        locator = parse_locator(link.target)
        sentence = _around(link, split)
        if not isinstance(locator, Locator) or about_others(sentence) or hedges(sentence):
            continue
        where = page.where(link.span)
        for component in _meant(locator, sentence):
            yield Claim(component, sentence[:LONGEST_QUOTE], where, locator, denies(sentence))


def _meant(locator: Locator, sentence: str) -> tuple[Component, ...]:
    """Return the components that a link of this kind, in this sentence, claims."""
    if locator.kind is LocatorKind.HUB_DATASET:
        return (Component.DATASETS,)
    if locator.kind in _PAPERS:
        return (Component.RESEARCH_PAPER,)
    if locator.kind is LocatorKind.GIT:
        return tuple(one for one in components_of(sentence) if one in _CODE)
    return ()


def _around(link: Link, split: tuple[tuple[Paragraph, tuple[int, ...]], ...]) -> str:
    """Return the sentence that a link stands in; the link's own text where none is found."""
    around = (
        sentence_at(starts, paragraph.text, place)
        for paragraph, starts in split
        if paragraph.span.start <= link.span.start
        and link.span.end <= paragraph.span.end
        and (place := paragraph.text.find(link.text)) >= 0
    )
    return next(around, link.text)


def _of_sentences(prose: Prose, page: _Page) -> Iterator[Claim]:
    for paragraph in prose.paragraphs:
        where = page.where(paragraph.span)
        for sentence in sentences(paragraph.text):
            denied = denies(sentence)
            if not denied and (hedges(sentence) or about_others(sentence)):
                continue
            for component in components_of(sentence):
                yield Claim(component, sentence[:LONGEST_QUOTE], where, denied=denied)
