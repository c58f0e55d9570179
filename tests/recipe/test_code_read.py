from collections import Counter

from provenance.errors import Code
from provenance.recipe.code_read import CodeRead, read_code
from provenance.values.artefact import Kind
from provenance.values.component import Component
from tests.building import TOY
from tests.loaders import made

LOOP = b"def fit():\n    for b in d:\n        loss.backward()\n        optimizer.step()\n"


def test_each_file_is_taken_for_one_thing() -> None:
    files = {
        "train.py": b"import numpy, charlm\nfrom os import path\nm = load(x)\nm.generate(y)\n"
        + LOOP
        + b"fit()\n",
        "charlm/__init__.py": b"",
        "generate.py": b"from torch.nn import Module\nload(x).generate(y)\n",
        "requirements.txt": b"numpy==1\n",
        "trainer_state.json": b'{"global_step": 1, "log_history": [{"step": 1}]}',
        "paper.pdf": b"%PDF-1.7",
        "empty.txt": b"",
    }

    found = read_code(files, home=TOY)

    assert {one.path for one in found.loops} == {"train.py"}
    assert {one.path: one.component for one in found.artefacts} == {
        "generate.py": Component.INFERENCE_CODE,
        "requirements.txt": Component.ENVIRONMENT,
        "trainer_state.json": Component.MODEL_METADATA,
        "paper.pdf": Component.RESEARCH_PAPER,
    }
    assert {one.kind for one in found.stated} == {Kind.LAST_STEP, Kind.LOGGED_STEP}
    assert found.imports == ("numpy", "torch")
    assert found.whole


def test_a_loop_in_a_library_counts_when_a_program_calls_it() -> None:
    library = {"lib/trainer.py": LOOP}
    program = b"import lib.trainer\nfit()\n"

    called = read_code(library | {"main.py": program}, home=TOY)
    by_name = read_code(library | {"main.py": b"from lib import trainer\nfit()\n"}, home=TOY)
    uncalled = read_code(library | {"main.py": b"from lib import trainer\n"}, home=TOY)
    unimported = read_code(library | {"main.py": b"fit()\n"}, home=TOY)

    assert [one.path for one in called.loops] == ["lib/trainer.py"]
    assert [one.path for one in by_name.loops] == ["lib/trainer.py"]
    assert uncalled.loops == unimported.loops == ()


def test_imports_that_are_tried_or_relative_are_not_needed() -> None:
    code = (
        b"try:\n    import apex\nexcept ImportError:\n    pass\nfrom . import x\nfrom .y import z\n"
    )

    assert read_code({"a.py": code}, home=TOY).imports == ()


def test_what_cannot_be_parsed_leaves_the_reading_in_part() -> None:
    assert not read_code({"a.py": b"def"}, home=TOY).whole


def test_two_readings_are_one() -> None:
    both = CodeRead.joined([CodeRead(imports=("b",)), CodeRead(imports=("a",), whole=False)])

    assert both == CodeRead(imports=("a", "b"), whole=False)


def test_a_file_that_cannot_be_read_leaves_open_what_it_could_tell() -> None:
    found = read_code(
        {"a.py": b"print 1", "b.ipynb": b"{", "uv.lock": b"[", "trainer_state.json": b"{"}, home=TOY
    )

    assert [(one.code, one.what) for one in found.unread] == [
        (Code.JSON_SYNTAX, "b.ipynb"),
        (Code.PYTHON_SYNTAX, "a.py"),
        (Code.JSON_SYNTAX, "trainer_state.json"),
        (Code.RECIPE_SYNTAX, "uv.lock"),
    ]


def test_the_program_of_a_notebook_is_read_with_the_notebook_as_its_place() -> None:
    found = read_code({"train.ipynb": made("notebooks/train.ipynb.json")}, home=TOY)

    assert [(loop.path, loop.where.start) for loop in found.loops] == [("train.ipynb", 0)]
    assert found.whole
    assert found.unread == ()


def test_programs_over_the_bound_for_all_together_are_named_and_unread() -> None:
    files = {"a.py": b"import torch\n", "b.py": b"x = 1\n" * 50, "c.py": b"import numpy\n"}

    found = read_code(files, home=TOY, most=10)

    assert not found.whole
    assert [(one.code, one.what) for one in found.unread] == [(Code.RESOURCE, "b.py")]
    assert found.imports == ("numpy", "torch")


def test_a_function_is_entered_from_a_module_that_is_read_after_its_own() -> None:
    train = b"from model import fit\nfit()\n"
    model = b"def fit():\n    for b in d:\n        b.backward()\n        o.step()\n"

    found = read_code({"model.py": model, "train.py": train}, home=TOY)

    assert [(one.path, one.where.start) for one in found.loops] == [("model.py", 15)]
    assert read_code({"model.py": model}, home=TOY).loops == ()


class Lent(dict[str, bytes]):
    """Files that count how often each is asked for."""

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(files)
        self.asked = Counter[str]()

    def __getitem__(self, path: str) -> bytes:
        self.asked[path] += 1
        return super().__getitem__(path)


def test_files_are_asked_for_one_at_a_time_and_each_once() -> None:
    files = Lent({"a.py": b"x = 1\n", "b.yaml": b"a: 1\n", "c.py": b"("})

    read_code(files, home=TOY)

    assert files.asked == {"a.py": 1, "b.yaml": 1, "c.py": 1}
