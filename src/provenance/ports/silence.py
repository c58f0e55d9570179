"""Progress that nobody wants to hear."""


class Silence:
    """Says nothing."""

    def step(self, what: str) -> None:
        """Say nothing."""

    def expect(self, size: int) -> None:
        """Say nothing."""

    def advance(self, size: int) -> None:
        """Say nothing."""
