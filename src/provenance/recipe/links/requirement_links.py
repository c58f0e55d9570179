"""Links in lists of requirements: software that is installed from a repository, not an index."""

import re
from collections.abc import Iterator

from provenance.errors import Code, TextError
from provenance.recipe.links.link import Candidate, Links, links_of
from provenance.recipe.links.locators import git_address, parse_locator
from provenance.text.budget import Budget
from provenance.text.markdown_links import Context
from provenance.text.restricted_toml import parse as parse_toml
from provenance.text.span import Offsets, Span
from provenance.text.strict_json import levels

#: 256 KiB; at most 1,000 links.
_BUDGET = Budget(bytes=2**18, items=1000)
_TOML_BUDGET = Budget(bytes=2**18, depth=32)

# What pip installs from a repository, up to what cannot be part of it.
_VCS = re.compile(r"(?<![\w+])(?:git|hg|bzr|svn)\+[a-z]{2,8}://[^\s;\"'<>,\]]+")
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*", re.MULTILINE)
_REVISIONS = ("rev", "tag", "branch")


def read_requirement_links(data: bytes) -> Links:
    """Return the repositories in a ``requirements.txt``, each with the revision after the ``@``.

    Raises:
        TextError: CARD_ENCODING for what is not UTF-8; RESOURCE over 256 KiB.

    """
    text = _decoded(data)
    # Comments are blanked, so that what is behind them keeps its place.
    shown = _COMMENT.sub(lambda comment: " " * len(comment[0]), text)
    found = list(_VCS.finditer(shown))
    offsets = Offsets.of(text)
    return links_of(
        (
            Candidate(one[0], parse_locator(one[0]), offsets.span(*one.span()), Context.METADATA)
            for one in found[: _BUDGET.items]
        ),
        complete=len(found) <= _BUDGET.items,
    )


def read_toml_links(data: bytes) -> Links:
    """Return the repositories in a ``pyproject.toml`` from which something is installed.

    These are ``git+https://…@revision`` in any text, and tables that have the key ``git``, with the
    ``rev``, ``tag`` or ``branch`` beside it, as Poetry and uv write them.

    Raises:
        TextError: CARD_ENCODING for what is not UTF-8; RECIPE_SYNTAX; RESOURCE over 256 KiB or 32
            tables in one another.

    """
    found: list[Candidate] = []
    for level in levels(parse_toml(data, budget=_TOML_BUDGET)):
        for one in level:
            found += _of_value(one, data)
    kept = sorted(found, key=lambda one: (one.span, one.target))
    return links_of(kept[: _BUDGET.items], complete=len(kept) <= _BUDGET.items)


def _of_value(value: object, data: bytes) -> Iterator[Candidate]:
    match value:
        case str():
            for one in _VCS.finditer(value):
                place = _place(data, one[0])
                yield Candidate(one[0], parse_locator(one[0]), place, Context.METADATA)
        case {"git": str(address), **beside}:
            named = (it for key in _REVISIONS if isinstance(it := beside.get(key), str))
            read = git_address(address, next(named, None))
            yield Candidate(address, read, _place(data, address), Context.METADATA)
        case _:
            return


def _place(data: bytes, text: str) -> Span:
    """Return where a text first stands as it is; the whole file if it is escaped there."""
    written = text.encode()
    at = data.find(written)
    return Span(at, at + len(written)) if at >= 0 else Span(0, len(data))


def _decoded(data: bytes) -> str:
    _BUDGET.require_bytes(len(data), "the list of requirements")
    try:
        return data.decode()
    except UnicodeDecodeError as cause:
        what = f"the list of requirements is not in UTF-8 at byte {cause.start}"
        raise TextError(what, hint="write it in UTF-8", code=Code.CARD_ENCODING) from cause
