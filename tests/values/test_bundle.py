import pytest

from provenance.errors import InvalidValueError
from provenance.values.bundle import (
    Bundle,
    Chain,
    EmbeddedKey,
    Envelope,
    Keyless,
    OtherMaterial,
)


def test_the_bytes_of_a_bundle_are_not_shown() -> None:
    envelope = Envelope("text/plain", b"secret", b"secret")

    for material in (Chain((b"secret",)), EmbeddedKey(b"secret"), Keyless(b"secret")):
        assert "secret" not in repr(Bundle(envelope, material))


@pytest.mark.parametrize("kind", ["", "publicKey", "tlogEntries", "a b", "Upper", "a" * 65])
def test_a_further_method_s_material_has_a_name_of_its_own(kind: str) -> None:
    with pytest.raises(InvalidValueError):
        OtherMaterial(kind, b"{}")
