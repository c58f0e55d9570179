from pathlib import Path

import pytest

from provenance.cli.model_paths import inside, relative
from provenance.errors import UsageError
from provenance.values.path import RelPath


def test_a_file_in_the_folder_has_a_name_in_it(tmp_path: Path) -> None:
    (tmp_path / "model" / "sub").mkdir(parents=True)
    (tmp_path / "link").symlink_to("model")
    model = tmp_path / "model"

    assert inside(model, model / "sub" / "a.sig") == RelPath("sub/a.sig")
    assert inside(model, tmp_path / "link" / "a.sig") == RelPath("a.sig")
    assert inside(tmp_path / "link", model / "a.sig") == RelPath("a.sig")
    assert inside(model, tmp_path / "a.sig") is None
    assert inside(model, tmp_path / "model2" / "a.sig") is None


def test_a_model_that_is_a_file_has_nothing_inside(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"")

    assert inside(tmp_path / "model.bin", tmp_path / "model.sig") is None


def test_paths_are_relative_to_the_model_or_whole(tmp_path: Path) -> None:
    assert relative(tmp_path, Path("a/b")) == RelPath("a/b")
    assert relative(tmp_path, tmp_path / "a" / "b") == RelPath("a/b")


@pytest.mark.parametrize("path", ["..", "../a", ".", "a/../..", "/elsewhere/a"])
def test_what_is_not_inside_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(UsageError, match="no path inside"):
        relative(tmp_path, Path(path))
