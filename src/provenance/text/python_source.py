"""Python source as a tree, never as code: the one place that parses it."""

import ast
import re
from collections.abc import Iterator, Sequence
from threading import Lock

from provenance.errors import Code, TextError
from provenance.text.budget import Allowance, Budget, over
from provenance.text.python_tree import PythonTree
from provenance.text.quiet import be_quiet

#: 1 MiB, a tree 200 nodes deep, and 100,000 tokens: a file of some 400 kB.
DEFAULT_BUDGET = Budget(bytes=2**20, depth=200, items=100_000)
# The interpreter itself stops at 200 brackets and 100 indents; its parser can be slow before.
DEEPEST_BRACKETS = 50
# Characters of a number, whose digits the interpreter still writes in any base: 4300 are its limit.
LONGEST_NUMBER = 3500

_NAME = "<Python source of a release>"
# The interpreter counts the depth of a tree in one place for all threads (python/cpython#106905);
# what is parsed does not depend on the lock.
_ONE_AT_A_TIME = Lock()
_BOM = b"\xef\xbb\xbf"
# Tokens, roughly: texts, to their end or the end of what they may span; comments; words; lines
# and all other characters, one by one. No backtracking.
_PARTS = re.compile(
    rb"'''(?:[^'\\]|\\[\s\S]|'(?!''))*+(?:'''|\Z)"
    rb'|"""(?:[^"\\]|\\[\s\S]|"(?!""))*+(?:"""|\Z)'
    rb"|'(?:[^'\\\n]|\\[\s\S])*+'?"
    rb'|"(?:[^"\\\n]|\\[\s\S])*+"?'
    rb"|\#[^\n]*+|[\w\x80-\xff]++|[^ \t\f\r]"
)
# A text whose fields are read again as Python, each after a search of the whole text for it.
_FORMATTED = frozenset({b"f", b"F", b"fr", b"fR", b"Fr", b"FR", b"rf", b"rF", b"Rf", b"RF"})
_ANY_FORMATTED = re.compile(rb"[fF][rR]?[\"']|[rR][fF][\"']")
_QUOTES = frozenset(b"\"'")
_IN_TEXT = re.compile(rb"[\w\x80-\xff]++|[^\w\s]")
# So many bytes are searched in the time that a token takes.
_SEARCHED = 2**15
_STEP = {b"[": 1, b"(": 1, b"{": 1, b"]": -1, b")": -1, b"}": -1}
# PEP 263: the pattern by which Python itself finds a declared encoding in the first two lines.
_COOKIE = re.compile(rb"\A(?:[^\r\n]*(?:\r\n|\r|\n))?[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)")
_UTF_8 = frozenset({b"utf-8", b"utf8", b"utf-8-sig", b"ascii", b"us-ascii"})
_LATIN = frozenset({b"latin-1", b"iso-8859-1"})
_HINT = "nothing was run; the file counts as unread"


def parse(
    data: bytes, *, budget: Budget = DEFAULT_BUDGET, allowance: Allowance | None = None
) -> PythonTree:
    """Read Python source, by the grammar of the running interpreter; it is never compiled.

    The budget's items are tokens, counted roughly and before anything is parsed: words, texts,
    comments, line ends, all other characters but spaces, and what stands in texts with fields
    (``f"{a}"``), with more for a long text of many. An ``allowance`` is of tokens, for many files
    together. The tree is at most its depth in
    nodes deep, so that what walks it may recurse. Warnings
    about the source are not shown: see :func:`provenance.text.quiet.be_quiet`.

    Raises:
        TextError: PYTHON_SYNTAX for what is not Python in UTF-8; RESOURCE over the budget's bytes,
            depth, items or allowance, for brackets nested more than 50 deep, for a number of more
            than 3500 characters, and for what is too complex for the interpreter.
    """
    budget.require_bytes(len(data), "the Python source")
    text = _decoded(data)
    tokens = _require_simple(data, budget)
    if allowance:
        allowance.spend(tokens, "the Python source")
    be_quiet(_NAME)
    try:
        with _ONE_AT_A_TIME:
            module = ast.parse(text, _NAME)
    except (SyntaxError, ValueError) as cause:
        raise _wrong(f"it is not Python: {cause}") from cause
    except (RecursionError, MemoryError) as cause:
        raise _too_complex("it is too complex for the interpreter's parser") from cause
    tree = PythonTree.of(module, tokens=tokens)
    if tree.depth > budget.depth:
        raise _too_complex(f"its tree is more than {budget.depth} nodes deep")
    return tree


def _decoded(data: bytes) -> str:
    """Return the text; a declared encoding of another name would make it another program."""
    source = data.removeprefix(_BOM)
    cookie = _COOKIE.search(source)
    name = cookie[1].lower().replace(b"_", b"-") if cookie else b"utf-8"
    if name not in _UTF_8 and not (name in _LATIN and data.isascii()):
        raise _wrong(f"it declares the encoding {name[:40]!r}, and only UTF-8 is read")
    try:
        return source.decode()
    except UnicodeDecodeError as cause:
        raise _wrong(f"it is not in UTF-8 at byte {cause.start}") from cause


def _require_simple(data: bytes, budget: Budget) -> int:
    """Return how many tokens there are, roughly."""
    parts = _PARTS.findall(data)
    count = len(parts)
    if _ANY_FORMATTED.search(data):
        count += sum(map(_inside, _formatted(parts)))
    if count > budget.items:
        raise over("the Python source", count, budget.items, "tokens")
    if _brackets_open(parts) > DEEPEST_BRACKETS:
        raise _too_complex(f"its brackets are nested more than {DEEPEST_BRACKETS} deep")
    if max(map(len, parts), default=0) > LONGEST_NUMBER and any(map(_is_long_number, parts)):
        raise _too_complex(f"a number has more than {LONGEST_NUMBER} characters")
    return count


def _formatted(parts: Sequence[bytes]) -> Iterator[bytes]:
    """Yield the texts with fields: those behind the letters that say so."""
    for at, part in enumerate(parts[:-1], 1):
        if part in _FORMATTED and parts[at][0] in _QUOTES:
            yield parts[at]


def _brackets_open(parts: Sequence[bytes]) -> int:
    """Return how many brackets are open at most; one that closes none counts for nothing."""
    most = now = 0
    for step in filter(None, map(_STEP.get, parts)):
        now += step
        if now > most:
            most = now
        elif now < 0:
            now = 0
    return most


def _is_long_number(part: bytes) -> bool:
    return len(part) > LONGEST_NUMBER and part[:1].isdigit()


def _inside(text: bytes) -> int:
    """Return how many tokens a text with fields is worth."""
    fields = text.count(b"{")
    return sum(1 for _ in _IN_TEXT.finditer(text)) + fields * len(text) // _SEARCHED


def _wrong(what: str) -> TextError:
    return TextError(f"Python source: {what}", hint=_HINT, code=Code.PYTHON_SYNTAX)


def _too_complex(what: str) -> TextError:
    return TextError(f"Python source: {what}", hint=_HINT, code=Code.RESOURCE)
