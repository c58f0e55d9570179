import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, InvalidValueError
from provenance.values.path import LONGEST_PATH, RelPath


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Code.NAME),
        ("a" * (LONGEST_PATH + 1), Code.NAME),
        ("/etc/passwd", Code.NAME),
        ("a//b", Code.NAME),
        ("a/", Code.NAME),
        ("./a", Code.NAME),
        ("a/../b", Code.NAME),
        ("..", Code.NAME),
        ("a\nb", Code.NAME_CTRL),
        ("a\x00b", Code.NAME_CTRL),
        ("é\x1b[2K", Code.NAME_CTRL),
        ("é\u2028", Code.NAME_CTRL),
        ("a\udcff", Code.NAME_ENCODING),
        ("e\u0301", Code.NAME_NFC),
    ],
)
def test_a_name_that_could_mislead_is_refused(text: str, code: Code) -> None:
    with pytest.raises(InvalidValueError) as caught:
        RelPath(text)

    assert caught.value.code is code
    assert caught.value.what.isascii()


@pytest.mark.parametrize("text", ["a", "a/b", "模型-é-😀.txt", "-rf", "a..b", "...", "a b", "a\\b"])
def test_an_ordinary_name_is_kept_as_it_is(text: str) -> None:
    assert str(RelPath.parse(text)) == text


@given(st.text(max_size=40))
def test_every_accepted_name_is_relative_and_normalised(text: str) -> None:
    try:
        path = RelPath(text)
    except InvalidValueError:
        return
    assert not str(path).startswith("/")
    assert ".." not in str(path).split("/")
    assert unicodedata.normalize("NFC", str(path)) == str(path)


def test_a_path_knows_its_parts() -> None:
    path = RelPath("data/Train.TXT")

    assert (path.name, path.parent, path.suffix) == ("Train.TXT", "data", ".txt")
    assert (RelPath("LICENSE").suffix, RelPath(".gitignore").suffix) == ("", "")
    assert RelPath("LICENSE").parent == ""


def test_paths_are_ordered_by_code_points() -> None:
    assert sorted(map(RelPath, ["b", "B", "é", "a"])) == [*map(RelPath, ["B", "a", "b", "é"])]
