import pytest

from provenance.values.weight_kind import WeightKind

ONE = WeightKind("one", (".one",), within=r".+/parts/[0-9]+")


@pytest.mark.parametrize(
    ("path", "suffix", "fits"),
    [
        ("a.one", ".one", True),
        ("a/parts/12", "", True),
        ("a/parts/12.txt", ".txt", False),
        ("parts/12", "", False),
        ("a.two", ".two", False),
    ],
)
def test_a_file_is_of_a_format_by_its_ending_or_its_path(
    path: str, suffix: str, *, fits: bool
) -> None:
    assert ONE.fits(path, suffix) is fits


def test_without_an_expression_only_endings_tell() -> None:
    assert not WeightKind("two", (".two",)).fits("", "")
