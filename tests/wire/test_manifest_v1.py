from typing import cast

import attrs
import pytest
from hypothesis import given

from provenance.errors import Code, InvalidValueError, TextError
from provenance.text.canonical_json import encode, parse_canonical
from provenance.text.strict_json import JsonValue
from provenance.values.manifest import Manifest
from provenance.values.ref import Ref
from provenance.wire.manifest_v1 import PREDICATE_TYPE, encode_predicate, parse_predicate
from provenance.wire.scalars import JsonObject
from tests.building import MANIFEST, REF
from tests.wire.manifests import MANIFESTS


@given(MANIFESTS)
def test_a_manifest_comes_back_through_canonical_bytes(manifest: Manifest) -> None:
    data = encode(encode_predicate(manifest))

    found = parse_predicate(parse_canonical(data))

    assert found == manifest
    assert encode(encode_predicate(found)) == data


def test_the_predicate_has_every_key_of_the_contract() -> None:
    predicate = encode_predicate(MANIFEST)

    assert predicate["schema"] == PREDICATE_TYPE
    assert predicate["release"] == {
        "resolved_at": "2026-01-02T03:04:05Z",
        "revision": "c" * 40,
        "uri": "hf:org/name",
    }
    assert sorted(predicate) == [
        *("assessments", "assurance", "closure", "components", "datasets", "evidence", "hazards"),
        *("inventory", "inventory_complete", "label", "label_at_most", "label_qualifiers"),
        *("label_rubric", "limits", "profile", "release", "runs", "schema", "scores", "sources"),
        "tool",
    ]


def test_a_release_without_a_revision_says_null() -> None:
    manifest = attrs.evolve(
        MANIFEST,
        release=attrs.evolve(MANIFEST.release, ref=Ref.parse("local:a folder"), origin="http://a"),
    )

    predicate = encode_predicate(manifest)

    assert predicate["release"] == {
        "origin": "http://a",
        "resolved_at": "2026-01-02T03:04:05Z",
        "revision": None,
        "uri": "local:a folder",
    }
    assert parse_predicate(predicate) == manifest


@pytest.mark.parametrize("key", sorted(encode_predicate(MANIFEST)))
def test_a_predicate_without_one_of_its_keys_is_refused(key: str) -> None:
    predicate = encode_predicate(MANIFEST)
    del predicate[key]

    with pytest.raises(TextError, match=f"{key}: it is missing") as caught:
        parse_predicate(predicate)

    assert caught.value.code is Code.MANIFEST_SHAPE


@pytest.mark.parametrize(
    "change",
    [
        {"assurance": "certain"},
        {"extra": 1},
        {"hazards": [{"code": "NEW", "detail": "", "path": ""}]},
        {"label": "safe"},
        {"label_qualifiers": ["fast"]},
        {"limits": [{"code": "EMPTY", "what": ""}]},
        {"profile": {}},
        {"runs": [{}]},
        {"schema": "https://provenance-verifier/recipe/v9"},
        {"tool": {"name": "a", "version": "1"}},
    ],
    ids=str,
)
def test_a_predicate_that_cannot_be_is_refused(change: JsonObject) -> None:
    with pytest.raises(TextError) as caught:
        parse_predicate({**encode_predicate(MANIFEST), **change})

    assert caught.value.code is Code.MANIFEST_SHAPE


@pytest.mark.parametrize(
    "change",
    [
        {"uri": "org/name"},
        {"uri": "hf:org/name@main"},
        {"uri": "ftp:org/name"},
        {"uri": "hf:../name"},
        {"revision": "a b"},
        {"origin": None},
        {"proven_by_git": False},
        {"proven_by_git": 1},
        {"resolved_at": "yesterday"},
        {"extra": 1},
    ],
    ids=str,
)
def test_a_release_that_cannot_be_is_refused(change: JsonObject) -> None:
    predicate = encode_predicate(MANIFEST)
    release = cast("JsonObject", predicate["release"])

    with pytest.raises(TextError, match=r"^predicate\.release\.") as caught:
        parse_predicate({**predicate, "release": {**release, **change}})

    assert caught.value.code is Code.MANIFEST_SHAPE


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(TextError) as caught:
        parse_predicate([])

    assert caught.value.code is Code.MANIFEST_SHAPE


def test_a_manifest_without_its_components_is_not_written() -> None:
    with pytest.raises(InvalidValueError) as caught:
        encode_predicate(attrs.evolve(MANIFEST, components=()))

    assert caught.value.code is Code.VALUE


def test_half_of_a_character_is_never_written() -> None:
    release = attrs.evolve(MANIFEST.release, ref=REF, origin="\ud800")

    with pytest.raises(TextError) as caught:
        encode(encode_predicate(attrs.evolve(MANIFEST, release=release)))

    assert caught.value.code is Code.JSON_ENCODING


def test_a_replay_says_so_in_one_field_and_nothing_else_does() -> None:
    replayed = encode_predicate(attrs.evolve(MANIFEST, replayed=True))

    assert "replayed" not in encode_predicate(MANIFEST)
    assert replayed == {**encode_predicate(MANIFEST), "replayed": True}
    assert parse_predicate(replayed).replayed
    assert not parse_predicate(encode_predicate(MANIFEST)).replayed


@pytest.mark.parametrize("said", [False, None, 1, "true"])
def test_a_field_that_says_of_a_manifest_that_it_is_no_replay_is_refused(said: JsonValue) -> None:
    with pytest.raises(TextError) as caught:
        parse_predicate({**encode_predicate(MANIFEST), "replayed": said})

    assert caught.value.code is Code.MANIFEST_SHAPE
