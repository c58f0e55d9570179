"""The JSON Schema that comes with the package, held against the reader and the values."""

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any, cast

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator, ValidationError

from provenance.errors import TextError
from provenance.values.access import Access
from provenance.values.assessment import (
    Grade,
    OsaidOutcome,
    OsaidQuestion,
    OsaiParameter,
    Status,
)
from provenance.values.component import Component
from provenance.values.dataset import Availability
from provenance.values.evidence import EvidenceKind
from provenance.values.inventory import How, Kind
from provenance.values.label import Label, Stage
from provenance.values.license import Relation, Terms
from provenance.values.locator import LocatorKind
from provenance.values.manifest import Manifest
from provenance.values.next_step import Cost
from provenance.values.source import Confidence, HowPinned
from provenance.wire.manifest_v1 import PREDICATE_TYPE, encode_predicate, parse_predicate
from provenance.wire.scalars import JsonObject
from tests.building import MANIFEST
from tests.wire.manifests import MANIFESTS

SCHEMA: dict[str, Any] = json.loads(
    files("provenance.wire").joinpath("recipe-v0.1.schema.json").read_text("utf-8")
)
VALIDATOR = Draft202012Validator(SCHEMA)


def objects(schema: object) -> Iterator[dict[str, Any]]:
    """Yield every part of the schema that describes an object."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for one in schema.values():
            yield from objects(one)
    elif isinstance(schema, list):
        for one in schema:
            yield from objects(one)


def inner(predicate: JsonObject, *keys: str | int) -> JsonObject:
    found: Any = predicate
    for key in keys:
        found = found[key]
    return cast("JsonObject", found)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)

    assert SCHEMA["properties"]["schema"]["const"] == PREDICATE_TYPE
    assert SCHEMA["$id"] == f"{PREDICATE_TYPE}.schema.json"


def test_no_object_may_have_other_keys() -> None:
    loose = [one for one in objects(SCHEMA) if one.get("additionalProperties") is not False]

    assert loose == []


@given(MANIFESTS)
def test_every_manifest_fits_the_schema(manifest: Manifest) -> None:
    VALIDATOR.validate(encode_predicate(manifest))


@pytest.mark.parametrize(
    ("place", "values"),
    [
        (("report", "properties", "access"), Access),
        (("mofAnswer", "properties", "claimed"), Status),
        (("mofAnswer", "properties", "evidenced"), Status),
        (("osaidAnswer", "properties", "outcome"), OsaidOutcome),
        (("osaidAnswer", "properties", "question"), OsaidQuestion),
        (("osaiAnswer", "properties", "grade"), Grade),
        (("osaiAnswer", "properties", "parameter"), OsaiParameter),
        (("dataset", "properties", "availability"), Availability),
        (("evidence", "properties", "kind"), EvidenceKind),
        (("file", "properties", "kind"), Kind),
        (("file", "properties", "how"), How),
        (("label",), Label),
        (("terms",), Terms),
        (("inherited", "properties", "relation"), Relation),
        (("locator", "properties", "kind"), LocatorKind),
        (("source", "properties", "how_pinned"), HowPinned),
        (("source", "properties", "confidence"), Confidence),
    ],
)
def test_the_schema_lists_the_choices_that_the_values_have(
    place: tuple[str, ...], values: type[Label]
) -> None:
    assert inner(SCHEMA["$defs"], *place)["enum"] == [one.value for one in values]


def test_the_schema_lists_every_cost_of_a_next_step() -> None:
    assert SCHEMA["$defs"]["nextStep"]["properties"]["cost"]["enum"] == [one.title for one in Cost]


def test_the_schema_lists_every_component_and_stage() -> None:
    assert SCHEMA["$defs"]["component"]["enum"] == [one.id for one in Component]
    assert SCHEMA["properties"]["components"]["minItems"] == len(Component)
    assert set(SCHEMA["properties"]["scores"]["properties"]["stages"]["required"]) == set(Stage)


@pytest.mark.parametrize(
    ("place", "change"),
    [
        ((), {"extra": 1}),
        ((), {"schema": "https://example.org"}),
        ((), {"runs": [{}]}),
        ((), {"label": "safe"}),
        ((), {"components": []}),
        ((), {"inventory_complete": "yes"}),
        (("inventory", 0), {"sha256": "AB" * 32}),
        (("inventory", 0), {"size": -1}),
        (("inventory", 0), {"size": 2**53}),
        (("inventory", 0), {"claimed": {}}),
        (("inventory", 0), {"how": "guessed"}),
        (("components", 0), {"rung": 7}),
        (("components", 0), {"rung": "absent"}),
        (("components", 0), {"id": "magic"}),
        (("components", 0), {"next_step": {"action": "", "cost": "nothing", "rung": 1}}),
        (("components", 0), {"composition": {"parts": [], "total": 1}}),
        ((), {"assessments": [{"framework": "magic"}]}),
        (("components", 0, "license"), {"text": ""}),
        (("evidence", 0), {"captured_at": "2026-01-02"}),
        (("evidence", 0, "digest"), {"md5": "00"}),
        (("scores", "stages"), {"data": [0, 2]}),
        (("release",), {"uri": "org/name"}),
        (("tool",), {"digest": "ab" * 32}),
    ],
    ids=str,
)
def test_what_the_schema_refuses_the_reader_refuses(
    place: tuple[str | int, ...], change: JsonObject
) -> None:
    predicate = encode_predicate(MANIFEST)
    inner(predicate, *place).update(change)

    with pytest.raises(ValidationError):
        VALIDATOR.validate(predicate)
    with pytest.raises(TextError):
        parse_predicate(predicate)
