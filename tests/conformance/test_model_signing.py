"""Model signatures beside the package `model_signing`: it accepts ours, and we accept its.

It lives in an environment of its own, which `make peers` makes; without it these tests are skipped.
"""

import json
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from provenance.errors import VerificationError
from provenance.flows.signing.oms_sign import sign_model
from provenance.flows.signing.oms_verify import verify_model
from provenance.signers.key import load_private
from provenance.signers.signing import Signing
from provenance.signers.trust import Trust
from provenance.values.digest import Algorithm
from provenance.values.model_signature import Method, Serialization
from tests.model_signatures import FILES, model
from tests.signers.authorities import EMAIL, Issued, authority, new_key, signer

ROOT = Path(__file__).parents[2]
PEER = ROOT / ".venv-peers" / "bin" / "python"
SCRIPT = Path(__file__).with_name("peer.py")

pytestmark = pytest.mark.skipif(
    not PEER.exists(), reason="model_signing is not installed: make peers"
)

NOW = datetime.now(UTC).replace(microsecond=0)
START, END = NOW - timedelta(days=1), NOW + timedelta(days=1)
CURVES = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1(), "P-521": ec.SECP521R1()}
#: The peer's names of hashes, and ours.
HASHES = {"sha256": Algorithm.SHA256, "blake2": Algorithm.BLAKE2B, "blake3": Algorithm.BLAKE3}


class Party:
    """A signer whose key and certificates lie in files, too, as the peer wants them."""

    def __init__(self, folder: Path, curve: ec.EllipticCurve) -> None:
        root = authority(start=START, end=END)
        middle = authority("Middle", root, start=START, end=END)
        self.own: Issued = signer(middle, key=new_key(curve), start=START, end=END)
        self.key = load_private(self.own.key_pem)
        self.root = root
        files = {
            "private": self.own.key_pem,
            "public": self.key.public.pem,
            "certificate": self.own.pem,
            "middle": middle.pem,
            "root": root.pem,
        }
        self.paths = {name: folder / f"{name}.pem" for name in files}
        for name, data in files.items():
            self.paths[name].write_bytes(data)

    def signing(self, method: str) -> Signing:
        if method == "key":
            return Signing.by_key(self.own.key_pem)
        middle = self.paths["middle"].read_bytes()
        return Signing.by_certificate(self.own.key_pem, self.own.pem, [middle])

    def trust(self, method: str) -> Trust:
        if method == "key":
            return Trust.by_key(self.key.public.pem)
        return Trust.by_certificate(self.root.pem, EMAIL)

    def options(self, action: str, method: str, **more: str) -> str:
        """Return what the peer is told."""
        key = self.paths["private" if action == "sign" else "public"]
        chain = self.paths["middle" if action == "sign" else "root"]
        certificate = self.paths["certificate"]
        paths = {"key": str(key), "chain": str(chain), "certificate": str(certificate)}
        return json.dumps({**paths, "method": method, **more})


def peer(arguments: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PEER, SCRIPT, *arguments], capture_output=True, text=True, check=False, timeout=50
    )


@pytest.mark.parametrize("curve", CURVES)
@pytest.mark.parametrize("method", ["key", "certificate"])
def test_the_peer_accepts_what_we_sign(tmp_path: Path, method: str, curve: str) -> None:
    party = Party(tmp_path, CURVES[curve])
    folder = model(tmp_path, {**FILES, "模型/a b.bin": b"x", "a.b": b"", "a/b": b""})
    signature = folder / "model.sig"
    signature.write_bytes(sign_model(folder, signing=party.signing(method)))
    options = party.options("verify", method, hash="sha256")

    accepted = peer(["verify", method, folder, signature, options])
    (folder / "config.json").write_bytes(b"[]")
    refused = peer(["verify", method, folder, signature, options])

    assert accepted.returncode == 0, accepted.stderr
    assert refused.returncode != 0


@pytest.mark.parametrize("curve", CURVES)
@pytest.mark.parametrize("method", ["key", "certificate"])
def test_we_accept_what_the_peer_signs(tmp_path: Path, method: str, curve: str) -> None:
    party = Party(tmp_path, CURVES[curve])
    folder = model(tmp_path, {**FILES, "模型/a b.bin": b"x", "a.b": b"", "a/b": b""})
    signature = folder / "model.sig"

    done = peer(["sign", method, folder, signature, party.options("sign", method, hash="sha256")])

    assert done.returncode == 0, done.stderr
    data, trust = signature.read_bytes(), party.trust(method)
    assert verify_model(folder, bundle=data, trust=trust).checked.files == len(FILES) + 3
    (folder / "config.json").write_bytes(b"[]")
    with pytest.raises(VerificationError):
        verify_model(folder, bundle=data, trust=trust)


@pytest.mark.parametrize("size", [None, 3])
@pytest.mark.parametrize("named", HASHES)
def test_hashes_and_parts_are_the_same(tmp_path: Path, named: str, size: int | None) -> None:
    party = Party(tmp_path, CURVES["P-256"])
    folder = model(tmp_path, {**FILES, "long": b"0123456789" * 10})
    more = {"hash": named} | ({"shard_size": str(size)} if size else {})
    theirs, ours = tmp_path / "theirs.sig", tmp_path / "ours.sig"

    done = peer(["sign", "key", folder, theirs, party.options("sign", "key", **more)])

    assert done.returncode == 0, done.stderr
    found = verify_model(folder, bundle=theirs.read_bytes(), trust=party.trust("key"))
    chosen = Serialization(
        # The peer does not cut for BLAKE3.
        method := Method.SHARDS if size and named != "blake3" else Method.FILES,
        HASHES[named],
        shard_size=size if method is Method.SHARDS else None,
    )
    ours.write_bytes(sign_model(folder, signing=party.signing("key"), serialization=chosen))
    own = verify_model(folder, bundle=ours.read_bytes(), trust=party.trust("key"))
    assert {(one.name, one.digest) for one in own.value.resources} == {
        (one.name, one.digest) for one in found.value.resources
    }
