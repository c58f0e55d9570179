"""What a card claims: from its metadata, its links and its sentences, each with its place."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Self

import attrs

from provenance.recipe.links.locators import hub_dataset, hub_model, parse_mention
from provenance.recipe.prose.card_page import LinkSaid, Said
from provenance.recipe.prose.second_hand import unsettled, without_struck
from provenance.recipe.prose.speech import (
    about_named_others,
    about_others,
    about_readers,
    denies_all,
    hedges,
    partly,
    plain,
)
from provenance.recipe.prose.stance import Stance, stances
from provenance.recipe.prose.whose_data import data_under
from provenance.recipe.prose.words import components_of, ends_of, goes_on
from provenance.text.as_seen import as_seen
from provenance.text.span import Span
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.evidence import Where
from provenance.values.facts import CardFacts
from provenance.values.locator import Locator, LocatorKind

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
# Where code and data may be, and nobody here looks: pages, gists, spaces, storage.
_UNSEEN = frozenset({LocatorKind.HTTP, LocatorKind.HUB_SPACE})
_KEPT_ANYWHERE = _CODE | {Component.DATASETS}
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
# Of a list of links behind the name of a thing.
_MOST_BETWEEN = 300
_EXAMPLE = re.compile(r"\b(?:such as|like|e\.g\.|including|by)\b", re.IGNORECASE)
_REPORT = re.compile(r"\b(?:tech(?:nical)?|full) report\b", re.IGNORECASE)
_PAPER = re.compile(r"\b(?:papers?|preprint|arxiv|publication|manuscript|report)\b", re.IGNORECASE)
# LoRA (paper): whose paper it is stands before the bracket.
_THEIRS = re.compile(
    r"\w\s?\((?![^()]*\bour\b)[^()]{0,40}\bpaper\b[^()]{0,20}\)|\barxiv preprint\b"
    r"|\([^()]{1,40}\bet al\b",
    re.IGNORECASE,
)
# The paper of somebody by name; of nobody where another word stands before it.
_PAPER_OF = re.compile(
    r"\b(?:the|their) (?:original |first )?([\w.+-]+)(?:'s)? papers?\b", re.IGNORECASE
)
_OF_NOBODY = re.compile(
    r"accompanying|above|arxiv|associated|attached|below|camera-ready|companion|conference|full"
    r"|corresponding|following|journal|linked|long|model|new|official|original|preprint|present"
    r"|published|recent|related|release|research|same|scientific|short|system|technical|white"
    r"|workshop",
    re.IGNORECASE,
)
_CARD = re.compile(r"\bmodel card\b", re.IGNORECASE)
_IS_NAME = re.compile(r"[A-Z0-9-]")
_NAME = re.compile(r"[a-z0-9]{3,}")
# The Hub keeps the texts of licences in a repository of the kind that datasets have.
_LICENSE_TEXTS = "choosealicense/licenses"
# Between the name of a thing and a link that is that thing: hardly a word.
_IS = re.compile(
    r"(?:[\s,;:|&+()\[\]\u2013\u2014*`-]"
    r"|\b(?:is|are|was|were|at|in|on|here|used|from|and|the|our|both)\b)*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S+[:/.]\S+")
#: A sentence of no more words than this is but the link.
_FEW_WORDS = 3
# In Chinese and Japanese nothing stands between words.
_WORDS = re.compile("[\u3040-\u30ff\u3400-\u9fff]|[^\\s\u3040-\u30ff\u3400-\u9fff]+")


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
    told = tuple(_told([one for one in said if not one.elsewhere], own))
    linked = [claim for one, found in told for claim in _of_links(one, found, place, own)]
    based = [*_of_metadata(facts), *linked]
    pointed = {claim.component for claim in based}
    bare = [claim for one, found in told for claim in _of_sentence(one, found, place)]
    kept = [one for one in bare if one.denied or one.component not in pointed]
    return (*based, *_first_of_each(kept))


def _told(
    said: Iterable[Said], own: frozenset[str]
) -> Iterator[tuple[Said, dict[Component, Stance]]]:
    """Yield sentences with what they say; "it is not released" is about what was named last."""
    last: tuple[Said, dict[Component, Stance]] | None = None
    for one in said:
        found = _heard(one, own)
        if last and not found and _goes_on(one, last[0]):
            found = dict.fromkeys(last[1], Stance.DENIED)
        yield one, found
        last = one, found


def _goes_on(one: Said, before: Said) -> bool:
    """Tell whether a sentence denies what the one right before it named."""
    near = 0 <= one.span.start - before.span.end <= _NEAR and one.under == before.under
    text = plain(as_seen(one.text[:_MOST_BETWEEN]))
    return near and goes_on(text) and denies_all(text) and not unsettled(text)


def _heard(said: Said, own: frozenset[str]) -> dict[Component, Stance]:
    """Return what a sentence says of each component; among plans, what is given is promised."""
    found = stances(said.text, own, data_under(said.under))
    if said.planned:
        return {
            one: Stance.PROMISED if stance is Stance.GIVEN else stance
            for one, stance in found.items()
        }
    return found


def _first_of_each(claims: Iterable[Claim]) -> Iterator[Claim]:
    seen: set[tuple[Component, bool]] = set()
    for claim in claims:
        if (claim.component, claim.denied) not in seen:
            seen.add((claim.component, claim.denied))
            yield claim


def _of_metadata(facts: CardFacts) -> Iterator[Claim]:
    for quote in facts.datasets:
        named = hub_dataset(quote.text) or _address(quote.text, LocatorKind.HUB_DATASET)
        yield Claim(Component.DATASETS, quote.text, quote.where, named)
    for quote in facts.base_models:
        named = hub_model(quote.text) or _address(quote.text, LocatorKind.HUB_MODEL)
        yield Claim(Component.BASE_MODELS, quote.text, quote.where, named)
    for result in facts.results:
        text = f"{result.metric} {result.value} on {result.dataset}"
        yield Claim(Component.EVALUATION_RESULTS, text[:LONGEST_QUOTE], result.where)


def _address(text: str, kind: LocatorKind) -> Locator | None:
    """Return what the address of a repository names that stands where an id is asked for."""
    found = parse_mention(text)
    return found if isinstance(found, Locator) and found.kind is kind else None


@attrs.frozen
class _Sentence:
    """A sentence with links, and all that is asked of it for each of them."""

    said: Said
    found: Mapping[Component, Stance]
    own: frozenset[str]
    text: str
    kept: str
    # About others, by others, to the reader, or settling nothing.
    foreign: bool
    hedged: bool
    part: bool
    ends: Mapping[Component, tuple[int, ...]]

    @classmethod
    def of(cls, said: Said, found: Mapping[Component, Stance], own: frozenset[str]) -> Self:
        """Look at a sentence once for all its links."""
        text = as_seen(said.text)
        foreign = about_others(text) or about_named_others(text, own) or unsettled(text)
        return cls(
            said,
            found,
            own,
            text,
            kept=without_struck(said.text),
            foreign=foreign or about_readers(text),
            hedged=hedges(text),
            part=partly(text),
            ends={one: tuple(ends_of(one, text)) for one in found},
        )


def _of_links(
    said: Said, found: Mapping[Component, Stance], place: Place, own: frozenset[str]
) -> Iterator[Claim]:
    if not said.links:
        return
    sentence = _Sentence.of(said, found, own)
    kept = sentence.kept == said.text
    links = [one for one in said.links if kept or one.text in sentence.kept]
    seen = [
        claim for one in links for claim in _of_link(one, _meant(one, sentence), sentence, place)
    ]
    yield from seen
    # What is linked where it can be seen needs no second address.
    left = tuple(one for one in found if one in _KEPT_ANYWHERE - {it.component for it in seen})
    for link in links:
        yield from _of_link(link, _kept_at(link, left, sentence), sentence, place)


def _kept_at(
    link: LinkSaid, left: tuple[Component, ...], sentence: _Sentence
) -> tuple[Component, ...]:
    """Return what may be kept at an address where nobody looks for it."""
    kind, said = link.locator.kind, sentence.said
    if kind is LocatorKind.HUB_MODEL:
        return tuple(one for one in left if _is_it(one, link, sentence))
    if kind not in _UNSEEN or sentence.foreign:
        return ()
    few = len(_WORDS.findall(_ADDRESS.sub("", sentence.text))) <= _FEW_WORDS
    headed = components_of(said.under[-1]) if said.under and few and said.whole else ()
    return left or tuple(one for one in headed if one in _CODE)


def _of_link(
    link: LinkSaid, meant: Iterable[Component], sentence: _Sentence, place: Place
) -> Iterator[Claim]:
    said = sentence.said
    for component in meant:
        stance = sentence.found.get(component, Stance.GIVEN)
        if stance is Stance.NAMED and _is_it(component, link, sentence):
            stance = Stance.GIVEN
        if stance in {Stance.GIVEN, Stance.DENIED}:
            yield Claim(
                component,
                said.text[:LONGEST_QUOTE],
                place(said.span),
                link.locator,
                denied=stance is Stance.DENIED,
            )


def _is_it(component: Component, link: LinkSaid, sentence: _Sentence) -> bool:
    """Tell whether a link is shown as a component: by its own words, or right behind its name."""
    if sentence.foreign or sentence.part:
        return False
    if component in components_of(as_seen(link.text)):
        return True
    at = sentence.text.find(link.text)
    end = max((end for end in sentence.ends[component] if end <= at), default=None)
    if end is None or at - end > _MOST_BETWEEN:
        return False
    between = sentence.text[end:at]
    for one in sentence.said.links:
        between = between.replace(one.text, "")
    return _IS.fullmatch(between) is not None


def _meant(link: LinkSaid, sentence: _Sentence) -> tuple[Component, ...]:
    """Return the components that a link of this kind, in this sentence, is about."""
    kind, said = link.locator.kind, sentence.said
    if kind is LocatorKind.HUB_MODEL:
        return (Component.BASE_MODELS,) if _is_base(link, sentence.text) else ()
    named = tuple(one for one in sentence.found if one in _CODE)
    if kind is LocatorKind.GIT and named:
        return named
    # Nothing is said of it but that it is there: then the sentence has to be the publisher's.
    if sentence.foreign or sentence.hedged:
        return ()
    if kind is LocatorKind.GIT:
        headed = components_of(said.under[-1]) if said.under else ()
        return tuple(one for one in headed if one in _CODE)
    if kind is LocatorKind.HUB_DATASET:
        is_data = link.locator.uri != _LICENSE_TEXTS
        return (_role_of_data(sentence.text, said.under),) if is_data else ()
    return _written(sentence.text, said, sentence.own) if kind in _PAPERS else ()


def _is_base(link: LinkSaid, text: str) -> bool:
    """Tell whether a model is named right behind words that say what this one was made from."""
    between = (
        text[found.end() : at]
        for found in _BASED.finditer(text)
        if (at := text.find(link.text, found.end())) >= 0
    )
    return any(len(one) <= _NEAR and not _EXAMPLE.search(one) for one in between)


def _written(text: str, said: Said, own: frozenset[str]) -> tuple[Component, ...]:
    """Return what a paper is to the release: papers about what it uses are no part of it."""
    rest = _ADDRESS.sub("", text)
    headed = (rest, *said.under[-1:])
    if any(_REPORT.search(one) for one in headed):
        return (Component.TECHNICAL_REPORT,)
    bare = said.whole and len(_WORDS.findall(rest)) <= _FEW_WORDS
    named = any(_PAPER.search(one) for one in headed) or _CARD.search(rest)
    theirs = _THEIRS.search(text) or _is_named_after_others(text, said.under, own)
    return (Component.RESEARCH_PAPER,) if (bare or named) and not theirs else ()


def _is_named_after_others(text: str, under: tuple[str, ...], own: frozenset[str]) -> bool:
    """Tell whether a paper is called by a name that is neither the release's nor in a heading."""
    ours = own.union(*(_NAME.findall(title.lower()) for title in under))
    for found in _PAPER_OF.finditer(text):
        words = _NAME.findall(found[1].lower()) if _IS_NAME.search(found[1]) else []
        known = any(one.startswith(word) or word.startswith(one) for word in words for one in ours)
        if words and not _OF_NOBODY.fullmatch(found[1]) and not known:
            return True
    return False


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
