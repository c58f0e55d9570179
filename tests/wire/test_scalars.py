from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given

from provenance.errors import Code, InvalidValueError, TextError
from provenance.text.canonical_json import encode, parse_canonical
from provenance.text.shape import Reader
from provenance.text.strict_json import JsonValue
from provenance.values.digest import Digest
from provenance.values.interval import Interval
from provenance.values.revision import Revision
from provenance.wire.scalars import (
    LARGEST,
    encode_digest,
    encode_interval,
    encode_moment,
    encode_revision,
    encode_sha256,
    nullable,
    parse_commit,
    parse_digest,
    parse_interval,
    parse_moment,
    parse_revision_at,
    parse_sha256,
    whole,
)
from tests.wire.manifests import INTERVALS, MOMENTS, REVISIONS, SHA256S


def at(value: JsonValue) -> Reader:
    return Reader.of({"a": value}, code=Code.MANIFEST_SHAPE)


@given(SHA256S)
def test_a_digest_comes_back(digest: Digest) -> None:
    assert parse_digest(at(encode_digest(digest)), "a") == digest
    assert parse_sha256(at(encode_sha256(digest)), "a") == digest


@given(MOMENTS)
def test_a_moment_comes_back(moment: datetime) -> None:
    assert parse_moment(at(encode_moment(moment)), "a") == moment


@given(REVISIONS)
def test_a_revision_comes_back(revision: Revision) -> None:
    assert nullable(at(encode_revision(revision)), "a", parse_revision_at) == revision


def test_no_revision_is_null() -> None:
    assert encode_revision(None) is None
    assert nullable(at(None), "a", parse_revision_at) is None


@given(INTERVALS)
def test_an_interval_comes_back_through_canonical_bytes(interval: Interval) -> None:
    value = parse_canonical(encode(encode_interval(interval)))

    assert parse_interval(at(value), "a") == interval


def test_a_moment_is_written_with_all_its_digits() -> None:
    assert encode_moment(datetime(26, 1, 2, 3, 4, 5, tzinfo=UTC)) == "0026-01-02T03:04:05Z"


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 1, 1, microsecond=1, tzinfo=UTC),
        datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=1))),
        datetime(2026, 1, 1),  # noqa: DTZ001 - the case
    ],
)
def test_a_moment_that_is_no_whole_second_in_utc_is_not_written(moment: datetime) -> None:
    with pytest.raises(InvalidValueError) as caught:
        encode_moment(moment)

    assert caught.value.code is Code.VALUE


def test_a_git_blob_id_is_not_written_as_a_sha_256() -> None:
    with pytest.raises(InvalidValueError) as caught:
        encode_digest(Digest.git_blob("0" * 40))

    assert caught.value.code is Code.DIGEST


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-02T03:04:05+00:00",
        "2026-01-02 03:04:05Z",
        "2026-01-02T03:04:05.0Z",
        "2026-01-02T24:00:00Z",
        "2026-02-30T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "٢٠٢٦-01-02T03:04:05Z",
        "2026-01-02T03:04:05Z\n",
    ],
)
def test_another_way_to_write_a_moment_is_refused(text: str) -> None:
    with pytest.raises(TextError) as caught:
        parse_moment(at(text), "a")

    assert caught.value.code is Code.MANIFEST_SHAPE


@pytest.mark.parametrize("text", ["AB" * 32, "ab" * 31, "ab" * 33, " " + "ab" * 32, "xy" * 32, ""])
def test_another_way_to_write_a_digest_is_refused(text: str) -> None:
    with pytest.raises(TextError) as caught:
        parse_sha256(at(text), "a")

    assert caught.value.code is Code.DIGEST


@pytest.mark.parametrize(
    "value", [{}, {"sha256": "ab" * 32, "sha512": "cd" * 64}, {"gitblob": "ab" * 20}, "ab" * 32]
)
def test_a_digest_set_is_of_one_sha_256(value: JsonValue) -> None:
    with pytest.raises(TextError) as caught:
        parse_digest(at(value), "a")

    assert caught.value.code is Code.MANIFEST_SHAPE


@pytest.mark.parametrize(
    "value", [[0], [0, 1, 1], [1, 0], [-0.5, 1], [0, 2], [True, 1], ["0", "1"], [None, 1], 0, None]
)
def test_what_is_no_interval_of_fractions_is_refused(value: JsonValue) -> None:
    with pytest.raises(TextError) as caught:
        parse_interval(at(value), "a")

    assert caught.value.code is Code.MANIFEST_SHAPE


@pytest.mark.parametrize("text", ["main", "a" * 39, "A" * 40])
def test_a_name_is_no_commit(text: str) -> None:
    with pytest.raises(TextError) as caught:
        parse_commit(at(text), "a")

    assert caught.value.code is Code.MANIFEST_SHAPE


def test_a_revision_that_git_would_not_take_is_refused() -> None:
    with pytest.raises(TextError) as caught:
        parse_revision_at(at("a..b"), "a")

    assert caught.value.code is Code.MANIFEST_SHAPE


def test_a_key_that_may_be_null_may_not_be_missing() -> None:
    with pytest.raises(TextError, match="missing") as caught:
        nullable(at(None), "b", Reader.text)

    assert caught.value.code is Code.MANIFEST_SHAPE


@pytest.mark.parametrize("value", [-1, LARGEST + 1, 1.5, True, "1"])
def test_a_count_is_a_whole_number_that_every_reader_reads_alike(value: JsonValue) -> None:
    with pytest.raises(TextError) as caught:
        whole(at(value), "a")

    assert caught.value.code is Code.MANIFEST_SHAPE
    assert whole(at(LARGEST), "a") == LARGEST
