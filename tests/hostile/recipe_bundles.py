"""A signed release for the tests of malformed bundles, and how to sign anything at all."""

import copy
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from provenance.flows.signing.sign import dump_manifest
from provenance.flows.signing.verify import decide, require_passed
from provenance.ports.signer import Signer
from provenance.ports.silence import Silence
from provenance.ports.verifier import Verifier
from provenance.signers.certificate import CertificateSigner, CertificateTrust, load_certificates
from provenance.signers.key import KeyTrust, load_private, load_public
from provenance.text.canonical_json import encode
from provenance.values.certificate_name import CertificateName
from provenance.values.manifest import Manifest
from provenance.values.ref import Ref
from provenance.values.verified import Verified
from provenance.wire.bundle import encode_bundle
from provenance.wire.in_toto import PAYLOAD_TYPE
from tests.building import REF
from tests.flows.signed import PRIVATE, PUBLIC, SETTINGS, local, release
from tests.flows.signed import manifest as manifest_of
from tests.signers.authorities import EMAIL, NOW, Issued, authority
from tests.signers.authorities import signer as certified

Statement = dict[str, Any]
Edit = Callable[[Statement], Statement | bytes]

KEY = load_private(PRIVATE)
BY_KEY: Verifier = KeyTrust(load_public(PUBLIC))
ROOT = authority()


def checked(
    bundle: bytes, folder: Path, *trust: Verifier, expected: Ref = REF
) -> Verified[Manifest]:
    return require_passed(
        decide(
            bundle,
            trust=trust or (BY_KEY,),
            source=local(folder),
            expected=expected,
            settings=SETTINGS,
            progress=Silence(),
        )
    )


def sealed(payload: bytes, signer: Signer = KEY, payload_type: str = PAYLOAD_TYPE) -> bytes:
    return encode_bundle(signer.seal(payload_type, payload))


def payload_of(edit: Edit, folder: Path) -> bytes:
    statement: Statement = json.loads(dump_manifest(manifest_of(folder)))
    found = edit(copy.deepcopy(statement))
    return found if isinstance(found, bytes) else encode(found)


def same(statement: Statement) -> Statement:
    return statement


def by(issued: Issued) -> CertificateSigner:
    """Return the signer that holds a certificate, whatever is wrong with it."""
    return CertificateSigner(load_private(issued.key_pem), issued.chain)


def holder(name: str = f"email:{EMAIL}", at: datetime = NOW, root: Issued = ROOT) -> Verifier:
    return CertificateTrust(
        load_certificates(root.pem), CertificateName.parse(name), clock=lambda: at
    )


RELEASE = certified(ROOT)


def odd_release(place: Path) -> Path:
    """Write a release with names that look odd and are none of the attacks."""
    made = release(place)
    for name in (".hidden", "a:b", "with space", "\u00fcber", "..double", "x/..y/z"):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(name.encode())
    return made
