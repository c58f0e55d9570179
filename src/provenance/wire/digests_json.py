"""A list of digests as JSON: whole, or one part of a work that several do."""

from provenance.errors import Code
from provenance.text.budget import Budget
from provenance.text.shape import Reader
from provenance.text.strict_json import parse as parse_json
from provenance.values.digest import Algorithm, Digest
from provenance.values.digest_list import DigestList, Row, Share, Trouble
from provenance.values.inventory import How
from provenance.values.tensor_digest import TensorDigest
from provenance.values.weights import DType
from provenance.wire.scalars import (
    JsonObject,
    encode_sha256,
    nullable,
    parse_sha256,
    sensible,
    whole,
)

VERSION = "provenance digests v1"
# A million files: the reader is given what the caller named.
_BUDGET = Budget(bytes=2**30, items=32_000_000)


def encode_digests(found: DigestList) -> JsonObject:
    """Return a list as JSON; digests are lowercase hexadecimal digits, by algorithm."""
    names = [one.value for one in found.algorithms]
    encoded: JsonObject = {
        "version": VERSION,
        "algorithms": list(names),
        "clean": found.clean,
        "files": [
            {
                "digests": dict(zip(names, (one.hex() for one in row.digests), strict=True)),
                "how": row.how.value,
                "path": row.path,
                "size": row.size,
            }
            for row in found.rows
        ],
        "troubles": [encode_trouble(one) for one in found.troubles],
    }
    if found.tensors is not None:
        encoded["tensors"] = [_encode_tensor(one) for one in found.tensors]
        encoded["tensor_root"] = encode_sha256(found.tensor_root) if found.tensor_root else None
    if found.share:
        encoded["part"] = {
            "count": found.share.count,
            "listing": found.share.listing.hex,
            "number": found.share.number,
        }
    return encoded


def _encode_tensor(one: TensorDigest) -> JsonObject:
    return {
        "dtype": one.dtype.label,
        "name": one.name,
        "sha256": one.digest.hex,
        "shape": list(one.shape),
    }


def encode_trouble(trouble: Trouble) -> JsonObject:
    """Return a path of which nothing is known, and why."""
    return {"code": trouble.code.value, "path": trouble.path, "what": trouble.what}


def parse_digests(data: bytes) -> DigestList:
    """Read a list; the inverse of :func:`encode_digests`.

    Raises:
        TextError: JSON codes; DIGESTS_SHAPE for JSON that is no such list.
    """
    reader = Reader.of(parse_json(data, budget=_BUDGET), code=Code.DIGESTS_SHAPE)
    reader.only_keys(
        *("algorithms", "clean", "files", "part", "tensor_root", "tensors", "troubles", "version")
    )
    if reader.text("version") != VERSION:
        raise reader.wrong("version", f"it is not {VERSION!r}")
    algorithms = tuple(_algorithm(reader, name) for name in reader.texts("algorithms"))
    if not algorithms or len(set(algorithms)) != len(algorithms):
        raise reader.wrong("algorithms", "they are none, or one is there twice")
    troubles = tuple(_trouble(one) for one in reader.objects("troubles"))
    if reader.boolean("clean") == bool(troubles):
        raise reader.wrong("clean", "it contradicts the troubles")
    rows = tuple(_row(one, algorithms) for one in reader.objects("files"))
    tensors, root = _tensors(reader)
    with sensible(reader, "files"):
        return DigestList(
            algorithms, rows, troubles, _share(reader), tensors=tensors, tensor_root=root
        )


def _tensors(reader: Reader) -> tuple[tuple[TensorDigest, ...] | None, Digest | None]:
    """Read the tensors, if they were asked for; whether the root is theirs is not computed here."""
    if not reader.has("tensors"):
        if reader.has("tensor_root"):
            raise reader.wrong("tensor_root", "its tensors are not there")
        return None, None
    tensors = tuple(_tensor(one) for one in reader.objects("tensors"))
    return tensors, nullable(reader, "tensor_root", parse_sha256)


def _tensor(reader: Reader) -> TensorDigest:
    reader.only_keys("dtype", "name", "sha256", "shape")
    dtype = next((one for one in DType if one.label == reader.text("dtype")), None)
    if dtype is None:
        raise reader.wrong("dtype", "it is none of safetensors")
    shape = tuple(it for it in reader.array("shape") if type(it) is int and it >= 0)
    if len(shape) != len(reader.array("shape")):
        raise reader.wrong("shape", "a side is no whole number")
    with sensible(reader, "sha256"):
        digest = Digest.parse(f"sha256:{reader.text('sha256')}")
    return TensorDigest(reader.text("name"), dtype, shape, digest)


def _algorithm(reader: Reader, name: str) -> Algorithm:
    found = next((one for one in Algorithm if one.value == name), None)
    if found is None:
        raise reader.wrong("algorithms", f"{name[:40]!a} is none that this version knows")
    return found


def _row(reader: Reader, algorithms: tuple[Algorithm, ...]) -> Row:
    reader.only_keys("digests", "how", "path", "size")
    digests = reader.object("digests")
    digests.only_keys(*algorithms)
    with sensible(digests, "digests"):
        values = tuple(Digest.parse(f"{one}:{digests.text(one)}").value for one in algorithms)
    return Row(reader.text("path"), whole(reader, "size"), reader.choice("how", How), values)


def _trouble(reader: Reader) -> Trouble:
    reader.only_keys("code", "path", "what")
    return Trouble(reader.text("path"), reader.choice("code", Code), reader.text("what"))


def _share(reader: Reader) -> Share | None:
    part = reader.optional_object("part")
    if part is None:
        return None
    part.only_keys("count", "listing", "number")
    with sensible(part, "number"):
        return Share(whole(part, "number"), whole(part, "count"), parse_sha256(part, "listing"))
