import pytest

from provenance.errors import Code, ReleaseError, VerificationError
from provenance.values.path import RelPath
from provenance.weights.table import ENDINGS
from provenance.wire.oms_ignore import (
    covers,
    hidden_by_default,
    ignored_weights,
    require_not_listed,
    require_nothing_hidden,
    require_weights_covered,
)


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        *((".git", True), (".git/config", True), ("a/b/c", True), ("a/b", True)),
        *((".gitignore", False), ("a", False), ("b/.git", False), ("a/bc", False), ("", False)),
    ],
)
def test_what_is_left_out_is_a_path_and_all_below_it(path: str, *, inside: bool) -> None:
    assert covers(frozenset({".git", "a/b"}), path) is inside


def test_what_is_listed_cannot_be_left_out() -> None:
    require_not_listed([RelPath("b")], [RelPath("a"), RelPath("bc")])
    with pytest.raises(VerificationError) as caught:
        require_not_listed([RelPath("a")], [RelPath("a/b")])

    assert caught.value.code is Code.OMS_IGNORE


@pytest.mark.parametrize("name", ["model.safetensors", "a/pytorch_model.bin", "MODEL.GGUF"])
def test_weights_are_left_out_only_when_the_caller_agrees(name: str) -> None:
    path = RelPath(name)

    require_weights_covered([path], allowed=frozenset({name}), endings=ENDINGS)
    require_weights_covered([RelPath("notes.txt")], allowed=frozenset(), endings=ENDINGS)
    with pytest.raises(VerificationError) as caught:
        require_weights_covered([path], allowed=frozenset(), endings=ENDINGS)

    assert caught.value.code is ignored_weights(path).code is Code.OMS_IGNORED_WEIGHTS


FINE = (".git/HEAD", ".gitattributes", "model.sig", "model.recipe.sigstore.json")
HIDDEN = (".git/a.bin", ".gitignore/b.GGUF", "model.sig/c.txt", "model.recipe.sigstore.json/d/e")


def test_a_default_leaves_out_git_s_files_and_signatures_and_nothing_else() -> None:
    paths = [RelPath(name) for name in (*FINE, *HIDDEN)]

    assert list(hidden_by_default(paths, named=frozenset(), endings=ENDINGS)) == paths[len(FINE) :]
    assert list(
        hidden_by_default(paths, named=frozenset({"model.sig", ".git"}), endings=ENDINGS)
    ) == [
        RelPath(".gitignore/b.GGUF"),
        RelPath("model.recipe.sigstore.json/d/e"),
    ]


@pytest.mark.parametrize("name", HIDDEN)
def test_what_hides_below_a_name_that_is_left_out_is_not_signed(name: str) -> None:
    require_nothing_hidden(map(RelPath, FINE), named=frozenset(), endings=ENDINGS)
    with pytest.raises(ReleaseError) as caught:
        require_nothing_hidden([RelPath(name)], named=frozenset(), endings=ENDINGS)

    assert caught.value.code is Code.OMS_IGNORE
    assert name in caught.value.what
