import hashlib

import pytest

from provenance.doors.page_table import Page, Place
from provenance.stores.seal import Seal

KEY = bytes(range(32))
PLACE = Place("sha256", "66", 12)
PAGE = Page(7, b"body", Seal(KEY).proof(PLACE, 7, b"body"))


def test_a_page_holds_at_its_place() -> None:
    assert Seal(KEY).holds(PLACE, PAGE)


def test_a_proof_is_blake2b_under_the_key_over_format_place_moment_and_body() -> None:
    head = bytes.fromhex("01000000 0c00000000000000 0700000000000000 06000000 02000000")
    message = head + b"sha256" + b"66" + b"body"

    expected = hashlib.blake2b(message, key=KEY, digest_size=32, person=b"prov digest page")
    assert PAGE.proof == expected.digest()


@pytest.mark.parametrize(
    ("place", "page"),
    [
        (PLACE._replace(algorithm="sha512"), PAGE),
        (PLACE._replace(space="67"), PAGE),
        (PLACE._replace(number=13), PAGE),
        # The same letters, otherwise divided.
        (Place("sha2566", "6", 12), PAGE),
        (Place("sha256", "66b", 12), PAGE._replace(body=b"ody")),
        (PLACE, PAGE._replace(kept_ns=8)),
        (PLACE, PAGE._replace(body=b"bodY")),
        (PLACE, PAGE._replace(body=b"body\0")),
        (PLACE, PAGE._replace(proof=b"")),
        (PLACE, PAGE._replace(proof=PAGE.proof[:-1])),
        (PLACE, PAGE._replace(proof=bytes(32))),
    ],
)
def test_a_page_with_anything_changed_does_not_hold(place: Place, page: Page) -> None:
    assert not Seal(KEY).holds(place, page)


def test_a_page_does_not_hold_under_another_key() -> None:
    assert not Seal(bytes(32)).holds(PLACE, PAGE)
