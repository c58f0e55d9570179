import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, InvalidValueError
from provenance.values.revision import Commit, Named, parse_revision


@given(st.from_regex(r"\A([0-9a-f]{40}|[0-9a-f]{64}|[A-Za-z0-9_][A-Za-z0-9_.-]{0,30})\Z"))
def test_parse_is_the_inverse_of_str(text: str) -> None:
    if ".." not in text:
        assert str(parse_revision(text)) == text


def test_only_a_whole_object_id_is_a_commit() -> None:
    assert isinstance(parse_revision("a" * 40), Commit)
    assert isinstance(parse_revision("a" * 64), Commit)
    assert isinstance(parse_revision("a" * 39), Named)
    assert isinstance(parse_revision("A" * 40), Named)


@pytest.mark.parametrize("text", ["", "-x", "a..b", "a b", "a:b", "a@{1}", "a" * 251, "é"])
def test_what_git_or_a_shell_could_misread_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        parse_revision(text)

    assert caught.value.code is Code.REF


@pytest.mark.parametrize("text", ["pkg@1.0.0", "fix/#12", "a=b", "refs/pr/1", "v1+cpu"])
def test_names_that_git_allows_are_names(text: str) -> None:
    assert str(parse_revision(text)) == text


def test_a_commit_cannot_hide_as_a_name_nor_a_name_as_a_commit() -> None:
    with pytest.raises(InvalidValueError):
        Named("a" * 40)
    with pytest.raises(InvalidValueError):
        Commit("main")
