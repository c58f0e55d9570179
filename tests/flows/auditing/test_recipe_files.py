from pathlib import Path

import pytest

from provenance.errors import Code
from provenance.flows.auditing.desk import Desk
from provenance.flows.auditing.recipe_files import (
    MOST_DOCUMENTS,
    MOST_FILES,
    MOST_MARKUP,
    MOST_TEXT,
    RecipeFiles,
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


def files_of(folder: Path, files: dict[str, bytes], *, unread: bool = False) -> RecipeFiles:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    source = LocalSource(folder, budget=Budget(), clock=noon)
    listing = source.listing()
    seen = observe(source, listing, settings=Settings(jobs=1), progress=Silence())
    inventory = listing.inventory if unread else seen.inventory
    return RecipeFiles(inventory, Desk(source, EvidenceStore(None), noon, TOY))


def test_the_files_of_a_recipe_are_there_by_path_and_no_others(tmp_path: Path) -> None:
    found = files_of(tmp_path, {"train.py": b"x = 1\n", "README.md": b"# T\n", "a.bin": b"0"})

    assert dict(found) == {"train.py": b"x = 1\n"}
    assert len(found) == 1
    assert found.document("train.py").where.uri == "local:toy/train.py"
    assert found.whole
    with pytest.raises(KeyError):
        found.document("README.md")


def test_a_pointer_is_told_of_and_is_none_of_the_files(tmp_path: Path) -> None:
    found = files_of(tmp_path, {"train.py": POINTER, "eval.py": b"x = 1\n"})

    assert list(found) == ["eval.py"]
    assert [(one.code, one.what) for one in found.unread] == [(Code.GIT_LFS, "train.py")]
    assert Component.TRAINING_CODE in found.unread[0].about


def test_files_after_the_most_that_are_read_are_told_of_as_one(tmp_path: Path) -> None:
    found = files_of(tmp_path, {f"a{n:04}.py": b"" for n in range(MOST_FILES + 2)})

    assert len(found) == MOST_FILES
    assert [(one.code, one.what) for one in found.unread] == [
        (Code.RESOURCE, "2 files: a0500.py, a0501.py")
    ]
    assert not found.whole


def test_files_whose_bytes_are_not_here_leave_the_whole_in_part(tmp_path: Path) -> None:
    assert not files_of(tmp_path, {"train.py": b"x = 1\n"}, unread=True).whole


def test_a_small_file_is_read_where_a_larger_one_is_over_the_bound(tmp_path: Path) -> None:
    papers = {f"p{one:02}.pdf": b"%PDF-1.4" for one in range(MOST_DOCUMENTS + 1)}
    slow, large = bytes(MOST_MARKUP + 1), bytes(MOST_TEXT + 1)
    others = {"large.sh": large, "large.toml": slow, "small.sh": b"", "small.toml": b"seed = 7\n"}

    found = files_of(tmp_path, {**papers, **others})

    assert {"small.sh", "small.toml"} <= found.keys()
    assert len(found) == MOST_DOCUMENTS + 2
    assert [(one.code, one.what) for one in found.unread] == [
        (Code.RESOURCE, f"3 files: large.sh, large.toml, p{MOST_DOCUMENTS}.pdf")
    ]
    assert not found.whole
