import pytest

from provenance.cli.exit_codes import ExitCode, of_error, of_verdict
from provenance.errors import (
    InvalidValueError,
    ProvenanceError,
    RefError,
    SourceError,
    TextError,
    ToolError,
    VerificationError,
)
from provenance.values.verdict import Failed, Passed, Undecided, Verdict


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (RefError, ExitCode.USAGE),
        (SourceError, ExitCode.ENVIRONMENT),
        (ToolError, ExitCode.ENVIRONMENT),
        (VerificationError, ExitCode.NEGATIVE),
        (TextError, ExitCode.NEGATIVE),
        (InvalidValueError, ExitCode.NEGATIVE),
    ],
)
def test_the_class_of_an_error_decides_the_exit_code(
    kind: type[ProvenanceError], code: ExitCode
) -> None:
    assert of_error(kind("what")) is code


@pytest.mark.parametrize(
    ("verdict", "code"), [(Passed(()), 0), (Failed(()), 1), (Undecided(()), 3)]
)
def test_a_verdict_has_its_own_code(verdict: Verdict, code: int) -> None:
    assert of_verdict(verdict) == code
