import pytest

from provenance.policy.secret_kinds import KINDS
from tests.policy.secret_samples import word


def test_every_form_begins_with_the_text_that_is_searched_for() -> None:
    for kind in KINDS:
        for begins, form in kind.forms:
            assert form.pattern.replace(b"\\", b"").startswith(begins)


def test_every_kind_says_who_takes_it_back() -> None:
    assert all(kind.revoke and kind.name.startswith(("a ", "an ")) for kind in KINDS)


@pytest.mark.parametrize("body", ["a-name-of-words", "gT7kQ9" + "x" * 30, "convert" * 6])
def test_words_and_rows_are_no_key_of_a_model_api(body: str) -> None:
    (kind,) = [one for one in KINDS if one.name == "a key of a model API"]

    assert not kind.holds(body)
    assert kind.holds(word(48))


def test_what_is_longer_than_a_token_is_none() -> None:
    kind = KINDS[0]

    assert kind.holds(word(34))
    assert not kind.holds(word(61))
