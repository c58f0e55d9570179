"""Values that a card's prose and tables state: hyper-parameters, sizes, seeds, hardware."""

import re
from collections.abc import Iterator
from itertools import groupby, islice

import attrs

from provenance.text.front_matter import split
from provenance.text.markdown import Paragraph, read
from provenance.text.span import Span
from provenance.values.artefact import Kind, StatedValue
from provenance.values.evidence import Where
from provenance.values.number import NUMBER, canonical

#: Of one card.
MOST_VALUES = 500
_LONGEST = 4000
# A number of its own: not the end of a name (H800), of another number, or of a pair (3090/4090).
_NUMBER = rf"(?<![\w.,/-])(?P<value>(?:{NUMBER})(?: ?[x\u00d7] ?10\^?-?\d{{1,3}})?)"
_UNIT = r"\s?(?P<unit>k|m|b|t|thousand|million|billion|trillion)?\b"
_GAP = r"(?: of| is|:|=| was| to)?[\s`*]{1,4}(?:about |approximately |~)?"
_DEVICE = (
    r"(?P<device>A100|H100|H200|H800|B200|V100|A10G?|A40|A6000|L40S?|L4|T4|P100|MI250X?|MI300X?|"
    r"TPU ?v\d\w?|RTX ?\d{4}|GPUs?|CPU (?:cores?|threads?)|CPUs?|cores?)\b"
)
_OPTIMIZER = r"(?P<value>adamw?|sgd|lion|adafactor|lamb|muon|shampoo|rmsprop|sophia)\b"
#: In a sentence. The values of a table go by the words of its first column.
_SENTENCES = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (Kind.LEARNING_RATE, rf"learning rate{_GAP}{_NUMBER}"),
        (Kind.BATCH_SIZE, rf"batch size{_GAP}{_NUMBER}{_UNIT}"),
        (Kind.STEPS, rf"\bfor {_NUMBER}{_UNIT} (?:training )?(?:steps|iterations|epochs)\b"),
        (Kind.SEQUENCE_LENGTH, rf"(?:sequence|context) length{_GAP}{_NUMBER}{_UNIT}"),
        (Kind.SEED, rf"\bseed{_GAP}{_NUMBER}"),
        (Kind.OPTIMIZER, rf"\b{_OPTIMIZER}"),
        (Kind.PARAMETERS, rf"{_NUMBER}{_UNIT}[ -](?:trainable |total )?parameters?\b"),
        (Kind.PARAMETERS, rf"\bparameters:? {_NUMBER}{_UNIT}"),
        (Kind.LAYERS, rf"{_NUMBER} (?:transformer |hidden |decoder )?layers\b"),
        (Kind.HEADS, rf"{_NUMBER} (?:attention |query )?heads\b"),
        (Kind.WIDTH, rf"(?:\bwidth|hidden size|hidden dimension|d_model){_GAP}{_NUMBER}"),
        (Kind.TOKENS, rf"{_NUMBER}{_UNIT}\+? tokens\b"),
        (Kind.DEVICE_HOURS, rf"{_NUMBER}{_UNIT} {_DEVICE.replace('s?)', ')')}(?: GPU)?[ -]?hours"),
        (
            Kind.HARDWARE,
            rf"{_NUMBER} ?[x\u00d7]? ?(?:NVIDIA |AMD )?{_DEVICE}(?!(?: GPU)?[ -]?hours)",
        ),
        (
            Kind.HARDWARE,
            rf"\b(?P<value>one|two|four|eight) (?:NVIDIA |AMD )?{_DEVICE}(?!(?: GPU)?[ -]?hours)",
        ),
    )
)
_ROWS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (Kind.LEARNING_RATE, r"(?:peak |max(?:imum)? )?learning[ _-]rate|lr"),
        (Kind.BATCH_SIZE, r"(?:global |train(?:ing)? )?batch[ _-]size.*"),
        (Kind.STEPS, r"(?:train(?:ing)? |max )?(?:steps|iterations|epochs)"),
        (Kind.SEQUENCE_LENGTH, r"(?:max )?(?:sequence|context|seq)[ _-]len(?:gth)?"),
        (Kind.SEED, r"(?:random )?seed"),
        (Kind.OPTIMIZER, r"optimi[sz]er"),
        (Kind.PARAMETERS, r"(?:total |number of )?param(?:eter)?s"),
        (Kind.LAYERS, r"(?:number of |num )?(?:hidden )?layers|n_layers?"),
        (Kind.HEADS, r"(?:number of |num )?(?:attention )?heads|n_heads?"),
        (Kind.WIDTH, r"hidden[ _](?:size|dim(?:ension)?)|d_model|width|model dim(?:ension)?"),
        (Kind.TOKENS, r"(?:training |train )?tokens"),
    )
)
# Tokens that are no total of training: of a window, of a batch, of an answer, in a second.
_OF_A_PART = re.compile(
    r"\b(?:contexts?|windows?|lengths?|sequences?|batch|up to|at most|max(?:imum)?"
    r"|generat\w+|outputs?|inputs?|prompts?|vocabulary|first|last|every|each|per)\b[^.;]{0,40}\Z",
    re.IGNORECASE,
)
_IN_A_PART = re.compile(
    r"\s*/|\s+(?:per|an? (?:second|step|batch)|each|long\b|in length|context"
    r"|windows?|of (?:context|output))",
    re.IGNORECASE,
)
_CELL = re.compile(rf"\W{{0,3}}{_NUMBER}{_UNIT}", re.IGNORECASE)
_CELL_OPTIMIZER = re.compile(_OPTIMIZER, re.IGNORECASE)
_WORDS = {"one": "1", "two": "2", "four": "4", "eight": "8"}


def stated_in_card(data: bytes, *, path: str, where: Where) -> tuple[StatedValue, ...]:
    """Return the values that a card states; the card was read before, and can be.

    Code blocks state nothing. Each value stands for the block or row that holds it. ``where`` is
    the card as a whole.
    """
    card = split(data)
    prose = read(card.body, offset=card.body_start)
    found = (
        StatedValue(kind, value, path, attrs.evolve(where, start=span.start, end=span.end))
        for span, parts in _blocks(prose.paragraphs)
        for kind, value in dict.fromkeys(values_of(parts))
    )
    return tuple(islice(found, MOST_VALUES))


def _blocks(paragraphs: tuple[Paragraph, ...]) -> Iterator[tuple[Span, list[str]]]:
    """Yield blocks, and the rows of tables: cells that stand in the same lines."""
    for span, group in groupby(paragraphs, key=lambda one: one.span):
        yield span, [one.text[:_LONGEST] for one in group]


def values_of(parts: list[str]) -> Iterator[tuple[Kind, str]]:
    """Yield the values of a block of prose, or of a row of cells."""
    if len(parts) > 1:
        yield from _of_row(parts)
        return
    for kind, pattern in _SENTENCES:
        found = (one for one in pattern.finditer(parts[0]) if not _is_part(kind, one))
        values = (_value(kind, match) for match in found)
        yield from ((kind, value) for value in values if value)


def _is_part(kind: Kind, match: re.Match[str]) -> bool:
    """Tell whether tokens are those of a window, a batch or an answer, not of all the training."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    return kind is Kind.TOKENS and bool(_OF_A_PART.search(before) or _IN_A_PART.match(after))


def _of_row(parts: list[str]) -> Iterator[tuple[Kind, str]]:
    for kind, pattern in _ROWS:
        if not pattern.fullmatch(parts[0].strip()):
            continue
        cell = _CELL_OPTIMIZER if kind is Kind.OPTIMIZER else _CELL
        match = cell.match(parts[1].strip())
        if match and (value := _value(kind, match)):
            yield kind, value


def _value(kind: Kind, match: re.Match[str]) -> str | None:
    said = match.groupdict()
    if kind is Kind.OPTIMIZER:
        return match["value"].lower()
    number = canonical(
        f"{_WORDS.get(match['value'].lower(), match['value'])} {said.get('unit') or ''}"
    )
    device = said.get("device")
    return f"{number} {device}" if number and device else number
