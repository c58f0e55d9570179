"""Reading a manifest from a file, signed or not, and saying who vouches for it."""

from collections.abc import Sequence

import attrs

from provenance.errors import Code, TextError, VerificationError
from provenance.flows.signing.opening import MOST_BUNDLES, open_bundles
from provenance.flows.signing.sign import load_manifest
from provenance.flows.signing.verify import signed_manifest
from provenance.ports.verifier import Verifier
from provenance.signers.table import further_kinds
from provenance.text.shape import Reader
from provenance.text.strict_json import parse
from provenance.values.manifest import Manifest
from provenance.wire.bundle import BUDGET, parse_bundles

UNSIGNED = "a manifest that nobody signed"
UNCHECKED = "a signed bundle; its signature was not checked: no key or root was given"


@attrs.frozen
class ManifestRead:
    """A manifest, and in words what stands behind it.

    Its files were not looked at: only verification does that.
    """

    manifest: Manifest
    standing: str


def read_manifest(data: bytes, trust: Sequence[Verifier] = ()) -> ManifestRead:
    """Read what ``audit -o`` wrote, or the bundle of a recipe that ``sign`` made of it.

    Args:
        data: the file.
        trust: who is trusted to have signed a bundle; with nobody, no signature is checked, and
            the standing says so.

    Raises:
        ReleaseError, VerificationError: for anything else; with ``trust``, for a bundle that
            nobody of them signed, or that was changed.
    """
    if not _is_bundle(data):
        return ManifestRead(load_manifest(data), UNSIGNED)
    if trust:
        (opened, *_) = open_bundles(data, trust, None)
        manifest = signed_manifest(opened.payload_type, opened.payload)
        return ManifestRead(manifest, f"a bundle that {opened.signer} signed")
    bundles = parse_bundles(data, most=MOST_BUNDLES, further=further_kinds())
    envelopes = {(one.envelope.payload_type, one.envelope.payload) for one in bundles}
    if len(envelopes) > 1:
        raise VerificationError(
            "the bundles in the file are not of the same bytes",
            hint="give one manifest",
            code=Code.PAYLOADS_DIFFER,
        )
    return ManifestRead(signed_manifest(*envelopes.pop()), UNCHECKED)


def _is_bundle(data: bytes) -> bool:
    """Tell whether a file is a bundle, or several, one a line: an envelope is in the first."""
    try:
        return Reader.of(parse(data.partition(b"\n")[0], budget=BUDGET)).has("dsseEnvelope")
    except TextError:
        return False
