"""Evidence: what was seen, where, when, and how to find it again."""

import hashlib
from datetime import UTC, datetime
from enum import StrEnum, unique

import attrs

from provenance.errors import InvalidValueError
from provenance.values.address import Address
from provenance.values.digest import Algorithm, Digest


@unique
class EvidenceKind(StrEnum):
    """What a capture is."""

    LISTING = "listing"
    FILE = "file"
    REFS = "refs"
    ANSWER = "answer"
    # The first bytes of a weight file: its header, and nothing of what it describes.
    HEADER = "header"


def _in_utc(_: object, __: object, moment: datetime) -> None:
    if moment.tzinfo is not UTC or moment.microsecond:
        raise InvalidValueError(
            f"{moment!r} is not a whole second in UTC", hint="pass datetime(..., tzinfo=UTC)"
        )


@attrs.frozen
class Evidence:
    """One capture: its bytes by digest, the address they came from, and when they were seen.

    ``size`` is in bytes; ``seen_at`` is a whole second in UTC.
    """

    kind: EvidenceKind
    address: Address
    digest: Digest
    size: int
    media_type: str
    seen_at: datetime = attrs.field(validator=_in_utc)

    @property
    def id(self) -> str:
        """Return the short name that findings use: the first 16 hex digits of the digest."""
        return self.digest.hex[:16]

    @property
    def uri(self) -> str:
        """Return the address as a manifest has it."""
        return str(self.address)


@attrs.frozen
class Where:
    """A place in a capture: the bytes ``[start, end)`` of the file whose digest this is.

    ``start == end == 0`` means the capture as a whole.
    """

    address: Address
    digest: Digest
    start: int = 0
    end: int = 0

    def __attrs_post_init__(self) -> None:
        """Refuse a span that ends before it starts."""
        if not 0 <= self.start <= self.end:
            raise InvalidValueError(
                f"the span [{self.start}, {self.end}) of {self.uri}", hint="give 0 <= start <= end"
            )

    @property
    def uri(self) -> str:
        """Return the address as a manifest has it."""
        return str(self.address)


@attrs.frozen
class Capture:
    """Bytes that were seen, with what names them: evidence before it is stored."""

    kind: EvidenceKind
    address: Address
    media_type: str
    seen_at: datetime = attrs.field(validator=_in_utc)
    payload: bytes = attrs.field(repr=False)

    @property
    def uri(self) -> str:
        """Return the address as a manifest has it."""
        return str(self.address)

    @property
    def evidence(self) -> Evidence:
        """Return the evidence that these bytes are: their digest and size in their place."""
        digest = Digest(Algorithm.SHA256, hashlib.sha256(self.payload).digest())
        return Evidence(
            self.kind, self.address, digest, len(self.payload), self.media_type, self.seen_at
        )

    @property
    def where(self) -> Where:
        """Return the capture as a whole, as a place."""
        return Where(self.address, self.evidence.digest)
