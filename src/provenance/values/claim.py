"""A claim: what a publisher's text says of one component."""

import attrs

from provenance.values.component import Component
from provenance.values.evidence import Where
from provenance.values.locator import Locator


@attrs.frozen
class Claim:
    """A quote about a component, where it stands, and what it points at, if anything.

    ``denied`` is true when the text says that the component is *not* given.
    """

    component: Component
    text: str
    where: Where
    target: Locator | None = None
    denied: bool = False
