"""Signing: a manifest's very bytes in a bundle; and its model beside it."""

from collections.abc import Callable
from datetime import datetime

import attrs

from provenance.doors.clock import utc_now
from provenance.errors import Code
from provenance.flows.signing.honest_names import require_honest_names
from provenance.flows.signing.model_files import DOWNLOAD_NOTES
from provenance.signers.signing import Signing
from provenance.values.inventory import Kind
from provenance.values.manifest import Manifest
from provenance.values.model_signature import ModelSignature, Resource, Serialization
from provenance.values.path import RelPath
from provenance.values.sidecars import SIDECARS
from provenance.weights.table import ENDINGS
from provenance.wire.bundle import encode_bundle
from provenance.wire.in_toto import PAYLOAD_TYPE
from provenance.wire.oms_bundle import encode_model_bundle
from provenance.wire.oms_ignore import GIT_NAMES, covers, require_nothing_hidden
from provenance.wire.oms_statement import encode_model, model_signature, parse_model
from provenance.wire.statement import encode_statement, parse_statement, require_signable


def dump_manifest(manifest: Manifest) -> bytes:
    """Return the file of a manifest, ready to be signed; the inverse of :func:`load_manifest`.

    Raises:
        InvalidValueError: for a manifest that the format cannot write.
    """
    return encode_statement(manifest)


def load_manifest(data: bytes) -> Manifest:
    """Read the file of a manifest. Nobody vouches for what it says: that is ``verify``'s to find.

    Raises:
        ReleaseError, VerificationError: for anything but the bytes that ``dump_manifest`` gives.
    """
    return parse_statement(data).manifest


def sign(
    statement: bytes,
    *,
    signing: Signing,
    unsafe_claimed_digests: bool = False,
    replayed: bool = False,
    clock: Callable[[], datetime] = utc_now,
) -> bytes:
    """Wrap the file of a manifest, byte for byte, in a signed bundle.

    A signature says who stands by the manifest. It does not say that the release can be
    reproduced, nor that it is safe.

    Args:
        statement: the bytes that ``audit -o`` or ``dump_manifest`` wrote.
        signing: what to sign with, ``Signing.by_key(pem)`` for example.
        unsafe_claimed_digests: stand for digests that are only a server's word, too.
        replayed: stand for a manifest that repeats an earlier audit from its evidence, too.
        clock: tells the moment at which a certificate has to be valid.

    Raises:
        UsageError: KEY_FILE, CERTIFICATE_FILE.
        ReleaseError: for bytes that are no manifest in canonical form; INVENTORY_INCOMPLETE,
            MANIFEST_NO_SUBJECT, CLAIMED_DIGESTS or MANIFEST_REPLAYED for one that cannot be stood
            for.
        VerificationError: STATEMENT_TYPE, STATEMENT_SUBJECT; that of a certificate that nobody
            would accept.
    """
    signer = signing.signer(clock)
    _signable(statement, unsafe_claimed_digests=unsafe_claimed_digests, replayed=replayed)
    return encode_bundle(signer.seal(PAYLOAD_TYPE, statement))


@attrs.frozen
class Bundles:
    """The two bundles of one release: its recipe, and its model as OMS v1.0 has it."""

    recipe: bytes = attrs.field(repr=False)
    model: bytes = attrs.field(repr=False)


def sign_release(
    statement: bytes,
    *,
    signing: Signing,
    unsafe_claimed_digests: bool = False,
    replayed: bool = False,
    clock: Callable[[], datetime] = utc_now,
) -> Bundles:
    """Sign a manifest and the model that it lists, from the one reading that made the manifest.

    No file is read again: the digests that the audit took are those that both bundles list. The
    arguments are those of :func:`sign`.

    Raises:
        UsageError, ReleaseError, VerificationError: as :func:`sign`; for a model that nothing is
            left of when git's files and signatures are left out, and names that no signature may
            list.
    """
    signer = signing.signer(clock)
    manifest = _signable(
        statement, unsafe_claimed_digests=unsafe_claimed_digests, replayed=replayed
    )
    payload = encode_model(model_of(manifest))
    # What we sign, we can read: names that differ in case only, and the like, end here.
    parse_model(payload)
    return Bundles(
        recipe=encode_bundle(signer.seal(PAYLOAD_TYPE, statement)),
        model=encode_model_bundle(signer.seal(PAYLOAD_TYPE, payload)),
    )


def model_of(manifest: Manifest) -> ModelSignature:
    """Return what a signature of the model lists, from a manifest whose files all have a SHA-256.

    Left out, and said to be, are git's own files and signatures at the top, and the notes of a
    download where there are some.

    Raises:
        ReleaseError: OMS_IGNORE for weights, and more, below names that no signature covers.
    """
    ignored = {RelPath(name) for name in GIT_NAMES | SIDECARS}
    noted = (Code.NOT_COVERED, DOWNLOAD_NOTES.text)
    if noted in {(one.code, one.what) for one in manifest.limits}:
        ignored.add(DOWNLOAD_NOTES)
    texts = frozenset(path.text for path in ignored)
    left_out = [one.path for one in manifest.inventory if covers(texts, one.path.text)]
    require_nothing_hidden(left_out, named=frozenset(), endings=ENDINGS)
    entries = [entry for entry in manifest.inventory if not covers(texts, entry.path.text)]
    links = any(entry.kind is Kind.LINK for entry in entries)
    return model_signature(
        manifest.release.ref.name.rpartition("/")[2],
        (Resource(entry.path, entry.sha256) for entry in entries if entry.sha256),
        Serialization(allow_symlinks=links, ignore_paths=tuple(sorted(ignored))),
    )


def _signable(statement: bytes, *, unsafe_claimed_digests: bool, replayed: bool) -> Manifest:
    manifest = load_manifest(statement)
    require_signable(manifest, unsafe_claimed_digests=unsafe_claimed_digests, replayed=replayed)
    require_honest_names(manifest)
    return manifest
