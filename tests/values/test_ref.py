import pytest

from provenance.errors import Code, RefError
from provenance.values.ref import Ref, Scheme
from provenance.values.revision import Commit, Named


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("org/name", "hf:org/name"),
        ("gpt2", "hf:gpt2"),
        ("hf:org/name@main", "hf:org/name@main"),
        ("org/name@" + "a" * 40, "hf:org/name@" + "a" * 40),
        ("local:my model", "local:my model"),
    ],
)
def test_parse_and_str_are_inverses(text: str, shown: str) -> None:
    ref = Ref.parse(text)

    assert str(ref) == shown
    assert Ref.parse(str(ref)) == ref


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a/b/c",
        "../x",
        "org/..",
        "org/na..me",
        "org/name.git",
        "org/name@",
        "org/name@-x",
        "org/na--me",
        "http://host/x",
        "ftp:org/name",
        "local:a/b",
        "org/\x1b",
        "org/.name",
    ],
)
def test_a_text_that_names_no_release_is_refused(text: str) -> None:
    with pytest.raises(RefError) as caught:
        Ref.parse(text)

    assert caught.value.code is Code.REF


def test_a_ref_knows_its_commit_only_when_it_has_one() -> None:
    ref = Ref(Scheme.HF, "org/name")

    assert ref.commit is None
    assert ref.at(Named("main")).commit is None
    assert ref.at(Commit("b" * 40)).commit == Commit("b" * 40)
    assert ref.at(Commit("b" * 40)).uri == "hf:org/name"
