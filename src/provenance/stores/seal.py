"""The seal of a page: who has not the key can neither write one nor move it."""

import hashlib
import hmac
from struct import Struct

from provenance.doors.page_table import Page, Place

# Of what the bytes of a page mean: with every change, one more.
FORMAT = 1

_HEAD = Struct("<IqqII")


class Seal:
    """Says whether a page is as somebody with the key wrote it, for its very place."""

    def __init__(self, key: bytes) -> None:
        """Take the key: random bytes that this user alone can read."""
        self._key = key

    def proof(self, place: Place, kept_ns: int, body: bytes) -> bytes:
        """Return the MAC of a page: BLAKE2b under the key, over format, place, moment and body."""
        algorithm, space = place.algorithm.encode(), place.space.encode()
        mac = hashlib.blake2b(key=self._key, digest_size=32, person=b"prov digest page")
        # With the lengths before them, no two pages are the same bytes.
        mac.update(_HEAD.pack(FORMAT, place.number, kept_ns, len(algorithm), len(space)))
        mac.update(algorithm)
        mac.update(space)
        mac.update(body)
        return mac.digest()

    def holds(self, place: Place, page: Page) -> bool:
        """Whether the page was written for this place by somebody with the key."""
        return hmac.compare_digest(self.proof(place, page.kept_ns, page.body), page.proof)
