"""A link: where it leads, the bytes in which it stands, and whether it says something."""

from collections.abc import Iterable

import attrs

from provenance.recipe.links.locators import Forbidden
from provenance.text.markdown_links import Context
from provenance.text.span import Span
from provenance.values.locator import Locator


@attrs.frozen
class Link:
    """A locator, where it is written, and in what.

    ``span`` is one of the file's own bytes and covers the link; where it is written with escapes,
    or as a YAML alias, the block or value in which it stands.
    """

    locator: Locator
    span: Span
    context: Context

    @property
    def is_evidence(self) -> bool:
        """Tell whether the publisher says something by it; samples, badges and menus do not."""
        return self.context.is_evidence


@attrs.frozen
class Refused:
    """An address that nothing of ours may follow: as it is written, and why not."""

    target: str
    reason: str
    span: Span
    context: Context


@attrs.frozen
class Links:
    """The links of one file, in order; ``complete`` is false when some of it was not read."""

    found: tuple[Link, ...] = ()
    refused: tuple[Refused, ...] = ()
    complete: bool = True

    def __add__(self, other: "Links") -> "Links":
        """Return the links of both, those of ``other`` last."""
        return Links(
            self.found + other.found, self.refused + other.refused, self.complete and other.complete
        )


@attrs.frozen
class Candidate:
    """What may be a link: the address as written, and what became of it."""

    target: str
    read: Locator | Forbidden | None
    span: Span
    context: Context


def links_of(candidates: Iterable[Candidate], *, complete: bool = True) -> Links:
    """Sort candidates into links and refused addresses; what leads nowhere is left out."""
    every = tuple(candidates)
    found = (
        Link(one.read, one.span, one.context) for one in every if isinstance(one.read, Locator)
    )
    refused = (
        Refused(one.target, one.read.reason, one.span, one.context)
        for one in every
        if isinstance(one.read, Forbidden)
    )
    return Links(tuple(found), tuple(refused), complete)
