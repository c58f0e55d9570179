"""A list of digests as JSON: whole, or one part of a work that several do."""

from provenance.errors import Code
from provenance.text.budget import Budget
from provenance.text.shape import Reader
from provenance.text.strict_json import parse as parse_json
from provenance.values.digest import Algorithm, Digest
from provenance.values.digest_list import DigestList, Row, Share, Trouble
from provenance.values.inventory import How
from provenance.wire.scalars import JsonObject, parse_sha256, sensible, whole

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
    if found.share:
        encoded["part"] = {
            "count": found.share.count,
            "listing": found.share.listing.hex,
            "number": found.share.number,
        }
    return encoded


def encode_trouble(trouble: Trouble) -> JsonObject:
    """Return a path of which nothing is known, and why."""
    return {"code": trouble.code.value, "path": trouble.path, "what": trouble.what}


def parse_digests(data: bytes) -> DigestList:
    """Read a list; the inverse of :func:`encode_digests`.

    Raises:
        TextError: JSON codes; DIGESTS_SHAPE for JSON that is no such list.
    """
    reader = Reader.of(parse_json(data, budget=_BUDGET), code=Code.DIGESTS_SHAPE)
    reader.only_keys("algorithms", "clean", "files", "part", "troubles", "version")
    if reader.text("version") != VERSION:
        raise reader.wrong("version", f"it is not {VERSION!r}")
    algorithms = tuple(_algorithm(reader, name) for name in reader.texts("algorithms"))
    if not algorithms or len(set(algorithms)) != len(algorithms):
        raise reader.wrong("algorithms", "they are none, or one is there twice")
    troubles = tuple(_trouble(one) for one in reader.objects("troubles"))
    if reader.boolean("clean") == bool(troubles):
        raise reader.wrong("clean", "it contradicts the troubles")
    rows = tuple(_row(one, algorithms) for one in reader.objects("files"))
    with sensible(reader, "files"):
        return DigestList(algorithms, rows, troubles, _share(reader))


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
