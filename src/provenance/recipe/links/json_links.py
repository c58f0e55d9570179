"""Links in configurations: where weights came from, and code that loading would fetch."""

import re
from collections.abc import Iterator
from itertools import islice

from provenance.recipe.links.link import Candidate, Links, links_of
from provenance.recipe.links.locators import parse_locator, repository_id
from provenance.text.budget import Budget
from provenance.text.loader_json import read_as_loaders_do
from provenance.text.markdown_links import Context
from provenance.text.span import Span
from provenance.text.strict_json import JsonValue, levels
from provenance.values.locator import LocatorKind

#: 4 MiB, 32 deep, 200,000 items: what the configuration itself is read with.
_BUDGET = Budget(bytes=4 * 2**20, depth=32, items=200_000)
#: More names of other repositories than this are in no honest configuration.
MOST_LINKS = 64

# Keys of transformers and PEFT, and the key beside them that names the revision.
_MODELS = {
    "_name_or_path": None,
    "name_or_path": None,
    "base_model_name_or_path": "revision",
    "base_model_name": None,
}
# ``auto_map`` names a class of another repository as ``org/name--module.Class``.
_REMOTE = "--"


def read_json_links(data: bytes) -> Links:
    """Return the links of ``config.json``, ``adapter_config.json`` or ``tokenizer_config.json``.

    A name of one part, and what looks like a file, may be a path on the publisher's machine: they
    are left out.

    Raises:
        TextError: for JSON that cannot be read within its budget.

    """
    found = list(
        islice(_found(read_as_loaders_do(data, budget=_BUDGET).value, data), MOST_LINKS + 1)
    )
    return links_of(found[:MOST_LINKS], complete=len(found) <= MOST_LINKS)


def _found(root: JsonValue, data: bytes) -> Iterator[Candidate]:
    for level in levels(root):
        for table in level:
            if isinstance(table, dict):
                yield from _of_models(table, data)
                yield from _of_code(table.get("auto_map"), data)


def _of_models(table: dict[str, JsonValue], data: bytes) -> Iterator[Candidate]:
    for key, beside in _MODELS.items():
        text = table.get(key)
        if not isinstance(text, str):
            continue
        named = table.get(beside) if beside else None
        revision = named if isinstance(named, str) else None
        if "://" in text:
            read = parse_locator(text)
        else:
            read = repository_id(LocatorKind.HUB_MODEL, text, revision)
        if read:
            yield Candidate(text, read, _place(data, key, text), Context.METADATA)


def _of_code(value: JsonValue, data: bytes) -> Iterator[Candidate]:
    values = value.values() if isinstance(value, dict) else ()
    for one in values:
        for text in one if isinstance(one, list) else (one,):
            if isinstance(text, str) and _REMOTE in text:
                name = text.partition(_REMOTE)[0]
                read = repository_id(LocatorKind.HUB_MODEL, name)
                if read:
                    yield Candidate(text, read, _place(data, "auto_map", text), Context.CODE)


def _place(data: bytes, key: str, text: str) -> Span:
    """Return where a value stands, without its quotes; the whole file if it is escaped there."""
    written = re.escape(text.encode())
    direct = re.search(rb'"%b"\s*:\s*"(%b)"' % (re.escape(key.encode()), written), data)
    match = direct or re.search(rb'"(%b)"' % written, data)
    return Span(*match.span(1)) if match else Span(0, len(data))
