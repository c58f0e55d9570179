import errno

import pytest
from huggingface_hub import errors

from provenance.errors import Code, ProvenanceError, ReleaseError, SourceError, ToolError
from provenance.sources.hub_errors import meaning, translated

TRANSPORT = errors.HfHubHTTPError.__bases__[0]


def offline() -> BaseException:
    missing = errors.LocalEntryNotFoundError("x")
    missing.__cause__ = errors.OfflineModeIsEnabled()
    return missing


CASES: list[tuple[BaseException, type[ProvenanceError], Code]] = [
    (errors.OfflineModeIsEnabled(), SourceError, Code.OFFLINE),
    (offline(), SourceError, Code.OFFLINE),
    (errors.LocalEntryNotFoundError("x"), SourceError, Code.NETWORK),
    (errors.FileMetadataError("x"), ReleaseError, Code.HUB_ANSWER),
    (errors.XetDownloadError("x"), SourceError, Code.NETWORK),
    (ConnectionResetError(errno.ECONNRESET, "x"), SourceError, Code.NETWORK),
    (TimeoutError("x"), SourceError, Code.NETWORK),
    (RuntimeError("x"), SourceError, Code.NETWORK),
    (OSError("Consistency check failed"), ReleaseError, Code.HUB_MISMATCH),
    (OSError(errno.ENOSPC, "x"), ToolError, Code.DISK_FULL),
    (OSError(errno.EACCES, "x"), ToolError, Code.FS_IO),
    (OSError(99999, "x"), ToolError, Code.FS_IO),
    (KeyError("x"), ReleaseError, Code.HUB_ANSWER),
    (TypeError("x"), ReleaseError, Code.HUB_ANSWER),
    (ValueError("x"), ReleaseError, Code.HUB_ANSWER),
    (AttributeError("x"), ReleaseError, Code.HUB_ANSWER),
    (TRANSPORT("x"), SourceError, Code.NETWORK),
]


@pytest.mark.parametrize(("cause", "kind", "code"), CASES, ids=lambda it: type(it).__name__)
def test_each_exception_has_one_meaning(
    cause: BaseException, kind: type[ProvenanceError], code: Code
) -> None:
    with pytest.raises(kind) as caught, translated("org/name"):
        raise cause

    assert caught.value.code is code
    assert caught.value.hint
    assert "org/name" in caught.value.what


@pytest.mark.parametrize("cause", [case[0] for case in CASES], ids=lambda it: type(it).__name__)
def test_nothing_that_the_client_says_is_repeated(cause: BaseException) -> None:
    cause.args = ("hf_secret",) if not isinstance(cause, OSError) else cause.args

    found = meaning(cause, "it")

    assert "hf_secret" not in f"{found} {found.hint}"


def test_our_own_errors_pass() -> None:
    with pytest.raises(ToolError) as caught, translated("it"):
        raise ToolError("x", code=Code.DISK_FULL)

    assert caught.value.code is Code.DISK_FULL
    assert caught.value.what == "x"


def test_the_cause_is_not_shown() -> None:
    with pytest.raises(ReleaseError) as caught, translated("it"):
        raise KeyError("hf_secret")

    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_an_interrupt_passes() -> None:
    with pytest.raises(KeyboardInterrupt), translated("it"):
        raise KeyboardInterrupt
