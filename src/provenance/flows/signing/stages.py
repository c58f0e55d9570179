"""How far a verification got: which states held before one did not."""

from collections.abc import Iterator
from contextlib import contextmanager

from provenance.errors import Code, ProvenanceError
from provenance.values.verified import Stage

# Found out before the signature is looked at: who it should be is not who is named.
_IDENTITY = frozenset(
    {
        *(Code.KEY_UNTRUSTED, Code.BUNDLE_METHOD, Code.CERTIFICATE_EXPIRED),
        *(Code.CERTIFICATE_NOT_YET_VALID, Code.CERTIFICATE_USAGE, Code.CERTIFICATE_UNTRUSTED),
        *(Code.CERTIFICATE_IDENTITY, Code.CERTIFICATE_MALFORMED, Code.KEYLESS_IDENTITY),
    }
)


class Stages:
    """Remembers the states that held, and tells each error how far it got."""

    def __init__(self) -> None:
        """Begin with nothing that holds."""
        self._held: list[Stage] = []

    @contextmanager
    def at(self, *stages: Stage) -> Iterator[None]:
        """Run the block that finds out about some states; they hold when it ends without an error.

        An error is one of the first state, but for those that are about the identity by their
        code.
        """
        try:
            yield
        except ProvenanceError as error:
            about_identity = Stage.IDENTITY in stages and error.code in _IDENTITY
            error.stopped_at = Stage.IDENTITY if about_identity else stages[0]
            error.held = tuple(self._held)
            raise
        self._held.extend(stages)
