"""Every signer keeps the port's promises."""

from collections.abc import Callable

import pytest

from provenance.ports.signer import Signer
from provenance.signers.certificate import load_signer
from provenance.signers.key import KeyKind, generate, load_private
from provenance.values.bundle import Chain, KeyHint
from tests.signers.authorities import NOW, authority, signer

ISSUED = signer(authority())


def by_key(kind: KeyKind) -> Callable[[], Signer]:
    private, _ = generate(kind)
    return lambda: load_private(private)


def by_certificate() -> Signer:
    return load_signer(load_private(ISSUED.key_pem), ISSUED.pem, [], at=NOW)


SIGNERS: dict[str, Callable[[], Signer]] = {
    **{kind.value: by_key(kind) for kind in KeyKind},
    "certificate": by_certificate,
}


@pytest.mark.parametrize("name", SIGNERS)
def test_a_signer_keeps_the_payload_and_names_itself(name: str) -> None:
    found = SIGNERS[name]()

    bundle = found.seal("text/plain", b"payload")

    assert isinstance(found, Signer)
    assert (bundle.envelope.payload_type, bundle.envelope.payload) == ("text/plain", b"payload")
    assert isinstance(bundle.material, Chain if name == "certificate" else KeyHint)


@pytest.mark.parametrize("name", SIGNERS)
def test_equal_input_gives_equal_bytes(name: str) -> None:
    assert SIGNERS[name]().seal("a", b"b") == SIGNERS[name]().seal("a", b"b")


@pytest.mark.parametrize("name", SIGNERS)
def test_nothing_secret_is_shown(name: str) -> None:
    assert "rivate" not in repr(SIGNERS[name]()).replace("PrivateKey(", "")
