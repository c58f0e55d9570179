"""An inspection: what a release lists, links and pins, before anything is judged."""

import attrs

from provenance.values.access import Access
from provenance.values.hazard import Hazard, Limit
from provenance.values.locator import Locator
from provenance.values.ref import Ref
from provenance.values.revision import Commit


@attrs.frozen
class Copy:
    """A model's weights in one format: its name without shard numbers, files, size in bytes."""

    format: str
    name: str
    files: int
    size: int


@attrs.frozen
class LinkSeen:
    """A link, the file it stands in, the bytes ``[start, end)`` there, and in what it stands.

    ``said`` is whether the publisher says something by it; samples, badges and menus do not.
    """

    path: str
    locator: Locator
    start: int
    end: int
    context: str
    said: bool

    @property
    def pinned(self) -> bool:
        """Whether the link names a commit, so that what it leads to cannot change."""
        return isinstance(self.locator.revision, Commit)


@attrs.frozen
class Inspection:
    """What is listed, linked and pinned.

    ``digested`` of the ``files`` have a digest that their server claims; ``size`` is in bytes;
    ``linked`` are the links in order of file and place; ``limits`` are what was not read.
    """

    ref: Ref
    access: Access
    files: int
    size: int
    digested: int
    complete: bool
    copies: tuple[Copy, ...]
    linked: tuple[LinkSeen, ...]
    hazards: tuple[Hazard, ...] = ()
    limits: tuple[Limit, ...] = ()
