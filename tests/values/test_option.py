from provenance.values.option import Given, PrivatePem


def test_a_key_and_its_password_are_not_shown() -> None:
    key = PrivatePem(b"secret", b"secret")

    assert "secret" not in repr(key)
    assert "secret" not in repr(Given({"--a": (b"secret",)}, {"--b": key}))
