from pathlib import Path

import pytest

from provenance.flows.auditing.desk import Desk
from provenance.flows.auditing.own_recipe import (
    OwnRecipe,
    read_own_recipe,
)
from provenance.flows.digesting.observe import observe
from provenance.ports.silence import Silence
from provenance.sources.local import LocalSource
from provenance.stores.evidence import EvidenceStore
from provenance.values.component import Component
from provenance.values.settings import Budget, Settings
from tests.building import TOY
from tests.charlm import noon
from tests.flows.auditing.test_small_file import POINTER
from tests.loaders import made

TEMPLATE = b"{% for m in messages %}{{ m }}{% endfor %}"
WORDS = b"one two three four five six seven eight nine ten eleven twelve"


def read(folder: Path, files: dict[str, bytes], *remote: str, unread: bool = False) -> OwnRecipe:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    source = LocalSource(folder, budget=Budget(), clock=noon)
    listing = source.listing()
    seen = observe(source, listing, settings=Settings(jobs=1), progress=Silence())
    inventory = listing.inventory if unread else seen.inventory
    return read_own_recipe(inventory, Desk(source, EvidenceStore(None), noon, TOY), remote)


FILES = {
    "chat_template.jinja": TEMPLATE,
    "tokenizer_config.json": b'{"chat_template": "{% messages %}"}',
    "modeling_toy.py": b"class Toy:\n    pass\n",
    "samples/a.txt": WORDS,
    "eval_results.json": b'{"dataset": "d", "metrics": {"loss": 1}}',
    "config.toml": b"seed = 7\n",
    "README.md": b"not of the recipe",
}


def test_each_file_of_a_release_is_one_thing(tmp_path: Path) -> None:
    found = read(tmp_path, FILES, "modeling_toy.Toy")

    assert {one.path: one.component for one in found.code.artefacts} == {
        "chat_template.jinja": Component.CHAT_TEMPLATE,
        "modeling_toy.py": Component.REMOTE_CODE,
        "samples/a.txt": Component.SAMPLE_MODEL_OUTPUTS,
    }
    assert [(one.dataset, one.metric) for one in found.measured] == [("d", "loss")]
    assert [one.value for one in found.code.stated] == ["7"]
    assert found.code.whole


def test_code_that_no_configuration_names_is_not_fetched_by_loading(tmp_path: Path) -> None:
    assert not read(tmp_path, {"modeling_toy.py": FILES["modeling_toy.py"]}).code.artefacts


@pytest.mark.parametrize(("files", "unread"), [(FILES, True), ({"modeling_toy.py": b"def"}, False)])
def test_what_was_not_read_or_does_not_parse_leaves_the_reading_in_part(
    tmp_path: Path, files: dict[str, bytes], *, unread: bool
) -> None:
    assert not read(tmp_path, files, "modeling_toy.Toy", unread=unread).code.whole


@pytest.mark.parametrize(
    ("path", "data", "component"),
    [
        ("eval_results.json", b"{", Component.EVALUATION_RESULTS),
        ("trainer_state.json", b"{", Component.MODEL_METADATA),
        ("CITATION.cff", b"title: [\n", Component.RESEARCH_PAPER),
        ("uv.lock", b"[", Component.ENVIRONMENT),
        ("tokenizer_config.json", b"{", Component.CHAT_TEMPLATE),
        ("chat_template.jinja", b"{{ x }}", Component.CHAT_TEMPLATE),
        ("model.gguf", b"GGUF", Component.CHAT_TEMPLATE),
        ("model.q4", b"GGUF", Component.CHAT_TEMPLATE),
        ("adapter_config.json", b"{", Component.BASE_MODELS),
        ("axolotl.yml", b"a: !!x y", Component.DATASETS),
        ("train.ipynb", b"{", Component.TRAINING_CODE),
        ("train.jl", b"x", Component.TRAINING_CODE),
        ("train.py", b"print 1", Component.TRAINING_CODE),
        ("run.sh", b"torchrun -m axolotl.cli.train\n", Component.TRAINING_CODE),
        ("report.pdf", POINTER, Component.TECHNICAL_REPORT),
        ("report.pdf", b"<html>", Component.TECHNICAL_REPORT),
        ("samples/a.mp4", b"\0\0\0\x18ftypmp42", Component.SAMPLE_MODEL_OUTPUTS),
        ("samples/a.txt", POINTER, Component.SAMPLE_MODEL_OUTPUTS),
        ("config.yaml", b"a: 1\n" * 2**18, Component.HYPER_PARAMETERS),
    ],
)
def test_a_file_that_cannot_be_read_leaves_open_what_it_could_tell(
    tmp_path: Path, path: str, data: bytes, component: Component
) -> None:
    found = read(tmp_path, {path: data})

    assert component in {about for one in found.code.unread for about in one.about}
    assert not [one for one in found.code.artefacts if one.component is component]


@pytest.mark.parametrize("unknown", ["model.q4", "model.keras"])
def test_beside_a_vocabulary_a_template_would_stand_where_loaders_look(
    tmp_path: Path, unknown: str
) -> None:
    found = read(tmp_path, {"tokenizer.json": b"{}", unknown: b"x"})

    open_to = {about for one in found.code.unread for about in one.about}
    assert Component.CHAT_TEMPLATE not in open_to


def test_ordinary_files_leave_nothing_open(tmp_path: Path) -> None:
    assert read(tmp_path, FILES, "modeling_toy.Toy").code.unread == ()


def test_a_notebook_is_a_program(tmp_path: Path) -> None:
    found = read(tmp_path, {"train.ipynb": made("notebooks/train.ipynb.json")})

    assert [loop.path for loop in found.code.loops] == ["train.ipynb"]
