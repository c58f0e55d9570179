from datetime import UTC, datetime

import pytest

from provenance.values.digest import Digest
from provenance.values.fetched import Fetched


def fetched(status: int) -> Fetched:
    return Fetched(
        url="https://example.org/a",
        final_url="https://example.org/a",
        status=status,
        content_type=None,
        etag=None,
        last_modified=None,
        content_length=None,
        body=b"hello",
        digest=Digest.sha256("ab" * 32),
        seen_at=datetime(2026, 5, 6, tzinfo=UTC),
    )


@pytest.mark.parametrize(("status", "gone"), [(200, False), (404, True), (410, True)])
def test_only_not_found_and_gone_are_gone(status: int, gone: bool) -> None:
    assert fetched(status).gone is gone


def test_a_body_is_not_shown() -> None:
    assert "hello" not in repr(fetched(200))
