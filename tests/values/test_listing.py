from datetime import UTC, datetime

from provenance.values.access import Access
from provenance.values.address import Address
from provenance.values.evidence import Capture, EvidenceKind
from provenance.values.inventory import Inventory
from provenance.values.listing import Listing


def test_a_listing_carries_the_capture_it_was_read_from() -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    capture = Capture(
        EvidenceKind.LISTING, Address.parse("local:x"), "application/json", moment, b"[]"
    )

    listing = Listing(Inventory(()), capture)

    assert listing.capture.evidence.size == 2
    assert (listing.access, listing.hazards, listing.limits) == (Access.PUBLIC, (), ())
