"""Long answers of the loopback Hub, a page at a time."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import attrs

from provenance.testing.hub_requests import Request


@attrs.frozen
class Page:
    """The rows of one page, and the headers that lead to the next, if there is one."""

    rows: Sequence[Any]
    headers: Mapping[str, str] = attrs.field(factory=dict)


def page_of(rows: Sequence[Any], request: Request, size: int) -> Page:
    """Return the page that the request's cursor stands at; without one, the first."""
    query = request.query
    start = int(base64.b64decode(query["cursor"])) if "cursor" in query else 0
    if start + size >= len(rows):
        return Page(rows[start:])
    cursor = base64.b64encode(str(start + size).encode()).decode()
    following = urlencode({**query, "cursor": cursor})
    link = f'<{request.hub.url}{request.path}?{following}>; rel="next"'
    return Page(rows[start : start + size], {"Link": link})
