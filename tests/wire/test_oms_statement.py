import json

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from referencing import Registry
from referencing import Resource as Schema

from provenance.errors import Code, VerificationError
from provenance.values.digest import Algorithm, Digest
from provenance.values.model_signature import (
    Method,
    ModelSignature,
    Resource,
    Serialization,
    Span,
)
from provenance.values.path import RelPath
from provenance.values.tolerance import Tolerance
from provenance.wire.oms_statement import encode_model, model_signature, parse_model, root_of
from tests.model_signatures import SPECIFICATION, edited, payload, resource, statement

SCHEMAS = Registry().with_resources(
    (found["$id"], Schema.from_contents(found))
    for path in sorted((SPECIFICATION / "schemas" / "v1.0").iterdir())
    for found in [json.loads(path.read_bytes())]
)
STATEMENT_SCHEMA = jsonschema.Draft202012Validator(
    {"$ref": "https://model_signing/statement/v1.0/schema"}, registry=SCHEMAS
)

NAMES = st.text(st.sampled_from("ab:.-/ é"), min_size=1, max_size=8)
HASHES = st.sampled_from([Algorithm.SHA256, Algorithm.BLAKE2B, Algorithm.BLAKE3])


def path_of(name: str) -> RelPath | None:
    parts = [part for part in name.split("/") if part not in {"", ".", ".."}]
    return RelPath("/".join(parts)) if parts else None


@st.composite
def signatures(draw: st.DrawFn) -> ModelSignature:
    found = draw(st.lists(NAMES.map(path_of), min_size=1, max_size=6))
    paths = sorted({path for path in found if path} or {RelPath("a")})
    size = draw(st.none() | st.integers(1, 9))
    algorithm = draw(HASHES)
    resources = []
    for path in paths:
        length = draw(st.integers(1, 30)) if size else 1
        for start in range(0, length, size or 1):
            digest = Digest(algorithm, draw(st.binary(min_size=64, max_size=64))[: algorithm.size])
            span = Span(start, min(start + size, length)) if size else None
            resources.append(Resource(path, digest, span))
    method = Method.SHARDS if size else Method.FILES
    serialization = Serialization(method, algorithm, draw(st.booleans()), size, (RelPath("~"),))
    return model_signature("model", resources, serialization)


@given(signatures())
@settings(max_examples=50)
def test_a_statement_comes_back_and_fits_the_schema(signature: ModelSignature) -> None:
    data = encode_model(signature)

    assert parse_model(data) == signature
    assert encode_model(parse_model(data)) == data
    STATEMENT_SCHEMA.validate(json.loads(data))


def test_the_schema_would_refuse_another_statement() -> None:
    wrong = edited(statement(), ("predicate", "extra"), 1)

    assert not STATEMENT_SCHEMA.is_valid(wrong)


def test_the_order_and_the_workers_do_not_show() -> None:
    digest = Digest.sha256("ab" * 32)
    listed = [Resource(RelPath(name), digest) for name in ("b", "a/b", "a.b", "a")]

    first = model_signature("model", listed, Serialization())
    second = model_signature("model", reversed(listed), Serialization())

    assert encode_model(first) == encode_model(second)
    assert [one.name for one in first.resources] == ["a", "a.b", "a/b", "b"]


def test_the_root_is_over_digests_as_bytes() -> None:
    signature = parse_model(payload(statement(resource("a", b"a"), resource("b", b"b"))))

    assert signature.root == root_of(signature.resources)


def tolerated(value: object, *, legacy: bool = False) -> tuple[Tolerance, ...]:
    return parse_model(payload(value), legacy=legacy).tolerated


A, B = resource("a.b", b"a"), resource("a/b", b"b")


HOW_OTHERS_WRITE: list[tuple[object, tuple[Tolerance, ...]]] = [
    (statement(A, B), ()),
    (statement(B, A), (Tolerance.ORDER_BY_PARTS,)),
    (
        edited(statement(A), ("predicate", "resources", 0, "uri"), "x"),
        (Tolerance.RESOURCE_FIELDS,),
    ),
    (edited(statement(A), ("subject", 0, "uri"), "x"), (Tolerance.SUBJECT_FIELDS,)),
    (
        edited(statement(A), ("subject", 0, "digest", "sha512"), "x"),
        (Tolerance.SUBJECT_FIELDS,),
    ),
    (
        edited(statement(A), ("predicate", "serialization", "ignore_paths"), None),
        (Tolerance.IGNORE_ABSENT,),
    ),
    (
        edited(statement(A), ("predicateType",), "https://model_signing/signature/v1.3"),
        (Tolerance.PREDICATE_MINOR,),
    ),
    (statement(resource(".", b"a")), (Tolerance.SINGLE_FILE_DOT,)),
    (
        statement(resource("a:0:1", b"a"), method="shards", shard_size=1.0),
        (Tolerance.SHARD_SIZE_FLOAT,),
    ),
    (
        statement(
            {**resource("a:0:1", b"a"), "algorithm": "sha256-sharded-1"},
            method="shards",
            shard_size=1,
        ),
        (Tolerance.SHARDED_ALGORITHM,),
    ),
    (
        statement(
            *(resource(f"a:{at}:{at + 1}", b"a") for at in range(11)),
            method="shards",
            shard_size=1,
        ),
        (Tolerance.ORDER_BY_PARTS,),
    ),
    (
        statement(
            resource("a.b:0:1", b"a"),
            *(resource(f"a/b:{at}:{at + 1}", b"a") for at in range(11)),
            method="shards",
            shard_size=1,
        ),
        (Tolerance.ORDER_BY_OFFSETS,),
    ),
]


@pytest.mark.parametrize(("value", "expected"), HOW_OTHERS_WRITE)
def test_how_others_write_is_read_and_told(value: object, expected: tuple[Tolerance, ...]) -> None:
    assert tolerated(value) == expected


@pytest.mark.parametrize("algorithm", ["sha256-sharded-2", "blake2b-sharded-1", "sha256-sharded-"])
def test_shards_of_another_size_or_hash_are_not_these(algorithm: str) -> None:
    value = statement(
        {**resource("a:0:1", b"a"), "algorithm": algorithm}, method="shards", shard_size=1
    )

    with pytest.raises(VerificationError) as caught:
        parse_model(payload(value))

    assert caught.value.code is Code.OMS_ALGORITHM


def test_a_colon_in_a_name_is_no_offset() -> None:
    value = statement(resource("a:1:2:0:1", b"a"), method="shards", shard_size=1)

    (found,) = parse_model(payload(value)).resources

    assert found.path == RelPath("a:1:2")
    assert found.span == Span(0, 1)


def legacy(*subjects: object) -> object:
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": list(subjects),
        "predicateType": "https://model_signing/Digests/v0.1",
        "predicate": {"unused": ""},
    }


ONE = {
    "name": "a",
    "digest": {"sha256": "ab" * 32},
    "annotations": {"actual_hash_algorithm": "file-sha256"},
}


def test_statements_of_model_signing_0_2_are_read_when_they_were_signed_so() -> None:
    signature = parse_model(payload(legacy(ONE)), legacy=True)

    assert signature.root is None
    assert signature.resources == (Resource(RelPath("a"), Digest.sha256("ab" * 32)),)
    assert signature.tolerated == (Tolerance.LEGACY,)


@pytest.mark.parametrize(
    ("value", "signed_so", "code"),
    [
        (legacy(ONE), False, Code.PREDICATE_TYPE),
        (statement(), True, Code.PREDICATE_TYPE),
        (legacy(), True, Code.OMS_NO_RESOURCES),
        (legacy(ONE, ONE), True, Code.OMS_DUPLICATE),
        (legacy({**ONE, "name": "../a"}), True, Code.OMS_NAME),
        (legacy({**ONE, "digest": {"sha256": "ab"}}), True, Code.OMS_DIGEST),
        (legacy({**ONE, "digest": {"sha256": "ab" * 32, "md5": ""}}), True, Code.OMS_SHAPE),
    ],
)
def test_the_two_kinds_of_statements_are_not_mixed(
    value: object, code: Code, *, signed_so: bool
) -> None:
    with pytest.raises(VerificationError) as caught:
        parse_model(payload(value), legacy=signed_so)

    assert caught.value.code is code


def test_nothing_is_no_model() -> None:
    with pytest.raises(VerificationError) as caught:
        model_signature("model", (), Serialization())

    assert caught.value.code is Code.OMS_NO_RESOURCES
