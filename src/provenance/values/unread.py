"""What is there and was not read: it leaves unknown whatever it could have told of."""

import attrs

from provenance.errors import Code
from provenance.values.component import Component


@attrs.frozen
class Unread:
    """Files of one place that were not read, or not understood: which, why, and what may be there.

    ``about`` are the components that they could hold: each of them is unknown, and never absent,
    where nothing else shows it.
    """

    code: Code
    what: str
    why: str
    about: frozenset[Component]
