import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from provenance.errors import UsageError
from provenance.policy.file import KEYS, parse
from provenance.policy.schema import json_schema
from tests.policy.test_file import REFUSED, WHOLE

SCHEMA: dict[str, Any] = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)

# What a schema cannot say, or says of what is no TOML at all.
BEYOND = {
    *("demands nothing", "only a name", "half a line", "a key twice", "a table twice", "deep"),
    *("a huge number", "no such day", "a date", "a date inside", "an unprintable name"),
    *("the lack of a licence", "an unknown licence", "a schema with a point", "empty"),
    *("a byte order mark", "open in capitals"),
}


def objects(schema: object) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for one in schema.values():
            yield from objects(one)
    elif isinstance(schema, list):
        for one in schema:
            yield from objects(one)


def test_the_schema_is_one_and_no_object_may_have_other_keys() -> None:
    Draft202012Validator.check_schema(SCHEMA)

    assert set(SCHEMA["properties"]) == set(KEYS)
    assert all(one["additionalProperties"] is False for one in objects(SCHEMA))


def test_what_the_reader_reads_fits_the_schema() -> None:
    VALIDATOR.validate(tomllib.loads(WHOLE))


@pytest.mark.parametrize("name", sorted(REFUSED.keys() - BEYOND))
def test_what_the_reader_refuses_does_not_fit_the_schema(name: str) -> None:
    text, _ = REFUSED[name]

    with pytest.raises(UsageError):
        parse(text.encode())
    with pytest.raises(ValidationError):
        VALIDATOR.validate(tomllib.loads(text))
