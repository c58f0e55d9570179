from provenance.values.bundle import Bundle, Chain, EmbeddedKey, Envelope, Keyless


def test_the_bytes_of_a_bundle_are_not_shown() -> None:
    envelope = Envelope("text/plain", b"secret", b"secret")

    for material in (Chain((b"secret",)), EmbeddedKey(b"secret"), Keyless(b"secret")):
        assert "secret" not in repr(Bundle(envelope, material))
