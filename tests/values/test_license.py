import pytest

from provenance.errors import InvalidValueError
from provenance.values.license import License, Likeness, Terms


def test_no_licence_and_an_unknown_one_are_two_things() -> None:
    assert License(Terms.NONE) != License(Terms.UNKNOWN)
    assert (License(Terms.NONE).claimed, License(Terms.NONE).evident) == (None, None)


@pytest.mark.parametrize("similarity", [-0.1, 1.1])
def test_a_likeness_is_a_share(similarity: float) -> None:
    with pytest.raises(InvalidValueError):
        Likeness("MIT", similarity)
