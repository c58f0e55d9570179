"""Signing: a manifest's very bytes, under a key, in a bundle."""

from provenance.values.manifest import Manifest
from provenance.wire.bundle import encode_bundle
from provenance.wire.statement import (
    PAYLOAD_TYPE,
    encode_statement,
    parse_statement,
    require_signable,
)


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
    private_key: bytes,
    password: bytes | None = None,
    unsafe_claimed_digests: bool = False,
) -> bytes:
    """Wrap the file of a manifest, byte for byte, in a signed bundle.

    A signature says who stands by the manifest. It does not say that the release can be
    reproduced, nor that it is safe.

    Args:
        statement: the bytes that ``audit -o`` or ``dump_manifest`` wrote.
        private_key: the key as PEM.
        password: what the key is encrypted with, if it is.
        unsafe_claimed_digests: stand for digests that are only a server's word, too.

    Raises:
        UsageError: KEY_FILE.
        ReleaseError: for bytes that are no manifest in canonical form; INVENTORY_INCOMPLETE,
            MANIFEST_NO_SUBJECT or CLAIMED_DIGESTS for one that cannot be stood for.
        VerificationError: STATEMENT_TYPE, STATEMENT_SUBJECT.
    """
    from provenance.signers import key  # noqa: PLC0415 - cryptography is heavy

    manifest = load_manifest(statement)
    require_signable(manifest, unsafe_claimed_digests=unsafe_claimed_digests)
    signer = key.load_private(private_key, password=password)
    return encode_bundle(signer.seal(PAYLOAD_TYPE, statement))
