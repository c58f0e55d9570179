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


def test_paths_are_relative_to_the_current_folder_or_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = tmp_path / "model"
    (model / "a").mkdir(parents=True)
    (model / "b").symlink_to("a")
    monkeypatch.chdir(tmp_path)

    assert relative(model, model / "a" / "b") == RelPath("a/b")
    for path in ("model/a/b", "./model/a/b", "model/../model/a/b", "model/b/b"):
        assert relative(Path("model"), Path(path)) == RelPath("a/b")
    # The last part is what it is called, wherever it leads.
    assert relative(model, Path("model/b")) == RelPath("b")
    monkeypatch.chdir(model)
    assert relative(model, Path("a/b")) == RelPath("a/b")
    assert relative(Path(), Path("a")) == RelPath("a")


@pytest.mark.parametrize("path", ["..", "../a", ".", "a", "model", "model/..", "/elsewhere/a"])
def test_what_is_not_inside_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    (tmp_path / "model" / "a").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)

    with pytest.raises(UsageError, match="no path inside") as caught:
        relative(Path("model"), Path(path))

    assert ("'model/a'" in caught.value.hint) is (path == "a")
