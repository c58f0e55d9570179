import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import InvalidValueError
from provenance.values.address import Address
from provenance.values.digest import Digest
from provenance.values.evidence import Capture, Evidence, EvidenceKind, Where
from tests.building import TOY

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@given(st.binary(max_size=50))
def test_a_capture_becomes_evidence_of_exactly_its_bytes(payload: bytes) -> None:
    capture = Capture(EvidenceKind.FILE, Address.parse("local:x/a"), "text/plain", NOW, payload)

    evidence = capture.evidence

    assert evidence.digest.hex == hashlib.sha256(payload).hexdigest()
    assert evidence.size == len(payload)
    assert evidence.id == evidence.digest.hex[:16]
    assert capture.where == Where(Address.parse("local:x/a"), evidence.digest)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 1, 1),  # noqa: DTZ001 - the very thing that is refused
        datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=1))),
        datetime(2026, 1, 1, 0, 0, 0, 1, tzinfo=UTC),
    ],
)
def test_a_moment_that_is_not_a_whole_second_in_utc_is_refused(moment: datetime) -> None:
    with pytest.raises(InvalidValueError):
        Evidence(
            EvidenceKind.FILE, Address.parse("x"), Digest.sha256("0" * 64), 1, "text/plain", moment
        )


def test_a_span_never_ends_before_it_starts() -> None:
    with pytest.raises(InvalidValueError):
        Where(TOY, Digest.sha256("0" * 64), 2, 1)
