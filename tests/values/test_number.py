import pytest

from provenance.values.number import canonical, near


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4e-3", "0.004"),
        ("0.0040", "0.004"),
        ("1_000", "1000"),
        ("235,008", "235008"),
        ("7B", "7000000000"),
        ("1.4 trillion", "1400000000000"),
        ("3 x 10^-4", "0.0003"),
        ("2 \u00d7 10-4", "0.0002"),
        ("0", "0"),
        ("1e999", "1E+999"),
        ("1,5", None),
        ("auto", None),
        ("", None),
        ("1e99999", None),
    ],
)
def test_a_number_has_one_form_however_it_is_written(text: str, value: str | None) -> None:
    assert canonical(text) == value


@pytest.mark.parametrize(
    ("said", "exact", "expected"),
    [
        ("7000000000", 6_738_415_616, True),
        ("70000000", 70_426_624, True),
        ("124000000", 124_439_808, True),
        ("1500000000", 124_439_808, False),
        ("235008", 235_008, True),
        ("235008", 235_009, False),
    ],
)
def test_a_rounded_number_is_near_and_an_exact_one_is_equal_or_not(
    said: str, exact: int, *, expected: bool
) -> None:
    assert near(said, exact) == expected
