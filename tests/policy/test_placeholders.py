import pytest

from provenance.policy.placeholders import entropy, is_placeholder, is_spoken


@pytest.mark.parametrize("text", ["xxxxxxxx", "AAAAAAAA", "EXAMPLE1", "your_key_9", "q1234567z"])
def test_what_stands_for_a_token_is_a_placeholder(text: str) -> None:
    assert is_placeholder(text)


def test_a_random_token_is_no_placeholder() -> None:
    assert not is_placeholder("gT7kQ9zzPw3LmB2x")


@pytest.mark.parametrize(
    "value", ["$PASS", "${PASS}", "{pw}", "<pw>", "get(1)", "my-password", "test", "%(pw)s"]
)
def test_a_variable_or_a_word_is_no_password(value: str) -> None:
    assert is_spoken(value)


@pytest.mark.parametrize("value", ["gT7$kQ9zz", "Tr0ub4dor&3", "a<9Kd}x2>"])
def test_signs_inside_a_password_make_no_variable_of_it(value: str) -> None:
    assert not is_spoken(value)


def test_disorder_has_more_entropy_than_a_row() -> None:
    assert entropy("aaaabbbb") < entropy("a8Kd02mZ")
