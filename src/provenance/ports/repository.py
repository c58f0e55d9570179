"""The port of a repository on a hub: a source with a name, and rules for who may have it."""

from typing import Protocol

from provenance.ports.source import Source
from provenance.values.access import Access
from provenance.values.address import Address


class Repository(Source, Protocol):
    """A release or a dataset on a hub, as it answered to what was asked for."""

    @property
    def address(self) -> Address:
        """Return where its files stand."""
        ...

    @property
    def access(self) -> Access:
        """Return who may have it."""
        ...

    @property
    def answered_as(self) -> str | None:
        """Return the name that answered, where it is not the one that was asked for."""
        ...
