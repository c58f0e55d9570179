"""``.gitmodules``: which repositories a repository holds inside itself, and where.

Git's own format, less everything that honest files do without: sections other than
``[submodule "name"]``, keys and names that stand twice, values over several lines.
"""

import re
from collections.abc import Iterator

import attrs

from provenance.errors import Code, InvalidValueError, TextError
from provenance.recipe.links.link import Link, Links, Refused
from provenance.recipe.links.locators import Forbidden, git_address
from provenance.text.budget import Budget, over
from provenance.text.markdown_links import Context
from provenance.text.span import Offsets, Span
from provenance.values.locator import Locator, LocatorKind
from provenance.values.path import RelPath

#: 256 KiB, and at most 1,000 submodules.
DEFAULT_BUDGET = Budget(bytes=2**18, items=1000)

_BOM = "\ufeff"
_SECTION = re.compile(r'\[submodule[ \t]+"((?:[^"\\]|\\["\\])*+)"\][ \t]*(?:[#;].*)?')
_PAIR = re.compile(r"(?P<key>[A-Za-z][A-Za-z0-9-]*)[ \t]*=[ \t]*(?P<value>.*)")
_QUOTED = re.compile(r'"(?P<text>(?:[^"\\]|\\["\\])*+)"[ \t]*(?:[#;].*)?')
_PLAIN = re.compile(r'(?P<text>[^"\\#;]*+)(?:[#;].*)?')
_ESCAPE = re.compile(r"\\(.)")
# The branch of the repository that holds it.
_OWN_BRANCH = "."
_HINT = "write it as `git submodule add` does"


@attrs.frozen
class Submodule:
    """A repository inside another: its name, its folder, where it comes from.

    ``span`` is where the address stands. The locator's revision is the ``branch``, if one is named;
    the commit stands in the tree that holds the folder, not here.
    """

    name: str
    path: RelPath
    locator: Locator
    span: Span


@attrs.frozen
class Submodules:
    """What a ``.gitmodules`` names, in order; and what nothing of ours may follow."""

    found: tuple[Submodule, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def links(self) -> Links:
        """Return the same as links."""
        found = (Link(one.locator, one.span, Context.METADATA) for one in self.found)
        return Links(tuple(found), self.refused)


@attrs.frozen
class _Value:
    text: str
    span: Span


_Section = dict[str, _Value]


def read_gitmodules(
    data: bytes, *, parent: Locator | None = None, budget: Budget = DEFAULT_BUDGET
) -> Submodules:
    """Read a ``.gitmodules``.

    Args:
        data: the bytes of the file.
        parent: the repository that it stands in; relative addresses are relative to it alone.
        budget: the most bytes, and as items the most submodules.

    Raises:
        TextError: CARD_ENCODING for what is not UTF-8; RESOURCE over the budget; RECIPE_SYNTAX for
            all else that is not in the format.

    """
    budget.require_bytes(len(data), "the list of submodules")
    sections = _sections(_decoded(data))
    if len(sections) > budget.items:
        raise over("the list of submodules", len(sections), budget.items, "submodules")
    found: list[Submodule] = []
    refused: list[Refused] = []
    for name, values in sections.items():
        one = _submodule(name, values, parent)
        if isinstance(one, Submodule):
            found.append(one)
        else:
            refused.append(one)
    return Submodules(tuple(found), tuple(refused))


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as cause:
        what = f"the list of submodules is not in UTF-8 at byte {cause.start}"
        raise TextError(what, hint="write it in UTF-8", code=Code.CARD_ENCODING) from cause


def _sections(text: str) -> dict[str, _Section]:
    offsets = Offsets.of(text)
    sections: dict[str, _Section] = {}
    section: _Section | None = None
    for number, start, line in _lines(text):
        if match := _SECTION.fullmatch(line):
            name = _ESCAPE.sub(r"\1", match[1])
            if name in sections:
                raise _wrong(number, f"the submodule {name[:80]!a} stands twice")
            section = sections[name] = {}
            continue
        pair = _PAIR.fullmatch(line)
        if pair is None or section is None:
            raise _wrong(number, "it is neither a submodule nor a value of one")
        key, value = (
            pair["key"].lower(),
            _value(pair["value"], start + pair.start("value"), offsets),
        )
        if value is None or key in section:
            raise _wrong(number, "its value stands twice, or cannot be read")
        section[key] = value
    return sections


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield number, place and text of the lines that hold something."""
    at = 0
    for number, line in enumerate(text.split("\n"), 1):
        content = line.lstrip(f" \t{_BOM}" if number == 1 else " \t")
        start = at + len(line) - len(content)
        content = content.rstrip(" \t\r")
        if content and content[0] not in "#;":
            yield number, start, content
        at += len(line) + 1


def _value(written: str, start: int, offsets: Offsets) -> _Value | None:
    """Return a value without quotes, and its place in the bytes."""
    match = _QUOTED.fullmatch(written) or _PLAIN.fullmatch(written)
    if match is None:
        return None
    raw = match["text"].rstrip(" \t")
    at = start + match.start("text")
    return _Value(_ESCAPE.sub(r"\1", raw), offsets.span(at, at + len(raw)))


def _submodule(name: str, values: _Section, parent: Locator | None) -> Submodule | Refused:
    url, path, branch = values.get("url"), values.get("path"), values.get("branch")
    if url is None or path is None:
        some = url or path
        span, text = (some.span, some.text) if some else (Span(0, 0), name)
        return Refused(text, "the submodule has no url, or no path", span, Context.METADATA)
    named = branch.text if branch and branch.text != _OWN_BRANCH else None
    found = _resolved(url.text, named, parent)
    trouble = found.reason if isinstance(found, Forbidden) else _trouble(name, path.text)
    if isinstance(found, Forbidden) or trouble:
        return Refused(url.text, trouble or "", url.span, Context.METADATA)
    return Submodule(name, RelPath(path.text), found, url.span)


def _trouble(name: str, path: str) -> str | None:
    """Return why a name or a folder is not one, or ``None``.

    Git itself once wrote outside the repository by such names (CVE-2018-11235) and took such
    folders for options (CVE-2018-17456).
    """
    if ".." in re.split(r"[/\\]", name) or not name.isprintable():
        return "its name goes upwards, or cannot be shown"
    if path.startswith("-") or ".git" in path.lower().split("/"):
        return "its folder is an option, or git's own"
    try:
        RelPath(path)
    except InvalidValueError as error:
        return error.what
    return None


def _resolved(url: str, named: str | None, parent: Locator | None) -> Locator | Forbidden:
    """Return where an address leads; one with dots in front starts at the parent's."""
    if not url.startswith(("./", "../")):
        return git_address(url, named)
    if parent is None or parent.kind is not LocatorKind.GIT:
        return Forbidden("it is relative to a repository that is not known")
    base = parent.uri.removeprefix("https://").split("/")
    rest = url
    while rest.startswith(("./", "../")):
        up, _, rest = rest.partition("/")
        if up == "..":
            base.pop()
        if not base:
            return Forbidden("it leaves the host of the repository that holds it")
    return git_address(f"https://{'/'.join(base)}/{rest}", named)


def _wrong(number: int, what: str) -> TextError:
    return TextError(f".gitmodules, line {number}: {what}", hint=_HINT, code=Code.RECIPE_SYNTAX)
