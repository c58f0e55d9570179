"""Signed models for tests: a small folder, anything at all under its key, and the real ones."""

import hashlib
import json
from pathlib import Path
from typing import TypeAlias

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from provenance.flows.signing.oms_verify import Leave, verify_model
from provenance.signers.key import KeyTrust, load_explained_public, load_private
from provenance.signers.signing import Signing
from provenance.signers.trust import Trust
from provenance.text.strict_json import JsonValue
from provenance.values.model_signature import ModelSignature
from provenance.values.path import RelPath
from provenance.values.terms import Legacy
from provenance.values.verified import Verified
from provenance.wire.in_toto import PAYLOAD_TYPE
from provenance.wire.oms_bundle import encode_model_bundle

FIXTURES = Path(__file__).parents[1] / "fixtures" / "bundles"
SIGNED = FIXTURES / "oms"
KEYS = SIGNED / "keys" / "certificate"
SPECIFICATION = FIXTURES / "oms-spec"
VECTORS = SPECIFICATION / "test-vectors" / "v1.0"

ROOT_PEM = (KEYS / "ca-cert.pem").read_bytes()
PUBLISHED_KEY = load_explained_public((KEYS / "signing-key-pub.pem").read_bytes())
IDENTITY = "stefanb@us.ibm.com"
ISSUER = "https://sigstore.verify.ibm.com/oauth2"

PRIVATE_PEM = ec.derive_private_key(11, ec.SECP256R1()).private_bytes(
    Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
)
SIGNER = load_private(PRIVATE_PEM)
SIGNING = Signing.by_signer(SIGNER)
VERIFIER = KeyTrust(SIGNER.public, Legacy.REFUSED)
TRUST = Trust.by_verifiers(VERIFIER)
FILES = {"config.json": b"{}", "data/a.txt": b"a\n", "model.safetensors": b"weights"}

Json: TypeAlias = dict[str, JsonValue]
Step: TypeAlias = str | int


def model(folder: Path, files: dict[str, bytes] | None = None) -> Path:
    """Write a model and return its folder."""
    place = folder / "model"
    for name, data in (FILES if files is None else files).items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(data)
    return place


def resource(name: str, data: bytes = b"") -> Json:
    return {"name": name, "algorithm": "sha256", "digest": hashlib.sha256(data).hexdigest()}


def statement(*resources: Json, **serialization: JsonValue) -> Json:
    """Return a statement about these resources, the small folder's without any."""
    listed = resources or tuple(resource(name, data) for name, data in sorted(FILES.items()))
    joined = b"".join(bytes.fromhex(str(one["digest"])) for one in listed)
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": "model", "digest": {"sha256": hashlib.sha256(joined).hexdigest()}}],
        "predicateType": "https://model_signing/signature/v1.0",
        "predicate": {
            "resources": list(listed),
            "serialization": {
                "method": "files",
                "hash_type": "sha256",
                "allow_symlinks": False,
                "ignore_paths": [".git", "model.sig"],
                **serialization,
            },
        },
    }


def edited(value: object, path: tuple[Step, ...], new: object) -> object:
    """Return a copy of a JSON value with another one at a place; ``None`` takes a key away."""
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(value, dict):
        if new is None and not rest:
            return {key: one for key, one in value.items() if key != step}
        return value | {step: edited(value.get(step), rest, new)}
    if isinstance(value, list):
        return [edited(one, rest, new) if at == step else one for at, one in enumerate(value)]
    return edited({}, path, new)


def payload(value: object) -> bytes:
    return json.dumps(value).encode()


def signed(data: bytes | object, payload_type: str = PAYLOAD_TYPE) -> bytes:
    """Sign any payload, as nobody but the trusted key can."""
    found = data if isinstance(data, bytes) else payload(data)
    return encode_model_bundle(SIGNER.seal(payload_type, found))


def verified(
    folder: Path, bundle: bytes, *ignored: str, unsigned: bool = False
) -> Verified[ModelSignature]:
    leave = Leave(frozenset(map(RelPath, ignored)), unsigned)
    return verify_model(folder, bundle=bundle, trust=TRUST, leave=leave)
