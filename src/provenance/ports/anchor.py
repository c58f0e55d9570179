"""The port of trust anchors: what a caller trusts by one method of signing."""

from typing import Protocol, runtime_checkable

from provenance.ports.verifier import Verifier
from provenance.values.terms import Terms


@runtime_checkable
class Anchor(Protocol):
    """What is trusted, as a caller has it: nothing of it was read yet."""

    def verifiers(self, terms: Terms) -> tuple[Verifier, ...]:
        """Return who opens what is trusted.

        Raises:
            UsageError: for what is none of what it should be.
        """
