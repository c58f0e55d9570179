"""What is fetched, from where, how long it takes: for whoever listens to the logger ``provenance``.

Nothing is printed here, and nothing that may be a secret is said: no token, no password, no query.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

import attrs

from provenance.errors import ProvenanceError

LOG = logging.getLogger("provenance")
# Without a handler, the standard library would print by itself what is grave enough.
LOG.addHandler(logging.NullHandler())


@attrs.define
class Entry:
    """What is known of a fetch so far: its bytes, once some came."""

    size: int | None = None

    def add(self, size: int) -> None:
        """Count some bytes."""
        self.size = size + (self.size or 0)


@contextmanager
def noted(what: str) -> Iterator[Entry]:
    """Note how the block ends: how many bytes came, or which error, and after how many seconds."""
    entry, started = Entry(), time.monotonic()
    try:
        yield entry
    except ProvenanceError as error:
        LOG.info("%s: %s [%s], %.2f s", what, error.what, error.code, time.monotonic() - started)
        raise
    came = "done" if entry.size is None else f"{entry.size} bytes"
    LOG.info("%s: %s, %.2f s", what, came, time.monotonic() - started)


def through(proxy: object) -> str:
    """Return the words for a proxy in a note; none where there is none."""
    return f" through the proxy {proxy}" if proxy else ""
