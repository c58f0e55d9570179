"""Results of verification: types that remember what was proved."""

from datetime import datetime
from enum import StrEnum, unique
from typing import Generic, NoReturn, TypeVar

import attrs

from provenance.values.identity import Identity
from provenance.values.inventory import How
from provenance.values.path import RelPath

T = TypeVar("T")


@unique
class Match(StrEnum):
    """How the release in hand relates to the one that the manifest is about."""

    SAME_REVISION = "same revision"
    SAME_CONTENT_LATER_COMMIT = "same content, later commit"
    SAME_CONTENT_NO_REVISION = "same content, no revision to compare"
    # The caller chose not to say which release it expects.
    ANY_RELEASE = "any release: the name was not checked"
    # A model signature lists files; the name in it only informs.
    MODEL_IN_HAND = "the model in hand, by its files"


@unique
class Stage(StrEnum):
    """What verification finds out, in the order in which it does; each is a state of its own."""

    SIGNATURE = "signature"
    TIME = "time"
    IDENTITY = "identity"
    SUBJECT = "subject"
    FILES = "files"
    EVIDENCE = "evidence"
    POLICY = "policy"


@attrs.frozen
class Checked:
    """What verification found, state by state.

    ``others`` are who signed besides ``identity``, where a policy asks for several signers.
    ``signed_at`` is the trusted time, in UTC, and ``None`` where there is none. ``how`` says how
    the digests of today's files came to be known, ``modes`` which of them may or may not be
    executed any more.
    """

    signature: str
    time: str
    identity: Identity
    subject: Match
    files: int
    evidence: str
    not_covered: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    others: tuple[Identity, ...] = ()
    signed_at: datetime | None = None
    how: tuple[How, ...] = ()
    modes: tuple[RelPath, ...] = ()

    @property
    def signers(self) -> tuple[Identity, ...]:
        """Return everybody whose signature holds."""
        return (self.identity, *self.others)


@attrs.frozen(eq=False)
class Opened:
    """Bytes whose signature holds: nothing else about them is known yet.

    ``signed_at`` is the trusted time of the signature, where a log or a time stamp vouches for one;
    ``legacy`` says that the signature is one over model signing's encoding before its version 1.0.
    """

    payload: bytes
    payload_type: str
    signer: Identity
    signed_at: datetime | None = None
    legacy: bool = False
    remarks: tuple[str, ...] = ()


@attrs.frozen(eq=False)
class Verified(Generic[T]):
    """A value that passed every obligation of verification; only verification constructs it.

    It has no truth value, so that it cannot be mistaken for a yes or no:

    >>> bool(Verified("value", checked=None))
    Traceback (most recent call last):
    ...
    TypeError: a verification result has no truth value: failure raises VerificationError
    """

    value: T
    checked: Checked

    def __bool__(self) -> NoReturn:
        """Refuse to be used as a condition."""
        raise TypeError(
            "a verification result has no truth value: failure raises VerificationError"
        )
