import json
from collections.abc import Iterator, Mapping

import pytest

from provenance.errors import Code, TextError
from provenance.recipe.code.programs import Programs, Together
from tests.building import TOY
from tests.loaders import made

NOTEBOOK = made("notebooks/train.ipynb.json")
LONG = b"x = 1\n" * 6_000


class Asked(Mapping[str, bytes]):
    """Files that note how often each is asked for."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.asked: list[str] = []

    def __getitem__(self, path: str) -> bytes:
        self.asked.append(path)
        return self.files[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


def test_programs_and_notebooks_have_an_outline_and_other_files_none() -> None:
    found = Programs.of(
        {"a.py": b"import torch\n", "b.ipynb": NOTEBOOK, "c.toml": b"seed = 1\n"}, home=TOY
    )

    assert set(found.outlines) == {"a.py", "b.ipynb"}
    assert found.outlines["a.py"].imports == {"torch"}
    assert found.whole


def test_each_program_is_asked_for_once_and_nothing_else_is() -> None:
    files = Asked({"a.py": b"", "b.py": b"", "c.bin": b""})

    Programs.of(files, home=TOY)

    assert files.asked == ["a.py", "b.py"]


def test_a_program_that_is_too_dear_is_told_from_one_that_is_broken() -> None:
    found = Programs.of({"a.py": b"(", "b.py": LONG, "c.py": b"x = 1"}, home=TOY, most=100)

    assert set(found.broken) == {"a.py", "b.py"}
    assert found.refused == {"b.py"}


def test_the_links_of_a_program_are_known_or_why_not() -> None:
    found = Programs.of({"a.py": b"load_dataset('o/d')", "b.py": b"("}, home=TOY)

    links = found.links("a.py")
    assert links
    assert [one.locator.uri for one in links.found] == ["o/d"]
    assert found.links("c.py") is None
    with pytest.raises(TextError):
        found.links("b.py")


def test_programs_beyond_what_is_read_of_all_together_are_told_of_as_one() -> None:
    found = Programs.of(
        {f"a{number}.py": b"x = 1\n" * 100 for number in range(9)}, home=TOY, most=1_500
    )

    assert 0 < len(found.outlines) < 8
    assert not found.whole
    assert [(one.code, one.what.split(":")[0]) for one in found.unread] == [
        (Code.RESOURCE, f"{9 - len(found.outlines)} programs")
    ]


def test_a_broken_program_is_told_of_by_name_and_a_broken_notebook_leaves_python_whole() -> None:
    python, notebook = (
        Programs.of({"a.py": b"print 1"}, home=TOY),
        Programs.of({"b.ipynb": b"{"}, home=TOY),
    )

    assert [(one.code, one.what) for one in python.unread] == [(Code.PYTHON_SYNTAX, "a.py")]
    assert [(one.code, one.what) for one in notebook.unread] == [(Code.JSON_SYNTAX, "b.ipynb")]
    assert (python.whole, notebook.whole) == (False, True)


def test_only_a_module_that_another_imports_is_entered_by_calls() -> None:
    files = {"lib/fit.py": b"def go():\n    pass\n", "main.py": b"import lib.fit\ngo()\n"}
    together = Together.of(Programs.of(files, home=TOY).outlines)

    assert together.entered("lib/fit.py") == {"go"}
    assert together.entered("main.py") == frozenset()


def test_the_cells_of_a_notebook_that_does_not_parse_are_paid_for_too() -> None:
    cells = [{"cell_type": "code", "source": one} for one in ("x = = 1", *["y = 1\n"] * 50)]
    book = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}).encode()

    read = Programs.of({"a.ipynb": book, "b.py": b"z = 1\n" * 10}, home=TOY, most=190)

    assert "b.py" not in read.outlines
