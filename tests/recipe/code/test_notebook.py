import ast
import json

import pytest

from provenance.errors import Code, TextError
from provenance.recipe.code.notebook import (
    LONGEST_SOURCE,
    MOST_CELLS,
    TRIAL,
    VALUES_A_TOKEN,
    read_notebook,
)
from provenance.text.budget import Allowance
from tests.loaders import made


def cell(source: object, **other: object) -> dict[str, object]:
    return {"cell_type": "code", "source": source, **other}


def notebook(*cells: object, **metadata: object) -> bytes:
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4}).encode()


def calls(source: bytes) -> set[str]:
    return {
        one.func.attr
        for one in ast.walk(ast.parse(source))
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute)
    }


@pytest.mark.parametrize("name", ["train", "old"])
def test_the_python_of_what_the_library_writes_is_read(name: str) -> None:
    found = read_notebook(made(f"notebooks/{name}.ipynb.json"))

    assert calls(found.source) == {"backward", "step"}
    assert found.unread == ()


@pytest.mark.parametrize(
    "source",
    ["%%bash\ntorchrun -m axolotl.cli.train c.yml", "!accelerate launch -m trl.scripts.sft\nx = 1"],
)
def test_a_shell_that_starts_the_training_of_a_package_is_told(source: str) -> None:
    (why,) = read_notebook(notebook(cell(source))).unread

    assert "the program of a package" in why


@pytest.mark.parametrize(
    "line",
    [
        *("%pip install torch", "!nvidia-smi", "?model", "model?", "model.fit??", "%%time"),
        *("files = !ls", "t = %timeit x", "a, b = !ls", "!pip install \\\n  torch \\\n  numpy"),
    ],
)
def test_what_is_said_to_the_notebook_is_left_out(line: str) -> None:
    found = read_notebook(notebook(cell(f"{line}\nloss.backward()")))

    assert calls(found.source) == {"backward"}
    assert found.unread == ()


def test_a_block_of_nothing_but_a_magic_stays_a_block() -> None:
    found = read_notebook(notebook(cell(["if x:\n", "    !ls\n", "loss.backward()\n"])))

    assert found.source == b"if x:\n    pass\nloss.backward()"


def test_a_remainder_is_no_magic() -> None:
    assert read_notebook(notebook(cell("a = b\nc = a % 2"))).source == b"a = b\nc = a % 2"


def test_a_cell_that_does_not_parse_is_told_and_hides_no_other() -> None:
    found = read_notebook(notebook(cell("print 1"), cell("loss.backward()")))

    assert calls(found.source) == {"backward"}
    assert found.unread == ("1 cells do not parse as Python, or are more than is read",)


def test_cells_of_words_are_passed_over_and_those_in_other_languages_told() -> None:
    found = read_notebook(
        notebook(
            cell("%%html\n<b>"),
            cell("%%writefile notes.txt\nx"),
            cell("x", language="julia"),
            {"cell_type": "markdown", "source": "x"},
        )
    )

    assert found.source == b""
    assert found.unread == ("cell 2 is for writefile", "cell 3 is for julia")


def test_a_program_that_a_cell_writes_down_is_read() -> None:
    found = read_notebook(notebook(cell("%%writefile src/train.py\nloss.backward()")))

    assert found.source == b"loss.backward()"


@pytest.mark.parametrize(
    "metadata",
    [
        {"kernelspec": {"language": "julia", "name": "julia-1.9"}},
        {"language_info": {"name": "R"}},
        {"kernelspec": {"name": "ir"}},
    ],
)
def test_a_notebook_in_another_language_is_unread_by_its_name(metadata: dict[str, object]) -> None:
    with pytest.raises(TextError) as caught:
        read_notebook(notebook(cell("x"), **metadata))

    assert caught.value.code is Code.NOT_COVERED
    assert str(next(iter(metadata.values())))[:1] == "{"


@pytest.mark.parametrize("name", ["python3", "python", "ipython", "xpython"])
def test_kernels_of_python_are_python(name: str) -> None:
    assert read_notebook(notebook(cell("x"), kernelspec={"name": name})).source == b"x"


@pytest.mark.parametrize("data", [b"{", b"[]", b"{}", b"\xff", b'{"cells": {"0": 1}}'])
def test_what_is_no_notebook_is_an_error(data: bytes) -> None:
    with pytest.raises(TextError):
        read_notebook(data)


def test_of_very_many_cells_the_first_are_read_and_the_rest_told() -> None:
    found = read_notebook(notebook(*(cell("x") for _ in range(MOST_CELLS + 1))))

    assert found.source.count(b"x") == MOST_CELLS
    assert len(found.unread) == 1


def test_of_very_long_cells_the_first_are_tried_and_the_rest_told() -> None:
    long = "# " + "x" * (LONGEST_SOURCE // 2)

    found = read_notebook(notebook(cell("print 1"), *(cell(f"a = 1\n{long}") for _ in range(9))))

    assert found.source.count(b"a = 1") == 1
    assert found.unread == ("9 cells do not parse as Python, or are more than is read",)


def test_a_notebook_pays_for_its_values_before_they_are_read() -> None:
    values = b'{"nbformat":4,"cells":[' + b"[]," * 999 + b"{}]}"
    allowance = Allowance(1999 // VALUES_A_TOKEN, "tokens")

    with pytest.raises(TextError, match="the JSON of the notebook has") as caught:
        read_notebook(values, allowance)

    assert caught.value.code is Code.RESOURCE


def test_each_cell_that_is_tried_by_itself_is_paid_for() -> None:
    allowance = Allowance(1_000, "tokens")
    broken = notebook(*[cell("x = (")] * 100)

    found = read_notebook(broken, allowance)

    assert found.source == b""
    assert found.unread == ("100 cells do not parse as Python, or are more than is read",)
    assert allowance.left < TRIAL
