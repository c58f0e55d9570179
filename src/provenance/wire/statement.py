"""The statement: a manifest as in-toto's Statement v1, in the very bytes that are signed."""

import attrs

from provenance.errors import Code, ReleaseError, VerificationError
from provenance.text.budget import Budget
from provenance.text.canonical_json import encode
from provenance.text.shape import Reader
from provenance.text.strict_json import parse
from provenance.values.digest import Digest
from provenance.values.inventory import How
from provenance.values.manifest import Manifest
from provenance.values.weight_names import WEIGHT_SUFFIXES
from provenance.wire.foreign_bundles import RECIPE, by_predicate
from provenance.wire.in_toto import STATEMENT_TYPE
from provenance.wire.manifest_v1 import PREDICATE_TYPE, encode_predicate, parse_predicate
from provenance.wire.release_root import release_root
from provenance.wire.scalars import encode_digest, parse_digest

# Other verifiers read no more subjects than this.
MOST_SUBJECTS = 1024
# Room for the million files that an inventory may have.
BUDGET = Budget(bytes=512 * 2**20, items=32_000_000)


@attrs.frozen
class Subject:
    """Something that a statement is about: its name and its SHA-256."""

    name: str
    digest: Digest


@attrs.frozen
class Statement:
    """A manifest and the subjects that follow from it: the release root, then weight files."""

    subjects: tuple[Subject, ...]
    manifest: Manifest


def subjects_of(manifest: Manifest) -> tuple[Subject, ...]:
    """Return what a statement about this manifest is about.

    First the release root, under the release's reference; then every weight file that was read,
    by path, as far as there is room. Without a release root there is no subject at all.
    """
    try:
        root = release_root(manifest.inventory)
    except ReleaseError:
        return ()
    weights = [
        Subject(entry.path.text, entry.sha256)
        for entry in manifest.inventory
        if entry.observed and entry.sha256 and entry.path.suffix in WEIGHT_SUFFIXES
    ]
    return (Subject(str(manifest.release.ref), root), *weights[: MOST_SUBJECTS - 1])


def require_signable(
    manifest: Manifest, *, unsafe_claimed_digests: bool = False, replayed: bool = False
) -> None:
    """Refuse a manifest that nobody should stand for.

    Raises:
        ReleaseError: INVENTORY_INCOMPLETE; MANIFEST_NO_SUBJECT, when a file has no SHA-256;
            GIT_LFS, when one is a pointer, whose bytes are elsewhere; CLAIMED_DIGESTS, when a
            file's digest is only its server's word, and MANIFEST_REPLAYED, when it repeats an
            earlier audit, unless the caller takes that upon itself.
    """
    if manifest.replayed and not replayed:
        raise ReleaseError(
            "the manifest repeats an earlier audit from its evidence: nobody looked again",
            hint="sign the manifest of the audit itself, or this one with --replayed",
            code=Code.MANIFEST_REPLAYED,
        )
    release_root(manifest.inventory)
    pointers = [
        one
        for one in manifest.hazards
        if one.code is Code.GIT_LFS and manifest.inventory.get(one.path)
    ]
    if pointers:
        raise ReleaseError(
            f"{pointers[0].path[:200]!a} is {pointers[0].detail}",
            hint="run `git lfs pull`, and audit what is there then",
            code=Code.GIT_LFS,
        )
    claimed = [entry for entry in manifest.inventory if entry.how is How.CLAIMED]
    if claimed and not unsafe_claimed_digests:
        first = f"{claimed[0].path.text[:200]!a}"
        raise ReleaseError(
            f"{len(claimed)} files were not read, {first} first: their digests are only claimed",
            hint="audit with the weights, or sign with --unsafe-claimed-digests",
            code=Code.CLAIMED_DIGESTS,
        )


def encode_statement(manifest: Manifest) -> bytes:
    """Return the canonical bytes of the statement: what is signed, and what ``audit -o`` writes.

    A manifest that cannot be signed is written too, without subjects where it has no root.

    Raises:
        InvalidValueError: see :func:`provenance.wire.manifest_v1.encode_predicate`.
        TextError: JSON_INT for a size beyond 2**53 - 1.
    """
    return encode(
        {
            "_type": STATEMENT_TYPE,
            "predicate": encode_predicate(manifest),
            "predicateType": PREDICATE_TYPE,
            "subject": [
                {"digest": encode_digest(one.digest), "name": one.name}
                for one in subjects_of(manifest)
            ],
        }
    )


def parse_statement(data: bytes) -> Statement:
    """Read a statement; the inverse of :func:`encode_statement`, for canonical bytes only.

    Raises:
        TextError: for what is not strict JSON; JSON_NOT_CANONICAL; MANIFEST_SHAPE.
        VerificationError: STATEMENT_TYPE for a statement or a predicate of another kind;
            STATEMENT_SUBJECT when the subjects do not follow from the predicate.
    """
    value = parse(data, budget=BUDGET)
    reader = Reader.of(value, "statement", code=Code.MANIFEST_SHAPE)
    reader.only_keys("_type", "predicate", "predicateType", "subject")
    for key, expected in (("_type", STATEMENT_TYPE), ("predicateType", PREDICATE_TYPE)):
        if reader.text(key) != expected:
            raise VerificationError(
                f"{key} is {reader.text(key)[:120]!a}, not {expected}",
                hint=_where_read(key, reader.text(key)),
                code=Code.STATEMENT_TYPE,
            )
    if encode(value) != data:
        raise ReleaseError(
            "the statement is not in its canonical form (RFC 8785)",
            hint="keep the file as it was written, byte for byte",
            code=Code.JSON_NOT_CANONICAL,
        )
    manifest = parse_predicate(reader.value("predicate"))
    subjects = tuple(_parse_subject(one) for one in reader.objects("subject"))
    if subjects != subjects_of(manifest):
        raise VerificationError(
            "the subjects are not those that follow from the manifest",
            hint="audit the release again",
            code=Code.STATEMENT_SUBJECT,
        )
    return Statement(subjects, manifest)


def _where_read(key: str, found: str) -> str:
    if key != "predicateType":
        return "give the statement of a recipe"
    other = by_predicate(found)
    if other == RECIPE:
        return "a newer version of this tool wrote it: read it with that, or audit again"
    return f"this is {other.what}; {other.hint}"


def _parse_subject(reader: Reader) -> Subject:
    reader.only_keys("digest", "name")
    return Subject(reader.text("name"), parse_digest(reader, "digest"))
