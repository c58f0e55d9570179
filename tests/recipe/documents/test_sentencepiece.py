import pytest

from provenance.recipe.documents.sentencepiece import pieces_in
from tests.loaders import made

MODEL = made("sentencepiece/spiece.model")


def test_the_pieces_are_those_that_the_library_counts() -> None:
    listed = made("sentencepiece/spiece.vocab").splitlines()

    assert pieces_in(MODEL) == len(listed) == 34


@pytest.mark.parametrize("end", range(1, len(MODEL), 7))
def test_a_model_that_is_cut_is_never_whole_with_all_its_pieces(end: int) -> None:
    assert (pieces_in(MODEL[:end]) or 0) <= 34


@pytest.mark.parametrize("data", [b"", b"\x0a", b"\x0a\xff", b"\xff" * 20, b"\x12\x00", b"plain"])
def test_what_is_no_model_has_no_pieces(data: bytes) -> None:
    assert pieces_in(data) is None
