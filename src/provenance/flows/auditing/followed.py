"""Following one link: which of its names to follow, and how looking at it ended."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from provenance.errors import (
    Code,
    InvalidValueError,
    ReleaseError,
    SourceError,
    ToolError,
    UsageError,
)
from provenance.flows.auditing.follower import Follower
from provenance.values.hazard import Hazard
from provenance.values.locator import Locator
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.revision import Commit
from provenance.wire.notes_json import TROUBLE

T = TypeVar("T")
# Trouble that means "we looked, and nothing is there", and not "we could not look".
_NOT_THERE = frozenset({Code.LINK_DEAD, Code.GIT_REF, Code.HUB_UNKNOWN, Code.HUB_DISABLED})


def pinned_first(one: Locator) -> tuple[bool, bool, str]:
    """Order the names of one thing: that with a commit first, then that with any revision."""
    return not isinstance(one.revision, Commit), one.revision is None, str(one)


def look_at_link(
    locator: Locator,
    follower: Follower,
    read: Callable[[Locator, Follower], tuple[T, tuple[Hazard, ...]]],
) -> tuple[Look[T], tuple[Hazard, ...]]:
    """Follow one link; trouble behind it is an answer, and never ends the audit."""
    follower.progress.step(f"fetching {locator.uri}")
    try:
        with _noted(locator, follower):
            facts, hazards = _read(read, locator, follower)
    except SourceError as error:
        gone = error.code in _NOT_THERE
        return (Missing(error.what) if gone else Unseen(error.what, error.code)), ()
    except ReleaseError as error:
        if error.code is Code.FILE_CHANGED:
            raise  # Not of the link: somebody changed the evidence that is replayed.
        look = Unseen(f"what is there cannot be read: {error.what}", error.code)
        return look, (Hazard(error.code, str(locator), error.what),)
    return Seen(facts), hazards


@contextmanager
def _noted(locator: Locator, follower: Follower) -> Iterator[None]:
    """Raise the trouble that there was, to the audit that is replayed; note what there is now."""
    question = f"trouble {locator.kind} {locator}"
    if trouble := follower.store.told(question, TROUBLE):
        follower.store.note(question, TROUBLE, trouble)
        raise trouble
    try:
        follower.seconds_left()
        yield
    except (InvalidValueError, UsageError) as cause:
        # A name or a value of theirs that cannot be: no request of the caller's.
        odd = ReleaseError(cause.what, hint=cause.hint, code=cause.code)
        follower.store.note(question, TROUBLE, odd)
        raise odd from cause
    except (SourceError, ReleaseError) as error:
        follower.store.note(question, TROUBLE, error)
        raise


def _read(
    read: Callable[[Locator, Follower], tuple[T, tuple[Hazard, ...]]],
    locator: Locator,
    follower: Follower,
) -> tuple[T, tuple[Hazard, ...]]:
    """Read what is behind a link; a machine without git looks at no repository, and goes on."""
    try:
        return read(locator, follower)
    except ToolError as error:
        if error.code is not Code.GIT_MISSING:
            raise
        raise SourceError(error.what, hint=error.hint, code=error.code) from error
