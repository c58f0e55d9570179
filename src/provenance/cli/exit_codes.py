"""Exit codes: what a script may rely on."""

from enum import IntEnum, unique
from typing import assert_never

from provenance.errors import (
    InvalidValueError,
    ProvenanceError,
    ReleaseError,
    SourceError,
    ToolError,
    UsageError,
    VerificationError,
)
from provenance.values.verdict import Failed, Passed, Undecided, Verdict


@unique
class ExitCode(IntEnum):
    """The exit codes of every command."""

    # Done, or passed; what stayed unknown without a policy included.
    DONE = 0
    # Signature, digest or policy fails, bytes differ from what the Hub claims, a malformed release.
    NEGATIVE = 1
    USAGE = 2
    # A policy needs evidence that could not be obtained.
    UNDECIDED = 3
    # Tool or environment: unknown id, no access, network, disk full.
    ENVIRONMENT = 4
    # As shells tell of a program that a signal ended: 128, and the signal's number.
    HUNG_UP = 129
    INTERRUPTED = 130
    # Nobody reads the output any more, as after `| head`: what was to be told was not told.
    CLOSED_OUTPUT = 141
    TERMINATED = 143


_BY_CLASS: tuple[tuple[type[ProvenanceError], ExitCode], ...] = (
    (UsageError, ExitCode.USAGE),
    (SourceError, ExitCode.ENVIRONMENT),
    (ToolError, ExitCode.ENVIRONMENT),
    (VerificationError, ExitCode.NEGATIVE),
    (ReleaseError, ExitCode.NEGATIVE),
    (InvalidValueError, ExitCode.NEGATIVE),
)


def of_error(error: ProvenanceError) -> ExitCode:
    """Return the exit code of an error: its class says whose trouble it is."""
    return next(code for kind, code in _BY_CLASS if isinstance(error, kind))


def of_verdict(verdict: Verdict) -> ExitCode:
    """Return the exit code of a verdict."""
    match verdict:
        case Passed():
            return ExitCode.DONE
        case Failed():
            return ExitCode.NEGATIVE
        case Undecided():
            return ExitCode.UNDECIDED
        case _:
            assert_never(verdict)
