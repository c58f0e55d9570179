"""Notes: what a reader saw in passing that a careful person wants to know of."""

import attrs

from provenance.errors import Code
from provenance.text.span import Span


@attrs.frozen
class Note:
    """Something odd that did not end the reading: a code, what it is, and where, if one place.

    ``detail`` may hold what the text's author wrote; it is escaped where it is shown.
    """

    code: Code
    detail: str
    span: Span | None = None
