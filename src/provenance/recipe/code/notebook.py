"""Notebooks: the Python in their code cells, without what is said to the notebook itself.

https://nbformat.readthedocs.io/en/latest/format_description.html
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

import attrs

from provenance.errors import Code, TextError
from provenance.recipe.code.launched import started
from provenance.text import python_source
from provenance.text.budget import Allowance, Budget
from provenance.text.loader_json import read_as_loaders_do
from provenance.text.python_tree import PythonTree
from provenance.text.strict_json import JsonValue, items_in

#: Pictures and tables that cells gave stand in the same file.
LARGEST: Final = 32 * 2**20
_BUDGET = Budget(bytes=LARGEST, depth=32, items=1_000_000)
#: Of the cells of one notebook together, in bytes: as much as a program may have.
LONGEST_SOURCE: Final = python_source.DEFAULT_BUDGET.bytes
#: Of one notebook.
MOST_CELLS: Final = 2000
#: So many values of a notebook's JSON count for one token.
VALUES_A_TOKEN: Final = 4
#: What trying whether one cell parses costs in tokens, beside its own.
TRIAL: Final = 50
# Said of a whole cell, whose other lines stay Python; any other makes the cell something else.
_OF_PYTHON: Final = frozenset(
    {"time", "timeit", "capture", "prun", "python", "python3", "memit", "mprun", "lprun", "debug"}
)
# Cells that show, and run nothing.
_OF_WORDS: Final = frozenset({"html", "markdown", "latex", "svg", "HTML", "SVG"})
# What these run is told where it trains.
_OF_SHELLS: Final = frozenset({"bash", "sh", "shell", "script", "system", "sx", "cmd"})
# A cell that is a file, and that a line further down may run.
_WRITES = re.compile(r"\s*%%(?:write)?file\s[^\n]*\.py\s*\Z")
_CELL_MAGIC = re.compile(r"\s*%%(?P<name>\w+)")
# A line for the notebook or the shell, also behind a name (files = !ls), and a question.
_MAGIC = re.compile(r"(?P<indent>[ \t]*)(?:[%!?]|[\w, ]{1,200}=[ \t]*[%!](?![=]))")
_ASKS = re.compile(r"(?P<indent>[ \t]*)[\w.*]+\?{1,2}\s*\Z")
_PYTHON = re.compile(r"(?:i|micro|x)?python\d?", re.IGNORECASE)


@attrs.frozen
class Notebook:
    """The program of a notebook and its tree, and which of its cells were not read, and why."""

    source: bytes
    tree: PythonTree
    unread: tuple[str, ...] = ()


def read_notebook(data: bytes, allowance: Allowance | None = None) -> Notebook:
    """Return the Python of a notebook, cell by cell: one that does not parse hides no other.

    An ``allowance`` is of tokens, for many files together.

    It pays for the values of the JSON, too, and for each cell that is tried by itself.

    Raises:
        TextError: for what is no notebook that can be read; NOT_COVERED for one in another
            language, by its name.
    """
    if allowance:
        allowance.spend(items_in(data) // VALUES_A_TOKEN, "the JSON of the notebook")
    read = read_as_loaders_do(data, budget=_BUDGET).value
    if not isinstance(read, dict) or not any(
        isinstance(read.get(key), list) for key in ("cells", "worksheets")
    ):
        raise _wrong("it has no cells", Code.RECIPE_SYNTAX)
    language = _language(read)
    if not _PYTHON.fullmatch(language):
        raise _wrong(f"it is written in {language[:40]}, and only Python is read")
    texts: list[str] = []
    unread: list[str] = []
    shell: list[str] = []
    cells = list(_cells(read))
    if len(cells) > MOST_CELLS:
        unread.append(f"only the first {MOST_CELLS} of {len(cells)} cells were read")
    for number, (text, of) in enumerate(cells[:MOST_CELLS], 1):
        shell += _to_shell(text)
        program = _program(text) if _PYTHON.fullmatch(of) else of
        if program is None:
            continue
        if isinstance(program, str):
            unread.append(f"cell {number} is for {program[:40]}")
        else:
            texts.append("\n".join(program))
    if names := sorted(set(started("\n".join(shell).encode("utf-8", "replace")))):
        unread.append(f"it starts {', '.join(names[:3])}, the program of a package")
    return _together(texts, unread, allowance)


def _together(texts: list[str], unread: list[str], allowance: Allowance | None) -> Notebook:
    """Return the cells that parse as one program: each is run by itself, and read so."""
    most = python_source.DEFAULT_BUDGET.items + TRIAL * MOST_CELLS
    own = allowance or Allowance(most, "tokens")
    before = own.left
    kept: list[bytes] = []
    trees: list[tuple[int, PythonTree]] = []
    lines, size = 0, 0
    for cell in (one.encode("utf-8", "replace") for one in texts):
        size += len(cell) + 1
        fits = size <= LONGEST_SOURCE and before - own.left < most
        tree = _tree(cell, own) if fits else None
        if tree:
            kept.append(cell)
            trees.append((lines, tree))
            lines += cell.count(b"\n") + 1
    if left := len(texts) - len(kept):
        unread.append(f"{left} cells do not parse as Python, or are more than is read")
    return Notebook(b"\n".join(kept), PythonTree.joined(trees), tuple(unread))


def _tree(cell: bytes, allowance: Allowance) -> PythonTree | None:
    try:
        allowance.spend(TRIAL, "the cell")
        return python_source.parse(cell, allowance=allowance)
    except TextError:
        return None


def _language(value: Mapping[str, JsonValue]) -> str:
    """Return the language that the notebook names; Python's, if it names none."""
    metadata = _table(value.get("metadata"))
    info, kernel = _table(metadata.get("language_info")), _table(metadata.get("kernelspec"))
    found = (info.get("name"), kernel.get("language"), kernel.get("name"), metadata.get("language"))
    return next((one for one in found if isinstance(one, str) and one), "python")


def _cells(value: Mapping[str, JsonValue]) -> Iterator[tuple[str, str]]:
    """Yield the text and the language of each code cell; the third format has sheets of them."""
    sheets = [_table(one) for one in _items(value.get("worksheets"))]
    for sheet in (value, *sheets):
        for one in _items(sheet.get("cells")):
            cell = _table(one)
            if cell.get("cell_type") == "code":
                text = cell.get("source", cell.get("input"))
                lines = [line for line in _items(text) if isinstance(line, str)]
                language = cell.get("language")
                whole = text if isinstance(text, str) else "".join(lines)
                yield whole, language if isinstance(language, str) else "python"


def _to_shell(text: str) -> list[str]:
    """Return the lines of a cell that a shell runs."""
    lines = text.splitlines()
    magic = _CELL_MAGIC.match(text.lstrip())
    if magic and magic["name"] in _OF_SHELLS:
        return lines
    return [line.lstrip().removeprefix("!") for line in lines if line.lstrip().startswith("!")]


def _program(text: str) -> list[str] | str | None:
    """Return a cell's lines of Python, the name of what else it is for, or nothing for words."""
    lines = text.splitlines()
    first = next((at for at, line in enumerate(lines) if line.strip()), None)
    magic = _CELL_MAGIC.match(lines[first]) if first is not None else None
    if first is not None and magic:
        name = magic["name"]
        if name in _OF_WORDS | _OF_SHELLS:
            return None
        if name not in _OF_PYTHON and not _WRITES.match(lines[first]):
            return name
        lines = lines[first + 1 :]
    return list(_without_magics(lines))


def _without_magics(lines: list[str]) -> Iterator[str]:
    """Yield lines, with ``pass`` where something is said to the notebook: a block stays one."""
    goes_on = False
    for line in lines:
        match = _MAGIC.match(line) or _ASKS.match(line)
        if goes_on:
            goes_on = line.endswith("\\")
            yield ""
        elif match:
            goes_on = line.endswith("\\")
            yield f"{match['indent']}pass"
        else:
            yield line


def _table(value: JsonValue) -> Mapping[str, JsonValue]:
    return value if isinstance(value, dict) else {}


def _items(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []


def _wrong(what: str, code: Code = Code.NOT_COVERED) -> TextError:
    return TextError(f"the notebook: {what}", hint="nothing of it was run", code=code)
