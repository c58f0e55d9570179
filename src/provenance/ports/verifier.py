"""The port of verifiers: whoever says which bytes a trusted signer signed."""

from typing import Protocol, runtime_checkable

from provenance.values.bundle import Bundle
from provenance.values.verified import Opened


@runtime_checkable
class Verifier(Protocol):
    """Knows whom the caller trusts, and opens what they signed."""

    def open(self, bundle: Bundle) -> Opened:
        """Return the bytes that a trusted signer signed, and who that is.

        Raises:
            VerificationError: for any doubt; BUNDLE_METHOD for a bundle that was signed by another
                method than this verifier's.
        """
