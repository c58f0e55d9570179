import base64
import json

import attrs
import pytest

from provenance.errors import Code, ReleaseError, VerificationError
from provenance.flows.signing.read_manifest import UNCHECKED, UNSIGNED, read_manifest
from provenance.flows.signing.sign import dump_manifest
from provenance.signers import key
from provenance.values.label import Label
from provenance.wire.bundle import encode_bundle, parse_bundle
from provenance.wire.in_toto import PAYLOAD_TYPE
from tests.building import MANIFEST
from tests.flows.signed import PRIVATE, PUBLIC, signed

TRUST = (key.KeyTrust(key.load_public(PUBLIC)),)
BUNDLE = signed(MANIFEST)


def test_a_manifest_is_read_as_what_nobody_signed() -> None:
    found = read_manifest(dump_manifest(MANIFEST), TRUST)

    assert (found.manifest, found.standing) == (MANIFEST, UNSIGNED)


def test_a_bundle_is_read_and_its_signature_said_not_to_be_checked() -> None:
    found = read_manifest(BUNDLE)

    assert (found.manifest, found.standing) == (MANIFEST, UNCHECKED)
    assert read_manifest(BUNDLE + b"\n").manifest == MANIFEST
    assert read_manifest(BUNDLE + b"\n" + BUNDLE).manifest == MANIFEST


def test_with_somebody_to_trust_it_is_said_who_signed() -> None:
    found = read_manifest(BUNDLE, TRUST)

    assert found.manifest == MANIFEST
    assert found.standing == f"a bundle that {TRUST[0].key.identity} signed"


def test_a_bundle_of_nobody_who_is_trusted_is_refused() -> None:
    _, other = key.generate()

    with pytest.raises(VerificationError) as caught:
        read_manifest(BUNDLE, (key.KeyTrust(key.load_public(other)),))

    assert caught.value.code is Code.KEY_UNTRUSTED


def test_a_changed_bundle_is_read_unchecked_and_refused_where_it_is_checked() -> None:
    bundle = parse_bundle(BUNDLE)
    other = dump_manifest(attrs.evolve(MANIFEST, label=Label.REPRODUCED))
    changed = encode_bundle(
        attrs.evolve(bundle, envelope=attrs.evolve(bundle.envelope, payload=other))
    )

    assert read_manifest(changed).standing == UNCHECKED
    with pytest.raises(VerificationError) as caught:
        read_manifest(changed, TRUST)
    assert caught.value.code is Code.SIGNATURE


def test_bundles_of_different_bytes_are_not_one_manifest() -> None:
    other = signed(attrs.evolve(MANIFEST, label_qualifiers=()))

    with pytest.raises(VerificationError) as caught:
        read_manifest(BUNDLE + b"\n" + other)

    assert caught.value.code is Code.PAYLOADS_DIFFER


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (json.dumps(json.loads(BUNDLE)).encode(), Code.JSON_NOT_CANONICAL),
        (b'{"dsseEnvelope": {}}', Code.JSON_NOT_CANONICAL),
        (
            encode_bundle(key.load_private(PRIVATE).seal("text/plain", b"hello")),
            Code.STATEMENT_TYPE,
        ),
        (encode_bundle(key.load_private(PRIVATE).seal(PAYLOAD_TYPE, b"{}")), Code.MANIFEST_SHAPE),
    ],
)
def test_what_is_in_a_bundle_has_to_be_a_manifest(data: bytes, code: Code) -> None:
    with pytest.raises(VerificationError) as caught:
        read_manifest(data)

    assert caught.value.code is code


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b"\xff", base64.b64encode(BUNDLE)])
def test_a_file_that_is_neither_is_no_manifest(data: bytes) -> None:
    with pytest.raises((ReleaseError, VerificationError)):
        read_manifest(data)
