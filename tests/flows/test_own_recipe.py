from pathlib import Path

import pytest

from provenance.errors import Code
from provenance.flows.desk import Desk
from provenance.flows.observe import observe
from provenance.flows.own_recipe import (
    MOST_DOCUMENTS,
    MOST_FILES,
    MOST_TEXT,
    OwnRecipe,
    read_own_recipe,
)
from provenance.flows.silence import Silence
from provenance.sources.local import LocalSource
from provenance.stores.evidence import EvidenceStore
from provenance.values.component import Component
from provenance.values.settings import Budget, Settings
from tests.charlm import noon

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
    return read_own_recipe(inventory, Desk(source, EvidenceStore(None), noon, "local:x"), remote)


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


def test_what_is_over_a_bound_is_named_and_leaves_the_reading_in_part(tmp_path: Path) -> None:
    papers = {f"p{one:02}.pdf": b"%PDF-1.4" for one in range(MOST_DOCUMENTS + 1)}
    large = b"# a comment\n" * (MOST_TEXT // 12 + 1)

    found = read(tmp_path, {**papers, "large.toml": large, "small.toml": b"seed = 7\n"})

    assert [one.what for one in found.limits] == ["large.toml", f"p{MOST_DOCUMENTS}.pdf"]
    assert {one.code for one in found.limits} == {Code.RESOURCE}
    assert not found.code.whole
    assert [one.value for one in found.code.stated] == ["7"]


def test_of_very_many_files_the_first_are_named_and_the_others_counted(tmp_path: Path) -> None:
    found = read(tmp_path, {f"{one}.sh": b"" for one in range(2 * MOST_FILES + 3)})

    assert len(found.limits) == MOST_FILES + 1
    assert found.limits[-1].what == "3 more files of its recipe"
