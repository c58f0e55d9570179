import pytest

from provenance.recipe.links.file_links import links_in, reads_links
from provenance.recipe.links.link import Links
from provenance.values.locator import Locator, LocatorKind


@pytest.mark.parametrize(
    ("path", "data", "found"),
    [
        ("README.md", b"https://github.com/o/r", "git:https://github.com/o/r"),
        ("a/config.json", b'{"_name_or_path": "o/m"}', "hub-model:o/m"),
        ("adapter_config.json", b'{"base_model_name_or_path": "o/m"}', "hub-model:o/m"),
        ("requirements-dev.txt", b"git+https://github.com/o/r", "git:https://github.com/o/r"),
        ("requirements/base.in", b"git+https://github.com/o/r", "git:https://github.com/o/r"),
        ("pyproject.toml", b'a = {git = "https://github.com/o/r"}', "git:https://github.com/o/r"),
        ("train.py", b"load_dataset('o/d')", "hub-dataset:o/d"),
        ("configs/a.yml", b"dataset: o/d", "hub-dataset:o/d"),
        (".gitmodules", b'[submodule "a"]\npath=a\nurl=../r', "git:https://github.com/o/r"),
    ],
)
def test_a_file_is_read_by_its_name(path: str, data: bytes, found: str) -> None:
    parent = Locator(LocatorKind.GIT, "https://github.com/o/parent")

    links = links_in(path, data, parent=parent)

    assert [str(one.locator) for one in links.found] == [found]
    assert reads_links(path)


@pytest.mark.parametrize(
    "path", ["model.safetensors", "notes.txt", "vocab.json", ".github/workflow.yml", "setup.cfg"]
)
def test_other_files_are_not_looked_at(path: str) -> None:
    assert links_in(path, b"https://github.com/o/r") == Links()
    assert not reads_links(path)
