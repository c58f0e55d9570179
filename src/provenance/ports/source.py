"""The port through which a release is reached, wherever it lives."""

from collections.abc import Mapping, Sequence
from typing import BinaryIO, Protocol

from provenance.ports.progress import Progress
from provenance.values.digest import DigestSet
from provenance.values.listing import Listing
from provenance.values.path import RelPath
from provenance.values.ref import Ref


class Source(Protocol):
    """A release that can be listed and read.

    Every method raises :class:`~provenance.errors.SourceError` when it could not look, and
    :class:`~provenance.errors.ReleaseError` when what it saw cannot be.
    """

    @property
    def ref(self) -> Ref:
        """Return the reference, pinned to a commit where the release has commits."""
        ...

    def listing(self) -> Listing:
        """List all files, with what their server claims of them; no file is read."""
        ...

    def prepare(
        self, paths: Sequence[RelPath], progress: Progress | None = None
    ) -> Mapping[RelPath, DigestSet]:
        """Make the bytes of these files readable here; space on disk is checked first.

        Returned are the digests of those that were hashed on their way here.
        """
        ...

    def open(self, path: RelPath) -> BinaryIO:
        """Open a listed file for unbuffered reading: regular, and nothing outside the release."""
        ...
