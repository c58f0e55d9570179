import pytest

from provenance.errors import Code, UsageError, VerificationError
from provenance.flows.signing.opening import open_bundles
from provenance.ports.verifier import Verifier
from provenance.signers.certificate import CertificateTrust, load_certificates, load_signer
from provenance.signers.key import KeyTrust, PrivateKey, generate, load_private, load_public
from provenance.values.certificate_name import CertificateName
from provenance.values.identity import Certificate, Key
from provenance.values.policy import Policy
from provenance.values.signer import KeySigner, Signers
from provenance.values.verified import Opened
from provenance.wire.bundle import encode_bundle
from provenance.wire.in_toto import PAYLOAD_TYPE
from provenance.wire.statement import encode_statement
from tests.building import MANIFEST
from tests.signers.authorities import NOW, Issued, authority, signer

PAYLOAD = encode_statement(MANIFEST)
PAIRS = [generate() for _ in range(3)]
KEYS: list[PrivateKey] = [load_private(private) for private, _ in PAIRS]
TRUST: list[Verifier] = [KeyTrust(load_public(public)) for _, public in PAIRS]
RULES = tuple(KeySigner(key.public.identity.fingerprint) for key in KEYS)
TWO = Policy(signers=Signers(RULES, 2))
ROOT = authority()
RELEASE = signer(ROOT)


def by(key: int, payload: bytes = PAYLOAD, payload_type: str = PAYLOAD_TYPE) -> bytes:
    return encode_bundle(KEYS[key].seal(payload_type, payload))


def by_certificate(issued: Issued = RELEASE) -> bytes:
    key = load_private(issued.key_pem)
    return encode_bundle(load_signer(key, issued.pem, (), at=NOW).seal(PAYLOAD_TYPE, PAYLOAD))


def holder(root: Issued = ROOT, name: str = "email:release@example.org") -> Verifier:
    return CertificateTrust(
        load_certificates(root.pem), CertificateName.parse(name), clock=lambda: NOW
    )


def opened(
    *bundles: bytes, trust: list[Verifier] = TRUST, policy: Policy | None = None
) -> tuple[Opened, ...]:
    return open_bundles(b"\n".join(bundles), trust, policy)


def test_one_bundle_is_opened_by_whoever_is_trusted_for_it() -> None:
    (by_key,) = opened(by(1))
    (held,) = opened(by_certificate(), trust=[*TRUST, holder()])

    assert (by_key.payload, by_key.signer) == (PAYLOAD, KEYS[1].public.identity)
    assert isinstance(held.signer, Certificate)


def test_several_signers_are_opened_when_the_policy_asks_for_them() -> None:
    found = opened(by(0), by(2), policy=TWO)

    assert [one.signer for one in found] == [KEYS[0].public.identity, KEYS[2].public.identity]


def test_a_signer_whom_nobody_trusts_is_left_aside_among_others() -> None:
    stranger = load_private(generate()[0])
    bundle = encode_bundle(stranger.seal(PAYLOAD_TYPE, PAYLOAD))

    found = opened(by(0), bundle, policy=TWO)

    assert [type(one.signer) for one in found] == [Key]
    with pytest.raises(VerificationError) as caught:
        opened(bundle, policy=TWO)
    assert caught.value.code is Code.KEY_UNTRUSTED


FORGED = by(1).replace(b'"sig":"M', b'"sig":"N')
OTHER = PAYLOAD.replace(b"open-source", b"reproducible")


@pytest.mark.parametrize(
    ("bundles", "policy", "code"),
    [
        ([by(0), by(1)], None, Code.BUNDLE_SHAPE),
        ([by(0), by(1)], Policy(signers=Signers(RULES)), Code.BUNDLE_SHAPE),
        ([by(0), by(0)], None, Code.BUNDLE_SHAPE),
        ([by(0)] * 33, TWO, Code.BUNDLE_SHAPE),
        ([by(0), by(1, OTHER)], TWO, Code.PAYLOADS_DIFFER),
        ([by(0), by(1, PAYLOAD, "application/json")], TWO, Code.PAYLOADS_DIFFER),
        # One broken signature of somebody who is trusted spoils the rest.
        ([by(0), FORGED], TWO, Code.SIGNATURE),
        ([by_certificate()], None, Code.BUNDLE_METHOD),
    ],
)
def test_bundles_that_do_not_belong_together_are_refused(
    bundles: list[bytes], policy: Policy | None, code: Code
) -> None:
    with pytest.raises(VerificationError) as caught:
        opened(*bundles, policy=policy)

    assert caught.value.code is code


def test_who_gives_more_bundles_than_are_read_is_told_when_they_would_be() -> None:
    with pytest.raises(VerificationError) as one:
        opened(by(0), by(1))
    with pytest.raises(VerificationError) as many:
        opened(*[by(0)] * 33, policy=TWO)

    assert "requires several signers" in one.value.hint
    assert many.value.hint == "give 32"


def test_the_refusal_that_concerns_the_bundle_is_the_one_that_is_told() -> None:
    with pytest.raises(VerificationError) as caught:
        opened(by_certificate(), trust=[*TRUST, holder(name="email:other@example.org")])

    assert caught.value.code is Code.CERTIFICATE_IDENTITY


def test_nobody_is_trusted_by_default() -> None:
    with pytest.raises(UsageError):
        opened(by(0), trust=[])
