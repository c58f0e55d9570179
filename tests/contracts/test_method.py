"""Every method of signing keeps its promises: it opens what it signed, and no other method's."""

import itertools
from collections.abc import Callable, Mapping
from pathlib import Path

import attrs
import pytest

from provenance.errors import Code, VerificationError
from provenance.ports.anchor import Anchor
from provenance.ports.credential import Credential
from provenance.signers.key import generate
from provenance.signers.signing import Signing
from provenance.signers.table import further_kinds, methods
from provenance.signers.trust import Trust
from provenance.values.bundle import Bundle, OtherMaterial
from provenance.values.identity import Certificate, Identity, Key, Oidc
from provenance.values.terms import Terms
from provenance.values.verified import Opened
from provenance.wire.bundle import encode_bundle, parse_bundles
from provenance.wire.in_toto import PAYLOAD_TYPE
from provenance.wire.oms_bundle import encode_model_bundle, parse_model_bundle
from tests.flows.signed import PRIVATE, PUBLIC
from tests.model_signatures import IDENTITY, ISSUER, SIGNED
from tests.signers.authorities import EMAIL, NOW, authority, signer

PAYLOAD = b"{}"
#: What a method says of a signer of its own whom the caller does not trust.
OTHERS = {
    *(Code.KEY_UNTRUSTED, Code.CERTIFICATE_UNTRUSTED, Code.CERTIFICATE_IDENTITY),
    *(Code.KEYLESS_IDENTITY, Code.SIGNATURE),
}


@attrs.frozen
class Row:
    """What it takes to try a method: who signs, who is trusted, who is not, and who signed."""

    signing: Signing | None
    trust: Trust
    another: Trust
    says: Callable[[Identity], object]
    # Of a method that this version only verifies.
    sealed: bytes = b""

    def bundle(self) -> Bundle:
        """Return a bundle that the method signed, as it is read from its bytes."""
        if self.signing is None:
            return parse_model_bundle(self.sealed).bundle
        sealed = self.signing.signer(lambda: NOW).seal(PAYLOAD_TYPE, PAYLOAD)
        return parse_model_bundle(encode_model_bundle(sealed), further=further_kinds()).bundle


def _row_of_certificates() -> Row:
    root, other = authority(), authority()
    own = signer(root)
    return Row(
        Signing.by_certificate(own.key_pem, own.pem),
        Trust.by_certificate(root.pem, EMAIL),
        Trust.by_certificate(other.pem, EMAIL),
        lambda who: isinstance(who, Certificate) and f"email:{EMAIL}" in who.names,
    )


ROWS: Mapping[str, Row] = {
    "key": Row(
        Signing.by_key(PRIVATE),
        Trust.by_key(PUBLIC),
        Trust.by_key(generate()[1]),
        lambda who: isinstance(who, Key) and who.kind == "EC P-256",
    ),
    "certificate": _row_of_certificates(),
    "identity": Row(
        None,
        Trust.by_identity(IDENTITY, ISSUER),
        Trust.by_identity("other@example.org", ISSUER),
        lambda who: who == Oidc(IDENTITY, ISSUER),
        sealed=(SIGNED / "v1.1.0-sigstore" / "model.sig").read_bytes(),
    ),
}
METHODS = {method.name: method for method in methods()}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Sigstore's library unpack its trusted root where nobody else looks."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)


def opened(trust: Trust, bundle: Bundle) -> Opened:
    (verifier,) = trust.verifiers(Terms(lambda: NOW))
    return verifier.open(bundle)


def test_every_method_has_its_row() -> None:
    assert list(ROWS) == list(METHODS)


@pytest.mark.parametrize("name", METHODS)
def test_what_it_takes_is_typed_as_the_ports_have_it(name: str) -> None:
    row, method = ROWS[name], METHODS[name]

    assert (row.signing is None) is (method.signs is None)
    assert not row.signing or isinstance(row.signing.credential, Credential)
    assert all(isinstance(anchor, Anchor) for anchor in row.trust.anchors)


@pytest.mark.parametrize("name", METHODS)
def test_it_opens_what_it_signed_and_says_who_did(name: str) -> None:
    row = ROWS[name]

    found = opened(row.trust, row.bundle())

    assert row.says(found.signer)
    assert row.signing is None or (found.payload_type, found.payload) == (PAYLOAD_TYPE, PAYLOAD)


@pytest.mark.parametrize("name", METHODS)
def test_what_another_signed_is_not_opened(name: str) -> None:
    row = ROWS[name]

    with pytest.raises(VerificationError) as caught:
        opened(row.another, row.bundle())

    assert caught.value.code in OTHERS


@pytest.mark.parametrize("name", METHODS)
def test_what_was_changed_is_not_opened(name: str) -> None:
    row = ROWS[name]
    bundle = row.bundle()
    changed = attrs.evolve(bundle.envelope, payload=bundle.envelope.payload + b" ")

    with pytest.raises(VerificationError) as caught:
        opened(row.trust, attrs.evolve(bundle, envelope=changed))

    assert caught.value.code is Code.SIGNATURE


@pytest.mark.parametrize(("name", "other"), list(itertools.permutations(METHODS, 2)))
def test_a_bundle_of_another_method_is_refused_as_one(name: str, other: str) -> None:
    with pytest.raises(VerificationError) as caught:
        opened(ROWS[name].trust, ROWS[other].bundle())

    assert caught.value.code is Code.BUNDLE_METHOD


@pytest.mark.parametrize("name", METHODS)
def test_a_bundle_of_a_method_that_nobody_knows_is_refused_as_one(name: str) -> None:
    bundle = attrs.evolve(ROWS[name].bundle(), material=OtherMaterial("moonlight", b"{}"))

    with pytest.raises(VerificationError) as caught:
        opened(ROWS[name].trust, bundle)

    assert caught.value.code is Code.BUNDLE_METHOD


@pytest.mark.parametrize("name", [name for name in METHODS if METHODS[name].signs])
def test_equal_input_gives_equal_bytes_where_it_says_so(name: str) -> None:
    one, same = (encode_bundle(ROWS[name].bundle()) for _ in range(2))

    assert METHODS[name].repeatable is (one == same)


@pytest.mark.parametrize("name", [name for name in METHODS if METHODS[name].trusts_recipes])
def test_a_recipe_s_bundle_is_read_as_it_was_written(name: str) -> None:
    data = encode_bundle(ROWS[name].bundle())

    (found,) = parse_bundles(data, most=1, further=further_kinds())

    assert encode_bundle(found) == data
    assert opened(ROWS[name].trust, found).payload == PAYLOAD


@pytest.mark.parametrize("name", METHODS)
def test_nothing_of_what_it_takes_is_shown(name: str) -> None:
    row = ROWS[name]

    assert "PRIVATE" not in repr(row.signing)
    assert "BEGIN" not in repr(row.trust)
