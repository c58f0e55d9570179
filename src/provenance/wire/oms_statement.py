"""The statement of a model signature (OMS v1.0): what is signed, as bytes, and back.

https://github.com/ossf/model-signing-spec/blob/main/spec/v1.0.md
"""

import hashlib
import re
from collections.abc import Iterable

from provenance.errors import Code, InvalidValueError, TextError, VerificationError
from provenance.text.budget import Budget
from provenance.text.canonical_json import Encodable, encode
from provenance.text.shape import Reader
from provenance.text.strict_json import parse
from provenance.values.digest import Algorithm, Digest
from provenance.values.model_signature import (
    HASH_TYPES,
    Method,
    ModelSignature,
    Resource,
    Serialization,
)
from provenance.values.path import RelPath
from provenance.values.tolerance import Tolerance
from provenance.wire.foreign_bundles import MODEL, by_predicate
from provenance.wire.in_toto import STATEMENT_TYPE
from provenance.wire.oms_ignore import require_not_listed
from provenance.wire.oms_resources import (
    parse_digest_text,
    parse_path,
    parse_resources,
    require_distinct,
)

PREDICATE_TYPE = "https://model_signing/signature/v1.0"
LEGACY_PREDICATE_TYPE = "https://model_signing/Digests/v0.1"
# Room for the million files, or parts of files, that an inventory may have.
BUDGET = Budget(bytes=512 * 2**20, depth=16, items=16_000_000)

_LATER = re.compile(r"https://model_signing/signature/v1\.(0|[1-9][0-9]{0,3})")
# The specification forbids them in ignore_paths, since verifiers would differ about them.
_PATTERN = frozenset("*?[\\")


def root_of(resources: Iterable[Resource]) -> Digest:
    """Return the SHA-256 over the raw digests, in their order, whatever algorithm gave them."""
    joined = b"".join(resource.digest.value for resource in resources)
    return Digest(Algorithm.SHA256, hashlib.sha256(joined).digest())


def model_signature(
    name: str, resources: Iterable[Resource], serialization: Serialization
) -> ModelSignature:
    """Return what a signature says about these resources, in the order of code points of names.

    Raises:
        VerificationError: OMS_NO_RESOURCES: no signature is about nothing.
    """
    listed = tuple(sorted(resources, key=lambda resource: resource.name))
    if not listed:
        raise _nothing()
    return ModelSignature(name, root_of(listed), listed, serialization)


def encode_model(signature: ModelSignature) -> bytes:
    """Return the canonical bytes (RFC 8785) of the statement.

    Raises:
        TextError: JSON_INT for an offset beyond 2**53 - 1.
    """
    root = signature.root or root_of(signature.resources)
    return encode(
        {
            "_type": STATEMENT_TYPE,
            "predicate": {
                "resources": [
                    {
                        "algorithm": one.digest.algorithm.value,
                        "digest": one.digest.hex,
                        "name": one.name,
                    }
                    for one in signature.resources
                ],
                "serialization": _encode_serialization(signature.serialization),
            },
            "predicateType": PREDICATE_TYPE,
            "subject": [{"digest": {"sha256": root.hex}, "name": signature.name}],
        }
    )


def parse_model(data: bytes, *, legacy: bool = False) -> ModelSignature:
    """Read a statement about a model; the inverse of :func:`encode_model`, for any JSON of it.

    Args:
        data: the payload, whose signature holds.
        legacy: whether it was signed over the encoding of model signing 0.2.0, whose statements
            are of another kind.

    Raises:
        VerificationError: the strict reader's codes (JSON_DUP_KEY, JSON_BOM, JSON_TRAILING and
            others); STATEMENT_TYPE, PREDICATE_TYPE, STATEMENT_SUBJECT; OMS_SHAPE, OMS_NO_RESOURCES,
            OMS_NAME and the codes of names, OMS_DUPLICATE, OMS_TWIN, OMS_ORDER, OMS_DIGEST,
            OMS_ROOT, OMS_ALGORITHM, OMS_SHARDS, OMS_IGNORE.
    """
    try:
        return _parse(data, legacy=legacy)
    except (TextError, InvalidValueError) as cause:
        raise VerificationError(
            f"the signed statement says nothing that holds: {cause.what}",
            hint="ask the signer for a new signature",
            code=cause.code,
        ) from cause


def _parse(data: bytes, *, legacy: bool) -> ModelSignature:
    reader = Reader.of(parse(data, budget=BUDGET), code=Code.OMS_SHAPE)
    reader.only_keys("_type", "predicate", "predicateType", "subject")
    if reader.text("_type") != STATEMENT_TYPE:
        raise _other("_type", reader.text("_type"), STATEMENT_TYPE, Code.STATEMENT_TYPE)
    found = reader.text("predicateType")
    expected = LEGACY_PREDICATE_TYPE if legacy else PREDICATE_TYPE
    later = () if legacy or found == expected else (Tolerance.PREDICATE_MINOR,)
    if not (_LATER.fullmatch(found) if later else found == expected):
        raise _other("predicateType", found, expected, Code.PREDICATE_TYPE)
    signature = _parse_legacy(reader) if legacy else _parse_current(reader)
    return ModelSignature(
        signature.name,
        signature.root,
        signature.resources,
        signature.serialization,
        (*later, *signature.tolerated),
    )


def _parse_current(reader: Reader) -> ModelSignature:
    subject, root, noted = _parse_subject(reader)
    predicate = reader.object("predicate")
    predicate.only_keys("resources", "serialization")
    serialization, tolerated = _parse_serialization(predicate.object("serialization"))
    resources, more = parse_resources(predicate, serialization, subject)
    if not resources:
        raise _nothing()
    if root_of(resources) != root:
        raise _wrong_root()
    require_not_listed(serialization.ignore_paths, (one.path for one in resources))
    return ModelSignature(subject, root, resources, serialization, (*noted, *tolerated, *more))


def _parse_subject(reader: Reader) -> tuple[str, Digest, tuple[Tolerance, ...]]:
    subjects = reader.objects("subject")
    if len(subjects) != 1:
        raise _no_subject(f"it has {len(subjects)} subjects, not one")
    subject = subjects[0]
    digests = subject.object("digest")
    name = subject.text("name")
    if not name or not digests.has("sha256"):
        raise _no_subject("its subject has no name or no SHA-256")
    root = parse_digest_text(digests, "sha256", Algorithm.SHA256)
    extra = subject.values.keys() - {"name", "digest"} or digests.values.keys() - {"sha256"}
    return name, root, (Tolerance.SUBJECT_FIELDS,) if extra else ()


def _parse_serialization(reader: Reader) -> tuple[Serialization, tuple[Tolerance, ...]]:
    reader.only_keys("allow_symlinks", "hash_type", "ignore_paths", "method", "shard_size")
    method = reader.choice("method", Method)
    hash_type = _algorithm(reader)
    size: int | None = None
    noted: list[Tolerance] = []
    if method is Method.SHARDS:
        number = reader.number("shard_size")
        if isinstance(number, float):
            noted.append(Tolerance.SHARD_SIZE_FLOAT)
        if number != int(number) or not 0 < number < 2**53:
            raise reader.wrong("shard_size", f"{number} is no size in bytes")
        size = int(number)
    elif reader.has("shard_size"):
        raise reader.wrong("shard_size", "files that are hashed whole have none")
    if not reader.has("ignore_paths"):
        noted.append(Tolerance.IGNORE_ABSENT)
    ignored = reader.texts("ignore_paths") if reader.has("ignore_paths") else ()
    symlinks = reader.boolean("allow_symlinks")
    paths = tuple(_ignored_path(text) for text in ignored)
    return Serialization(method, hash_type, symlinks, size, paths), tuple(noted)


def _ignored_path(text: str) -> RelPath:
    if set(text) & _PATTERN:
        raise _no_path(f"{text[:120]!a} is a pattern")
    try:
        return RelPath(text)
    except InvalidValueError as cause:
        raise _no_path(cause.what) from cause


def _algorithm(reader: Reader) -> Algorithm:
    text = reader.text("hash_type")
    found = next((one for one in HASH_TYPES if one.value == text), None)
    if found is None:
        raise VerificationError(
            f"files were hashed with {text[:80]!a}, which no model signature uses",
            hint=f"ask for a signature over {', '.join(HASH_TYPES)}",
            code=Code.OMS_ALGORITHM,
        )
    return found


def _parse_legacy(reader: Reader) -> ModelSignature:
    """Read a statement of model signing 0.2.0: its files are the subjects, and there is no root."""
    resources = []
    for subject in reader.objects("subject"):
        subject.only_keys("annotations", "digest", "name")
        digests = subject.object("digest")
        digests.only_keys("sha256")
        digest = parse_digest_text(digests, "sha256", Algorithm.SHA256)
        resources.append(Resource(parse_path(subject, subject.text("name")), digest))
    if not resources:
        raise _nothing()
    require_distinct(resources)
    return ModelSignature("", None, tuple(resources), Serialization(), (Tolerance.LEGACY,))


def _encode_serialization(serialization: Serialization) -> dict[str, Encodable]:
    found: dict[str, Encodable] = {
        "allow_symlinks": serialization.allow_symlinks,
        "hash_type": serialization.hash_type.value,
        "ignore_paths": sorted(path.text for path in serialization.ignore_paths),
        "method": serialization.method.value,
    }
    if serialization.shard_size is not None:
        found["shard_size"] = serialization.shard_size
    return found


def _other(key: str, found: str, expected: str, code: Code) -> VerificationError:
    hint = "give the signature of a model"
    if key == "predicateType":
        other = by_predicate(found)
        hint = hint if other is MODEL else f"this is {other.what}; {other.hint}"
    return VerificationError(f"{key} is {found[:120]!a}, not {expected}", hint=hint, code=code)


def _no_path(what: str) -> VerificationError:
    return VerificationError(
        f"ignore_paths holds what is no path inside the model: {what}",
        hint="do not trust this signature: it may cover nothing",
        code=Code.OMS_IGNORE,
    )


def _no_subject(what: str) -> VerificationError:
    return VerificationError(
        f"the statement is not about one model: {what}",
        hint="give the signature of a model",
        code=Code.STATEMENT_SUBJECT,
    )


def _wrong_root() -> VerificationError:
    return VerificationError(
        "the subject's digest is not the one over the listed files",
        hint="ask the signer for a new signature",
        code=Code.OMS_ROOT,
    )


def _nothing() -> VerificationError:
    return VerificationError(
        "the statement lists no file: it would hold for any model",
        hint="ask the signer for a new signature",
        code=Code.OMS_NO_RESOURCES,
    )
