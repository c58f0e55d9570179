"""What a card claims: from its metadata, its links and its sentences, each with its place."""

import re
from collections.abc import Callable, Iterable, Iterator

import attrs

from provenance.recipe.card_page import LinkSaid, Said
from provenance.recipe.locators import hub_dataset, hub_model
from provenance.recipe.speech import about_named_others, about_others, about_readers, hedges
from provenance.recipe.stance import Stance, stances
from provenance.recipe.words import components_of
from provenance.text.as_seen import as_seen
from provenance.text.span import Span
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.evidence import Where
from provenance.values.facts import CardFacts
from provenance.values.locator import LocatorKind

LONGEST_QUOTE = 200
Place = Callable[[Span], Where]

_PAPERS = frozenset({LocatorKind.ARXIV, LocatorKind.DOI})
_CODE = frozenset(
    {
        Component.TRAINING_CODE,
        Component.DATA_PREPROCESSING_CODE,
        Component.INFERENCE_CODE,
        Component.EVALUATION_CODE,
    }
)
_MEASURED = re.compile(r"\b(?:evaluat\w+|benchmark\w*|tested on|test sets?)\b", re.IGNORECASE)
_TRAINED = re.compile(r"\b(?:pre-?)?train\w*|\bfine-?tun\w*", re.IGNORECASE)
# What a model was made from is somebody's own model, and is named right behind such words.
_BASED = re.compile(
    r"\bfine-?tun(?:e|ed|ing) (?:\w+ )?(?:from|version of|on top of|of)\b|\bbase model(?: is|:)"
    r"|\b(?:initiali[sz]ed|continued|distilled|quanti[sz]ed|converted|merged) (?:[\w-]+ )?"
    r"(?:from|of|version of)\b|\bmerge of\b|\badapter (?:for|of)\b",
    re.IGNORECASE,
)
_NEAR = 40
# What is struck out was taken back.
_STRUCK = re.compile(r"~~\S")
_EXAMPLE = re.compile(r"\b(?:such as|like|e\.g\.|including|by)\b", re.IGNORECASE)
_REPORT = re.compile(r"\b(?:tech(?:nical)?|full) report\b", re.IGNORECASE)
_PAPER = re.compile(r"\b(?:papers?|preprint|arxiv|publication|manuscript|report)\b", re.IGNORECASE)
# LoRA (paper): whose paper it is stands before the bracket.
_THEIRS = re.compile(r"\w \(?\[?paper\]?\)", re.IGNORECASE)
_ADDRESS = re.compile(r"\S+[:/.]\S+")
#: A sentence of no more words than this is but the link.
_FEW_WORDS = 3


def claims_of(
    facts: CardFacts, said: Iterable[Said], place: Place, own: frozenset[str]
) -> tuple[Claim, ...]:
    """Return what a card claims.

    A sentence without a link claims a component only where no link does; a denial always counts.

    Args:
        facts: what the metadata says.
        said: the sentences of the card, with their links.
        place: makes a place of a span in the card.
        own: the words, in lower case, of the release's and its publisher's names.

    """
    heard = (one for one in said if not one.elsewhere and not _STRUCK.search(one.text))
    told = [(one, stances(one.text, own)) for one in heard]
    linked = [claim for one, found in told for claim in _of_links(one, found, place, own)]
    based = [*_of_metadata(facts), *linked]
    pointed = {claim.component for claim in based}
    bare = [claim for one, found in told for claim in _of_sentence(one, found, place)]
    kept = [one for one in bare if one.denied or one.component not in pointed]
    return (*based, *_first_of_each(kept))


def _first_of_each(claims: Iterable[Claim]) -> Iterator[Claim]:
    seen: set[tuple[Component, bool]] = set()
    for claim in claims:
        if (claim.component, claim.denied) not in seen:
            seen.add((claim.component, claim.denied))
            yield claim


def _of_metadata(facts: CardFacts) -> Iterator[Claim]:
    for quote in facts.datasets:
        yield Claim(Component.DATASETS, quote.text, quote.where, hub_dataset(quote.text))
    for quote in facts.base_models:
        yield Claim(Component.BASE_MODELS, quote.text, quote.where, hub_model(quote.text))
    for result in facts.results:
        text = f"{result.metric} {result.value} on {result.dataset}"
        yield Claim(Component.EVALUATION_RESULTS, text[:LONGEST_QUOTE], result.where)


def _of_links(
    said: Said, found: dict[Component, Stance], place: Place, own: frozenset[str]
) -> Iterator[Claim]:
    text = as_seen(said.text)
    for link in said.links:
        for component in _meant(link, said, text, found, own):
            stance = found.get(component, Stance.GIVEN)
            if stance in {Stance.GIVEN, Stance.DENIED}:
                yield Claim(
                    component,
                    said.text[:LONGEST_QUOTE],
                    place(said.span),
                    link.locator,
                    denied=stance is Stance.DENIED,
                )


def _meant(
    link: LinkSaid, said: Said, text: str, found: dict[Component, Stance], own: frozenset[str]
) -> tuple[Component, ...]:
    """Return the components that a link of this kind, in this sentence, is about."""
    kind = link.locator.kind
    if kind is LocatorKind.HUB_MODEL:
        return (Component.BASE_MODELS,) if _is_base(link, text) else ()
    named = tuple(one for one in found if one in _CODE)
    if kind is LocatorKind.GIT and named:
        return named
    # Nothing is said of it but that it is there: then the sentence has to be the publisher's.
    foreign = about_others(text) or about_named_others(text, own)
    if foreign or hedges(text) or about_readers(text):
        return ()
    if kind is LocatorKind.GIT:
        headed = components_of(said.under[-1]) if said.under else ()
        return tuple(one for one in headed if one in _CODE)
    if kind is LocatorKind.HUB_DATASET:
        return (_role_of_data(text, said.under),)
    return _written(text, said.under) if kind in _PAPERS else ()


def _is_base(link: LinkSaid, text: str) -> bool:
    """Tell whether a model is named right behind words that say what this one was made from."""
    between = (
        text[found.end() : at]
        for found in _BASED.finditer(text)
        if (at := text.find(link.text, found.end())) >= 0
    )
    return any(len(one) <= _NEAR and not _EXAMPLE.search(one) for one in between)


def _written(text: str, under: tuple[str, ...]) -> tuple[Component, ...]:
    """Return what a paper is to the release: papers about what it uses are no part of it."""
    said = (text, *under[-1:])
    if any(_REPORT.search(one) for one in said):
        return (Component.TECHNICAL_REPORT,)
    bare = len(_ADDRESS.sub("", text).split()) <= _FEW_WORDS
    named = any(_PAPER.search(one) for one in said) and not _THEIRS.search(text)
    return (Component.RESEARCH_PAPER,) if bare or named else ()


def _role_of_data(text: str, under: tuple[str, ...]) -> Component:
    """Return what a dataset is for, by its sentence, else by the heading above it."""
    for one in (text, *reversed(under)):
        if _TRAINED.search(one):
            return Component.DATASETS
        if _MEASURED.search(one):
            return Component.EVALUATION_DATA
    return Component.DATASETS


def _of_sentence(said: Said, found: dict[Component, Stance], place: Place) -> Iterator[Claim]:
    for component, stance in found.items():
        if stance in {Stance.GIVEN, Stance.DENIED}:
            claim = Claim(component, said.text[:LONGEST_QUOTE], place(said.span))
            yield attrs.evolve(claim, denied=stance is Stance.DENIED)
