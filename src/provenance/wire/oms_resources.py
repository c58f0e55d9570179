"""The resources of a model signature: names, digests, and the order that they stand in."""

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

import attrs

from provenance.errors import Code, InvalidValueError, VerificationError
from provenance.text.shape import Reader
from provenance.values.digest import Algorithm, Digest
from provenance.values.model_signature import Method, Resource, Serialization, Span
from provenance.values.path import RelPath
from provenance.values.tolerance import Tolerance

# At the last two colons, because a file's name may hold colons itself; no leading zeros.
_SHARD = re.compile(r"(.+):(0|[1-9][0-9]{0,15}):([1-9][0-9]{0,15})", re.DOTALL)
_SHARDED = re.compile(r"([a-z0-9]+)-sharded-([1-9][0-9]{0,15})")
_FIELDS = frozenset({"algorithm", "digest", "name"})
# How signers before 1.1.2 name the resource of a model that is one file.
_DOT = "."

_Order: TypeAlias = Callable[[Resource], tuple[str, int]]


@attrs.frozen
class _Context:
    """What every resource of a statement has to agree with."""

    serialization: Serialization
    subject: str


def parse_resources(
    predicate: Reader, serialization: Serialization, subject: str
) -> tuple[tuple[Resource, ...], tuple[Tolerance, ...]]:
    """Read the resources of a predicate, and how they differ from what is written today.

    Raises:
        VerificationError: OMS_NAME and the codes of names, OMS_DIGEST, OMS_ALGORITHM,
            OMS_DUPLICATE, OMS_TWIN, OMS_ORDER, OMS_SHARDS.
        TextError: for what has not the shape of a resource.
    """
    context = _Context(serialization, subject)
    noted: dict[Tolerance, None] = {}
    readers = predicate.objects("resources")
    alone = len(readers) == 1 or serialization.method is Method.SHARDS
    resources = tuple(_resource(reader, context, noted, alone=alone) for reader in readers)
    require_distinct(resources)
    _note_order(resources, noted)
    if serialization.shard_size is not None:
        _require_whole(resources, serialization.shard_size)
    return resources, tuple(noted)


def parse_digest_text(reader: Reader, key: str, algorithm: Algorithm) -> Digest:
    """Read the digits of a digest: lowercase, and as many as the algorithm gives.

    Raises:
        VerificationError: OMS_DIGEST.
    """
    text = reader.text(key)
    try:
        return Digest.parse(f"{algorithm}:{text}")
    except InvalidValueError as cause:
        raise VerificationError(
            f"{reader.at(key)}: {text[:140]!a} is no {algorithm} digest in lowercase digits",
            hint="ask the signer for a new signature",
            code=Code.OMS_DIGEST,
        ) from cause


def _resource(
    reader: Reader, context: _Context, noted: dict[Tolerance, None], *, alone: bool
) -> Resource:
    if reader.values.keys() - _FIELDS:
        noted[Tolerance.RESOURCE_FIELDS] = None
    algorithm = context.serialization.hash_type
    named = reader.text("algorithm")
    if named != algorithm.value:
        _require_sharded_name(reader, named, context.serialization)
        noted[Tolerance.SHARDED_ALGORITHM] = None
    digest = parse_digest_text(reader, "digest", algorithm)
    name, span = reader.text("name"), None
    if context.serialization.method is Method.SHARDS:
        name, span = _split(reader, name)
    if name == _DOT and alone:
        noted[Tolerance.SINGLE_FILE_DOT] = None
        name = context.subject
    return Resource(parse_path(reader, name), digest, span)


def parse_path(reader: Reader, name: str) -> RelPath:
    """Return the path that a name under ``name`` in a statement stands for.

    Raises:
        VerificationError: OMS_NAME, and the codes of names that no release may have.
    """
    if "\\" in name:
        raise _no_name(f"{reader.at('name')}: {name[:120]!a} holds a backslash", Code.OMS_NAME)
    try:
        return RelPath(name)
    except InvalidValueError as cause:
        code = Code.OMS_NAME if cause.code is Code.NAME else cause.code
        raise _no_name(f"{reader.at('name')}: {cause.what}", code) from cause


def _require_sharded_name(reader: Reader, named: str, serialization: Serialization) -> None:
    found = _SHARDED.fullmatch(named)
    expected = (serialization.hash_type.value, str(serialization.shard_size))
    if found is None or found.groups() != expected:
        raise VerificationError(
            f"{reader.at('algorithm')}: {named[:80]!a} is not {serialization.hash_type}",
            hint="ask the signer for a new signature",
            code=Code.OMS_ALGORITHM,
        )


def _split(reader: Reader, name: str) -> tuple[str, Span]:
    found = _SHARD.fullmatch(name)
    if found is None:
        raise _no_shard(f"{reader.at('name')}: {name[:120]!a} is not path:start:end")
    return found[1], Span(int(found[2]), int(found[3]))


def require_distinct(resources: Sequence[Resource]) -> None:
    """Refuse a name that is listed twice, and two that are one where case is ignored.

    Raises:
        VerificationError: OMS_DUPLICATE, OMS_TWIN.
    """
    if len({one.name for one in resources}) != len(resources):
        raise VerificationError(
            "a name is listed twice", hint="ask for a new signature", code=Code.OMS_DUPLICATE
        )
    folded: dict[str, RelPath] = {}
    for path in {one.path for one in resources}:
        other = folded.setdefault(path.text.casefold(), path)
        if other != path:
            first, second = sorted((other.text, path.text))
            raise VerificationError(
                f"{first[:120]!a} and {second[:120]!a} are one file where case is ignored",
                hint="ask the publisher to rename one of them",
                code=Code.OMS_TWIN,
            )


def _note_order(resources: Sequence[Resource], noted: dict[Tolerance, None]) -> None:
    """Find the order that the resources stand in; all signers sort in one of these."""
    orders: tuple[tuple[Tolerance | None, _Order], ...] = (
        (None, lambda one: (one.name, 0)),
        # No name holds a zero character: it sorts before all that may follow a part of a path.
        (Tolerance.ORDER_BY_PARTS, lambda one: (one.path.text.replace("/", "\0"), _start(one))),
        (Tolerance.ORDER_BY_OFFSETS, lambda one: (one.path.text, _start(one))),
    )
    for tolerance, order in orders:
        if list(resources) == sorted(resources, key=order):
            if tolerance:
                noted[tolerance] = None
            return
    raise VerificationError(
        "the resources are in no order that a signer sorts them in",
        hint="ask the signer for a new signature",
        code=Code.OMS_ORDER,
    )


def _start(resource: Resource) -> int:
    return resource.span.start if resource.span else 0


def _require_whole(resources: Sequence[Resource], size: int) -> None:
    """Refuse shards that leave a gap, overlap, or are not all of one size but the last."""
    spans: dict[RelPath, list[Span]] = {}
    for path, span in [(one.path, one.span) for one in resources if one.span]:
        spans.setdefault(path, []).append(span)
    for path, found in spans.items():
        found.sort(key=lambda span: span.start)
        for index, span in enumerate(found):
            last = index + 1 == len(found)
            fits = 0 < span.end - span.start <= size if last else span.end - span.start == size
            if span.start != index * size or not fits:
                raise _no_shard(f"the parts of {path.text[:200]!a} are not {size} bytes each")


def _no_name(what: str, code: Code) -> VerificationError:
    hint = "ask the signer for a signature with relative names, '/' between their parts"
    return VerificationError(what, hint=hint, code=code)


def _no_shard(what: str) -> VerificationError:
    return VerificationError(what, hint="ask the signer for a new signature", code=Code.OMS_SHARDS)
