"""Raw HTML inside Markdown: what of it is visible, what it links to, and what is not for cards."""

import re
from collections.abc import Iterator
from html import unescape

import attrs

#: A name of 40 characters fits any element; the rest of a tag ends at the next angle bracket.
_TAG = re.compile(
    r"<!--(?s:.*?)(?:-->|\Z)"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]{0,39})(?P<rest>(?:\"[^\"<]*+\"|'[^'<]*+'|[^<>\"'])*+)>"
)
_HREF = re.compile(r"""\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ACTIVE = frozenset(
    {
        *("script", "iframe", "object", "embed", "applet", "base", "form", "meta"),
        *("frame", "frameset", "style"),
    }
)
_SILENT = frozenset({"script", "style", "template", "noscript", "title", "textarea"})
_HANDLER = re.compile(r"""[\s"'/]on[a-z]{3,}\s*=""", re.IGNORECASE)
_HIDING = re.compile(
    r"\shidden(?:[\s=/>]|\Z)|display\s*:\s*none|visibility\s*:\s*hidden"
    r"|font-size\s*:\s*(?:0(?:\.0\d*)?(?![\d.])|0?\.\d+p[xt]|1p[xt])"
    r"|opacity\s*:\s*(?:0?\.0\d*|0(?![.\d]))|color\s*:\s*transparent"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3}|(?<![\w-])(?:max-)?(?:width|height)\s*:\s*0(?![.\d])"
    r"|scale[xy]?\(\s*0\s*[,)]"
    r"|clip(?:-path)?\s*:\s*(?:inset\(\s*(?:50|100)%|rect\(\s*0|circle\(\s*0)",
    re.IGNORECASE,
)
# White on the white of a page; on a ground of its own it is to be read.
_WHITE = re.compile(
    r"""(?<![\w-])color\s*[:=]\s*["']?\s*(?:white\b|\#f{3,4}\b|\#f{6}(?:f{2})?\b"""
    r"""|rgba?\(\s*255\s*[, ]\s*255\s*[, ]\s*255\b|hsla?\([^)]{0,40}100%\s*[,/)])""",
    re.IGNORECASE,
)
_GROUND = re.compile(
    r"background(?:-color)?\s*:\s*(?!(?:white|\#f{3,6}|transparent|none)\b)", re.IGNORECASE
)
_STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# What is struck through was taken back.
_STRUCK = frozenset({"del", "s", "strike"})
_SAME_LINE = (
    "a abbr b bdi bdo cite code data del dfn em font i img ins kbd mark q s samp small span strike "
    "strong sub sup time tt u var wbr"
)
#: Elements that go on in the same line; any other begins a new one.
INLINE = frozenset(_SAME_LINE.split())
# Elements that hold nothing, and so hide nothing.
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"})
# Browsers drop white space and control characters inside a scheme.
_BLANK = re.compile(r"[\x00-\x20\x7f-\xa0]+")
_ACTIVE_SCHEMES = ("javascript:", "vbscript:", "data:text/html", "data:image/svg")


@attrs.frozen
class Words:
    """Visible text."""

    text: str


@attrs.frozen
class Anchor:
    """The beginning of a link, or its end where ``target`` is ``None``."""

    target: str | None


@attrs.frozen
class Element:
    """The beginning of an element, or its end, and whether it hides what is in it."""

    name: str
    closes: bool
    hides: bool = False
    # It holds nothing, by its kind or as it is written, and so has no end.
    empty: bool = False


@attrs.frozen
class Unfit:
    """Something active or hiding, in words."""

    what: str


def _hides(attributes: str) -> bool:
    """Tell whether attributes, as a browser reads them, show nothing of what is in an element."""
    read = _STYLE_COMMENT.sub("", unescape(attributes))
    white = _WHITE.search(read) is not None and not _GROUND.search(read)
    return white or _HIDING.search(read) is not None


def element(name: str, attributes: str, *, closes: bool) -> Element:
    """Return the element that a tag begins or ends."""
    hides = not closes and (name in _STRUCK or _hides(attributes))
    return Element(name, closes, hides, empty=name in _VOID or attributes.endswith("/"))


def is_active(target: str) -> bool:
    """Tell whether opening a link's target would run code."""
    return _BLANK.sub("", target).lower().startswith(_ACTIVE_SCHEMES)


@attrs.define
class Veil:
    """Whether what is read stands in an element that hides it, over any number of pieces.

    An element that hides and is never closed hides everything behind it, as in a browser.
    """

    name: str = ""
    depth: int = 0

    @property
    def hides(self) -> bool:
        """Tell whether a reader sees nothing of what comes now."""
        return self.depth > 0

    def take(self, one: Element) -> None:
        """Go into an element, or out of it; inside the veil only its own kind counts."""
        if one.empty:
            return
        if not self.depth and one.hides and not one.closes:
            self.name, self.depth = one.name, 1
        elif self.depth and one.name == self.name:
            self.depth += -1 if one.closes else 1


def pieces(html: str) -> Iterator[Words | Anchor | Element | Unfit]:
    """Yield what a piece of raw HTML shows, in order; comments and styles show nothing.

    It reads tags, not documents: what is no well-formed tag is visible text.
    """
    at, silent = 0, ""
    for match in _TAG.finditer(html):
        if not silent:
            yield Words(unescape(html[at : match.start()]))
        at = match.end()
        name = (match["name"] or "").lower()
        if name in _SILENT:
            opened = silent or ("" if match["close"] else name)
            silent = "" if match["close"] and name == opened else opened
        if name and not match["close"]:
            yield from _unfit(name, match["rest"])
        if name:
            yield element(name, match["rest"], closes=bool(match["close"]))
        if name == "a":
            yield Anchor(None if match["close"] else _target(match["rest"]))
    if not silent:
        yield Words(unescape(html[at:]))


def _target(attributes: str) -> str | None:
    found = _HREF.search(attributes)
    return unescape(next(filter(None, found.groups()), "")).strip() if found else None


def _unfit(name: str, attributes: str) -> Iterator[Unfit]:
    if name in _ACTIVE:
        yield Unfit(f"an HTML element that does more than show text: {name}")
    if _HANDLER.search(attributes):
        yield Unfit(f"an HTML event handler on the element {name}")
    if _hides(attributes):
        yield Unfit(f"an HTML element that hides what is in it: {name}")
