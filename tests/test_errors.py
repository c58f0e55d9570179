import pytest

from provenance.errors import (
    Code,
    ProvenanceError,
    RefError,
    ReleaseError,
    SourceError,
    TextError,
    ToolError,
    UsageError,
    VerificationError,
    WeightsError,
)


def test_an_error_says_what_is_what_to_do_and_its_code() -> None:
    error = RefError("'x' names no commit", hint="append @<40 hex digits>")

    assert (error.what, error.hint) == ("'x' names no commit", "append @<40 hex digits>")
    assert error.code is Code.REF
    assert str(error) == "'x' names no commit [REF]"


def test_a_narrower_code_replaces_the_class_s_own() -> None:
    assert SourceError("gone", hint="", code=Code.LINK_DEAD).code is Code.LINK_DEAD


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [(RefError, UsageError), (TextError, ReleaseError), (WeightsError, ReleaseError)],
)
def test_the_class_says_whose_trouble_it_is(
    narrow: type[ProvenanceError], wide: type[ProvenanceError]
) -> None:
    assert issubclass(narrow, wide)


def test_every_class_has_a_code_of_its_own_to_begin_with() -> None:
    for kind in (UsageError, ReleaseError, SourceError, ToolError, VerificationError):
        assert isinstance(kind("what").code, Code)


def test_a_code_is_its_own_name() -> None:
    assert all(code.name == code.value for code in Code)
