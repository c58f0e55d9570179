import pytest

from provenance.errors import Code, VerificationError
from provenance.values.path import RelPath
from provenance.wire.oms_ignore import (
    covers,
    ignored_weights,
    require_not_listed,
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

    require_weights_covered([path], allowed=frozenset({name}))
    require_weights_covered([RelPath("notes.txt")], allowed=frozenset())
    with pytest.raises(VerificationError) as caught:
        require_weights_covered([path], allowed=frozenset())

    assert caught.value.code is ignored_weights(path).code is Code.OMS_IGNORED_WEIGHTS
