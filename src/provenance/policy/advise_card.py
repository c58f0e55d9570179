"""What readers of a card drop in silence: metadata that is not where, or not what, they look for.

The rules are those of the Hub's documented metadata and of its client's ``ModelCardData``, whose
readers of different versions and languages differ in what they take.
"""

import difflib
import re
from collections.abc import Collection, Iterator

from provenance.errors import TextError
from provenance.policy.advise_results import advise_results
from provenance.policy.advise_text import CARD
from provenance.policy.card_keys import IDS, LISTS, MISSPELLED, PIPELINES, TEXTS
from provenance.text.front_matter import split
from provenance.text.restricted_yaml import parse
from provenance.text.span import Span
from provenance.text.yaml_tree import (
    YamlMapping,
    YamlNode,
    YamlScalar,
    YamlSequence,
    lookup,
)
from provenance.values.advice import Advice, Rule

_ALIKE = 0.75
_LONGEST = 80
_MOST_NAMED = 5
# Dashes that metadata follows; others are a line that is drawn.
_OPENING = re.compile(
    rb"(?P<before>\s*+)---(?P<after>[^\r\n]*)(?:\r\n|\r|\n)(?=[A-Za-z][A-Za-z_-]*:(?:\s|\Z))"
)
_CLOSED = re.compile(rb"---(?P<after>[ \t]*)(?:\r\n|\r|\n|\Z)")
_ENDS = re.compile(
    rb"^(?:\.\.\.|----+|[ \t]+---|\xe2\x80\x94+|---[ \t]*[^\s-][^\r\n]*)[ \t]*\r?$", re.MULTILINE
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*|code|multilingual")
_ID = re.compile(r"[A-Za-z0-9][\w.-]*(?:/[\w.-]+)?(?:@[\w./-]+)?")
_WITH_NAME = "other"


def advise_card(data: bytes, licenses: Collection[str] = ()) -> Iterator[Advice]:
    """Yield what a card says in a way that some readers do not see.

    Args:
        data: the bytes of README.md.
        licenses: the ids of licences that the Hub knows.

    """
    try:
        card = split(data)
        yield from _frame(data, card.front is not None, card.body_start)
        root = parse(card.front).root if card.front is not None else None
    except TextError:
        return  # It is told as unreadable, with its line.
    told = _metadata(root, licenses) if root else ()
    for what, todo, span in told:
        place = card.front_start + span.start
        yield Advice(Rule.CARD, CARD, data.count(b"\n", 0, place) + 1, what, todo)


def advise_card_names(paths: Collection[str]) -> Iterator[Advice]:
    """Yield files that look like the card, and that no reader takes for it."""
    alike = [one for one in paths if one != CARD and one.casefold() == CARD.casefold()]
    for path in alike:
        what = f"it is not read as the card, which is called {CARD}"
        yield Advice(Rule.CARD, path, 0, what, f"rename it to {CARD}")


_Told = tuple[str, str, Span]


def _frame(data: bytes, has_front: bool, body_start: int) -> Iterator[Advice]:  # noqa: FBT001
    """Yield what is odd about the lines of dashes."""
    opening = _OPENING.match(data.removeprefix(b"\xef\xbb\xbf"))
    if opening is None:
        return
    start = opening["before"].count(b"\n") + 1
    if opening["after"]:
        shown = opening["after"].decode(errors="replace")[:_LONGEST]
        what = f"the opening --- is followed by {shown!a}, so that no metadata is read"
        yield Advice(Rule.CARD, CARD, start, what, "end the line behind its three dashes")
    elif not has_front and (other := _ENDS.search(data, opening.end())):
        line = data.count(b"\n", 0, other.start()) + 1
        what = "this does not end the metadata as a bare line of three dashes does: none is read"
        yield Advice(Rule.CARD, CARD, line, what, "write --- alone in the line behind the metadata")
    if not has_front or opening["after"]:
        return
    if opening["before"]:
        what = "blanks or empty lines stand before the opening ---: some readers see no metadata"
        yield Advice(Rule.CARD, CARD, start, what, "let --- be the card's first bytes")
    last = data.rfind(b"---", 0, body_start)
    closing = _CLOSED.match(data, last)
    if closing and closing["after"]:
        line = data.count(b"\n", 0, last) + 1
        what = "a blank follows the closing ---: some readers, a Hub's among them, see no metadata"
        yield Advice(Rule.CARD, CARD, line, what, "take the blanks behind the dashes out")


def _metadata(root: YamlNode, licenses: Collection[str]) -> Iterator[_Told]:
    if not isinstance(root, YamlMapping):
        what = "the metadata is no mapping of keys to values, and no reader takes it"
        yield what, "write one `key: value` in each line", root.span
        return
    for key, value in root.entries:
        yield from _key(key, value)
    yield from _license(root, licenses)
    yield from _languages(lookup(root, "language"))
    yield from _pipeline(lookup(root, "pipeline_tag"))
    yield from advise_results(lookup(root, "model-index"))


def _key(key: YamlScalar, value: YamlNode) -> Iterator[_Told]:
    name = key.text
    meant = MISSPELLED.get(name.casefold().replace("-", "_"))
    if key.reads_as != "str":
        what = f"the key {name[:40]!a} is read as {key.reads_as}, and the Hub's client stops there"
        yield what, "put the key between quotes, or rename it", key.span
    elif meant and meant != name:
        what = f"the key {name[:40]!a} is read by nobody; {meant} is"
        yield what, f"write {meant}", key.span
    elif _is_null(value) and name in TEXTS | LISTS | IDS:
        yield f"{name} says nothing, and is dropped", "give it a value, or take it out", key.span
    elif name in TEXTS and not isinstance(value, YamlScalar):
        yield f"{name} is no text, as readers expect it", f"write one text as {name}", key.span
    elif name in LISTS and isinstance(value, YamlScalar):
        what = f"{name} is a text, and readers expect a list"
        yield what, f"write {name} as a list, one `- item` in each line", key.span
    if name in LISTS | IDS:
        yield from _items(name, value)


def _items(name: str, value: YamlNode) -> Iterator[_Told]:
    if isinstance(value, YamlMapping):
        yield f"{name} is a mapping, and is dropped", "write a list of texts", value.span
        return
    for item in value.items if isinstance(value, YamlSequence) else (value,):
        if not isinstance(item, YamlScalar):
            yield f"an item of {name} is no text, and is dropped", "write a text", item.span
        elif _is_null(item) and isinstance(value, YamlSequence):
            yield f"an item of {name} says nothing, and is dropped", "take it out", item.span
        elif name in IDS and item.text and not _ID.fullmatch(item.text):
            kind = "an address" if "://" in item.text else "no id of the Hub"
            what = f"{name} names {kind}, and is not linked: {item.text[:_LONGEST]!a}"
            yield what, "write an id such as org/name; put other addresses into the text", item.span


def _is_null(value: YamlNode) -> bool:
    return isinstance(value, YamlScalar) and value.plain and value.reads_as == "null"


def _license(root: YamlMapping, licenses: Collection[str]) -> Iterator[_Told]:
    value = lookup(root, "license")
    for item in value.items if isinstance(value, YamlSequence) else (value,):
        if not isinstance(item, YamlScalar) or _is_null(item):
            continue
        said = item.text.strip().casefold()
        if licenses and said not in licenses:
            near = difflib.get_close_matches(said[:_LONGEST], sorted(licenses), 1, _ALIKE)
            meant = f"write {near[0]}, or" if near else "write"
            todo = f"{meant} `license: other` with license_name and license_link"
            yield f"license: {item.text[:_LONGEST]!a} is no id that the Hub knows", todo, item.span
        elif said == _WITH_NAME:
            for name in ("license_name", "license_link"):
                if _is_empty(lookup(root, name)):
                    what = f"license: other, and no {name} says which"
                    yield what, f"add {name}", item.span


def _is_empty(node: YamlNode | None) -> bool:
    return (
        node is None or _is_null(node) or (isinstance(node, YamlScalar) and not node.text.strip())
    )


def _languages(value: YamlNode | None) -> Iterator[_Told]:
    items = value.items if isinstance(value, YamlSequence) else (value,)
    # What YAML reads as another type is told as that.
    said = [it for it in items if isinstance(it, YamlScalar) and not (it.misread or _is_null(it))]
    odd = [it for it in said if not _LANGUAGE.fullmatch(it.text.casefold())]
    if odd:
        names = ", ".join(f"{one.text[:_LONGEST]!a}" for one in odd[:_MOST_NAMED])
        more = f" and {len(odd) - _MOST_NAMED} more" if len(odd) > _MOST_NAMED else ""
        what = f"language: {names}{more}: no code of a language, so that no search finds it"
        yield what, "write two or three letters of ISO 639 for each, as a list", odd[0].span


def _pipeline(value: YamlNode | None) -> Iterator[_Told]:
    if not isinstance(value, YamlScalar) or value.text in PIPELINES:
        return
    # There may be new ones: only what is nearly a known one is a mistake.
    meant = difflib.get_close_matches(value.text[:_LONGEST].replace("_", "-"), PIPELINES, 1, 0.85)
    if meant:
        what = f"pipeline_tag: {value.text[:_LONGEST]!a} is no task that the Hub knows"
        yield what, f"write {meant[0]}", value.span
