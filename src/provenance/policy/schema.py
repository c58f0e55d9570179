"""The policy file as a JSON Schema, made from the values that it names: never behind them."""

from collections.abc import Iterable
from enum import StrEnum

from provenance.policy.file import LABELS, LONGEST_NAME, MOST_DAYS, SCHEMA, SPDX_ID
from provenance.text.strict_json import JsonValue
from provenance.values.component import Component
from provenance.values.hazard import FINDINGS
from provenance.values.label import Qualifier
from provenance.values.policy import MOF_CLASSES, OBSERVED, OnUnknown, Scope
from provenance.values.reproduction import Reproduction
from provenance.values.rung import Rung

SCHEMA_ID = "https://provenance-verifier/policy/v1.schema.json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FINGERPRINT = "^sha256:[0-9a-f]{64}$"

JsonObject = dict[str, JsonValue]


def json_schema() -> JsonObject:
    """Return the schema; editors that check TOML against one can use it as it is."""
    return {
        "$id": SCHEMA_ID,
        "$schema": _DIALECT,
        "title": "A policy of provenance-verifier",
        **_object(
            {
                "schema": {"const": SCHEMA},
                "name": {"type": "string", "maxLength": LONGEST_NAME},
                "unknown": _one_of(OnUnknown),
                "label": _one_of(LABELS),
                "forbid-qualifiers": _some_of(Qualifier),
                "mof-class": {"enum": list(MOF_CLASSES)},
                "forbid-hazards": _some_of(FINDINGS),
                "hazards-in": _one_of(Scope),
                "digest-evidence": _list({"enum": [one.value for one in OBSERVED]}),
                "reproduction": _some_of(Reproduction),
                "max-audit-age-days": _days(),
                "max-signature-age-days": _days(),
                "exact-revision": {"type": "boolean"},
                "same-modes": {"type": "boolean"},
                "rungs": _by_component(_between(Rung.CLAIMED, Rung.REPRODUCED)),
                "licenses": _by_component(
                    _list({"type": "string", "pattern": _whole(SPDX_ID.pattern)})
                ),
                "signers": _signers(),
            }
        ),
        "required": ["schema"],
        "dependentRequired": {"hazards-in": ["forbid-hazards"]},
    }


def _signers() -> JsonObject:
    digest: JsonObject = {"type": "string", "pattern": _FINGERPRINT}
    text: JsonObject = {"type": "string", "minLength": 1}
    kinds: tuple[tuple[str, JsonObject, JsonObject, list[JsonValue]], ...] = (
        ("key", digest, {}, []),
        ("certificate", text, {"root": digest}, []),
        ("certificate-pattern", text, {"root": digest}, []),
        ("identity", text, {"issuer": text}, ["issuer"]),
        ("identity-pattern", text, {"issuer": text}, ["issuer"]),
    )
    signers: list[JsonValue] = [
        {**_object({kind: value, **beside}), "required": [kind, *required]}
        for kind, value, beside, required in kinds
    ]
    number: JsonObject = {"type": "integer", "minimum": 1}
    require: JsonObject = {"anyOf": [{"enum": ["any", "all"]}, number]}
    accept = _list({"oneOf": signers})
    return {**_object({"require": require, "accept": accept}), "required": ["accept"]}


def _object(properties: JsonObject) -> JsonObject:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _list(items: JsonObject) -> JsonObject:
    return {"type": "array", "items": items, "minItems": 1, "uniqueItems": True}


def _one_of(choices: Iterable[StrEnum]) -> JsonObject:
    return {"enum": [one.value for one in choices]}


def _some_of(choices: Iterable[StrEnum]) -> JsonObject:
    return _list(_one_of(choices))


def _days() -> JsonObject:
    return _between(1, MOST_DAYS)


def _between(least: int, most: int) -> JsonObject:
    return {"type": "integer", "minimum": int(least), "maximum": int(most)}


def _by_component(value: JsonObject) -> JsonObject:
    return _object({one.id: value for one in Component})


def _whole(pattern: str) -> str:
    return f"^(?:{pattern})$"
