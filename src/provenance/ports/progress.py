"""The port through which long work tells how far it is."""

from typing import Protocol


class Progress(Protocol):
    """Somebody who wants to know: a terminal, a log, nobody."""

    def step(self, what: str) -> None:
        """Say what is being done now; ``what`` may hold names from a release."""
        ...

    def expect(self, size: int) -> None:
        """Say how many bytes the current step will read."""
        ...

    def advance(self, size: int) -> None:
        """Say that so many more bytes are done; called from any thread."""
        ...
