from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, InvalidValueError, TextError
from provenance.text.shape import Reader
from provenance.text.strict_json import JsonValue
from provenance.values.dataset import Availability, DatasetRecord
from provenance.values.digest import Digest
from provenance.values.manifest import Dangling, End
from provenance.values.source import PinnedSource
from provenance.values.weights import Profile
from provenance.wire.linked_json import (
    encode_closure,
    encode_dataset,
    encode_profile,
    encode_source,
    parse_closure,
    parse_dataset,
    parse_profile,
    parse_source,
)
from tests.building import PIN, PROFILE
from tests.wire.manifests import DATASETS, PROFILES, SOURCES, TEXTS

ENDS = st.none() | st.sampled_from(End)


def reader(value: JsonValue) -> Reader:
    return Reader.of(value, code=Code.MANIFEST_SHAPE)


@given(PROFILES)
def test_a_profile_comes_back(profile: Profile) -> None:
    assert parse_profile(reader({"profile": encode_profile(profile)}), "profile") == profile


@given(SOURCES)
def test_a_source_comes_back(source: PinnedSource) -> None:
    assert parse_source(reader(encode_source(source))) == source


@given(DATASETS)
def test_a_dataset_comes_back(dataset: DatasetRecord) -> None:
    assert parse_dataset(reader(encode_dataset(dataset))) == dataset


@given(st.lists(st.builds(Dangling, TEXTS, TEXTS, ENDS), max_size=3).map(tuple))
def test_a_closure_comes_back(dangling: tuple[Dangling, ...]) -> None:
    encoded = encode_closure(dangling)

    assert parse_closure(reader(encoded)) == dangling
    nowhere = any(one.end is not End.UNSEEN for one in dangling)
    assert encoded["complete"] is (False if nowhere else None if dangling else True)


def test_a_closure_from_before_ends_were_told_apart_is_kept_as_it_was() -> None:
    old: JsonValue = {"complete": False, "dangling": [{"what": "a", "why": "b"}]}

    found = parse_closure(reader(old))

    assert found == (Dangling("a", "b"),)
    assert encode_closure(found) == old


def test_a_profile_of_a_file_outside_the_release_is_refused() -> None:
    encoded = encode_profile(PROFILE)
    encoded["files"] = ["../model.safetensors"]

    with pytest.raises(TextError) as caught:
        parse_profile(reader({"profile": encoded}), "profile")

    assert caught.value.code is Code.NAME


def test_more_confidence_than_the_pin_gives_is_refused() -> None:
    encoded = {**encode_source(PIN), "how_pinned": "default-branch", "confidence": "high"}

    with pytest.raises(TextError, match="low") as caught:
        parse_source(reader(encoded))

    assert caught.value.code is Code.MANIFEST_SHAPE


@pytest.mark.parametrize(
    ("complete", "dangling"),
    [
        (True, [{"what": "a", "why": "b"}]),
        (False, []),
        (None, []),
        (None, [{"what": "a", "why": "b"}]),
        (None, [{"what": "a", "why": "b", "end": "leads-nowhere"}]),
        (False, [{"what": "a", "why": "b", "end": "not-looked-at"}]),
    ],
)
def test_a_closure_that_contradicts_itself_is_refused(
    *, complete: bool | None, dangling: list[JsonValue]
) -> None:

    with pytest.raises(TextError) as caught:
        parse_closure(reader({"complete": complete, "dangling": dangling}))

    assert caught.value.code is Code.MANIFEST_SHAPE


def test_a_card_s_digest_is_a_sha_256() -> None:
    with pytest.raises(InvalidValueError) as caught:
        encode_dataset(DatasetRecord("a", Availability.PRESENT, card=Digest.git_blob("0" * 40)))

    assert caught.value.code is Code.DIGEST


@pytest.mark.parametrize(
    "declared",
    [
        {"at_least": 0, "at_most": 0, "examples": None},
        {"at_least": 2, "at_most": 1, "examples": None},
        {"at_least": 1, "at_most": 1},
        {"at_least": 1, "at_most": 1, "examples": -1},
        {"at_least": 1, "at_most": 1, "examples": None, "extra": 1},
        7,
    ],
)
def test_a_declaration_that_cannot_be_is_refused(declared: JsonValue) -> None:
    encoded = {**encode_dataset(DatasetRecord("a", Availability.PRESENT)), "declared": declared}

    with pytest.raises(TextError, match="declared") as caught:
        parse_dataset(reader(encoded))

    assert caught.value.code is Code.MANIFEST_SHAPE


@pytest.mark.parametrize("parse", [parse_source, parse_dataset, parse_closure])
def test_an_unknown_key_is_refused(parse: Callable[[Reader], object]) -> None:
    with pytest.raises(TextError, match="no such key") as caught:
        parse(reader({"extra": 1}))

    assert caught.value.code is Code.MANIFEST_SHAPE
