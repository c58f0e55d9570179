"""A rubric: the rules by which something is judged, as text, with a version and a digest."""

import hashlib

import attrs

from provenance.values.digest import Algorithm, Digest


@attrs.frozen
class Rubric:
    r"""What decides a verdict: one rule a line, written from the tables that the code decides by.

    >>> Rubric("toy", "1.0", ("a rung is worth 1",)).text
    'toy 1.0\na rung is worth 1\n'
    """

    name: str
    version: str
    rules: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the rubric as it is digested: name and version, then the rules."""
        return "\n".join((f"{self.name} {self.version}", *self.rules)) + "\n"

    @property
    def digest(self) -> Digest:
        """Return the SHA-256 of the text."""
        return Digest(Algorithm.SHA256, hashlib.sha256(self.text.encode()).digest())
