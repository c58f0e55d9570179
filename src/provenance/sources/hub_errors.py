"""What the Hub client's exceptions mean; none of their text is kept.

The client repeats what a server wrote, and a server may write back the token that it was sent: so
an error here says what happened in our words, and drops the client's.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from provenance.doors.causes import trouble
from provenance.errors import Code, ProvenanceError, ReleaseError, SourceError, ToolError

if TYPE_CHECKING:
    from huggingface_hub.errors import HfHubHTTPError

# Python's own names for a broken connection, and what hf_xet raises for one.
_UNREACHED = (ConnectionError, TimeoutError, RuntimeError)
# What the client raises over an answer that is not of the shape it expects.
_SENSELESS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
_UNAUTHORIZED = frozenset({401, 403})
_NOT_THERE = frozenset({404, 410})
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Turn everything that the Hub client raises into an error of this package about ``what``.

    Raises:
        SourceError: HUB_UNKNOWN, HUB_HIDDEN, HUB_GATED, HUB_DENIED, HUB_DISABLED, OFFLINE,
            NETWORK.
        ReleaseError: HUB_ANSWER or HUB_MISMATCH.
        ToolError: DISK_FULL or FS_IO.
    """
    from huggingface_hub import errors  # noqa: PLC0415 - heavy

    try:
        yield
    except (transport(), errors.XetDownloadError, OSError, RuntimeError, *_SENSELESS) as cause:
        raise meaning(cause, what) from None


def transport() -> type[Exception]:
    """Return the exception of whichever HTTP library the client was built on."""
    from huggingface_hub.errors import HfHubHTTPError  # noqa: PLC0415 - heavy

    base: type[Exception] = HfHubHTTPError.__bases__[0]
    return base


def meaning(cause: BaseException, what: str) -> ProvenanceError:
    """Return what an exception of the client says about ``what``."""
    from huggingface_hub import errors  # noqa: PLC0415 - heavy

    if isinstance(cause, errors.HfHubHTTPError):
        return _refusal(cause, what)
    if isinstance(cause, errors.OfflineModeIsEnabled):
        return _unseen(f"{what}: offline", "leave HF_HUB_OFFLINE unset", Code.OFFLINE)
    if isinstance(cause, errors.LocalEntryNotFoundError):
        # The client looked into its cache because it could not ask; the cause says why.
        return meaning(cause.__cause__ or ConnectionError(), what)
    if isinstance(cause, (errors.XetDownloadError, transport(), *_UNREACHED)):
        return _known(cause, what) or _unreached(what, type(cause).__name__)
    if isinstance(cause, OSError) and not isinstance(cause, errors.FileMetadataError):
        return _disk(cause, what)
    return _senseless(f"{what}: the answer makes no sense ({type(cause).__name__})")


def _known(cause: BaseException, what: str) -> SourceError | None:
    """Return why the Hub was not reached, where that is known."""
    if type(cause).__name__ == "ProxyError":
        hint = "check HTTPS_PROXY and the name and password in it"
        return _unseen(f"{what}: the proxy refuses", hint, Code.NET_PROXY)
    return trouble(cause, f"the Hub ({what})")


def _refusal(cause: "HfHubHTTPError", what: str) -> ProvenanceError:
    from huggingface_hub import errors  # noqa: PLC0415 - heavy

    # In this order: a gated repository is also one that was not found.
    refusals: tuple[tuple[type[HfHubHTTPError], str, str, Code], ...] = (
        (errors.GatedRepoError, "is gated", "ask for access on its page", Code.HUB_GATED),
        (errors.DisabledRepoError, "is disabled", "nothing can be done", Code.HUB_DISABLED),
        (
            errors.RepositoryNotFoundError,
            "is unknown to the Hub",
            "check the name; a private one needs a token that may read it",
            Code.HUB_UNKNOWN,
        ),
        (
            errors.RevisionNotFoundError,
            "has no such revision",
            "check the branch, tag or commit",
            Code.HUB_UNKNOWN,
        ),
    )
    refused = cause.response.status_code in _UNAUTHORIZED
    if refused and type(cause) is errors.RepositoryNotFoundError:
        hint = "check the name; a private one needs a token that may read it"
        return _unseen(f"{what} is unknown to the Hub, or private", hint, Code.HUB_HIDDEN)
    for kind, fact, hint, code in refusals:
        if isinstance(cause, kind):
            return _unseen(f"{what} {fact}", hint, code)
    if isinstance(cause, errors.RemoteEntryNotFoundError):
        # Of one file: the list may hold for all others.
        what = f"{what}: a listed file is not there"
        return _unseen(what, "try again; ask its publisher", Code.HUB_ANSWER)
    return _status(cause.response.status_code, what)


def _status(status: int, what: str) -> SourceError:
    if status in _UNAUTHORIZED:
        hint = "pass a token that may read it"
        return _unseen(f"{what}: access is denied ({status})", hint, Code.HUB_DENIED)
    if status in _NOT_THERE:
        return _unseen(f"{what}: not there ({status})", "check the name", Code.HUB_UNKNOWN)
    return _unreached(what, f"status {status}")


def _disk(cause: OSError, what: str) -> ProvenanceError:
    if cause.errno is None:
        # The client's own check, after a download: so many bytes were promised, others came.
        return ReleaseError(
            f"{what}: the bytes that came are not as many as were promised",
            hint="try again; if it stays so, the server does not have what it lists",
            code=Code.HUB_MISMATCH,
        )
    if cause.errno in _FULL:
        return ToolError(f"{what}: the disk is full", hint="free some space", code=Code.DISK_FULL)
    name = errno.errorcode.get(cause.errno, str(cause.errno))
    return ToolError(
        f"{what}: cannot write here ({name})", hint="check the cache folder", code=Code.FS_IO
    )


def _unreached(what: str, why: str) -> SourceError:
    return _unseen(f"{what}: the Hub cannot be reached ({why})", "try again later", Code.NETWORK)


def _unseen(what: str, hint: str, code: Code) -> SourceError:
    return SourceError(what, hint=hint, code=code)


def _senseless(what: str) -> ReleaseError:
    return ReleaseError(what, hint="do not trust this server", code=Code.HUB_ANSWER)
