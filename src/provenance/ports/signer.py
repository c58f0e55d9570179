"""The port of signers: whoever puts a signature on bytes."""

from typing import Protocol, runtime_checkable

from provenance.values.bundle import Bundle


@runtime_checkable
class Signer(Protocol):
    """Puts a signature on a payload, and says what it takes to check it."""

    def seal(self, payload_type: str, payload: bytes) -> Bundle:
        """Return the payload, byte for byte, in a signed envelope.

        Equal input, equal bytes, with a key or a certificate.
        """
