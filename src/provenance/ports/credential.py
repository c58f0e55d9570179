"""The port of credentials: what a caller signs with, by one method of signing."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, runtime_checkable

from provenance.ports.signer import Signer


@runtime_checkable
class Credential(Protocol):
    """What signs, as a caller has it: nothing of it was read yet."""

    def signer(self, clock: Callable[[], datetime]) -> Signer:
        """Return who signs; ``clock`` tells the moment at which a certificate has to be valid.

        Raises:
            UsageError: for what is none of what it should be.
            VerificationError: for what nobody would accept a signature of.
        """
