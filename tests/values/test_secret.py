from provenance.values.secret import Secret


def test_no_more_than_four_letters_of_a_token_are_shown() -> None:
    token = Secret("a GitHub token", 3, 9, "ghp_Zx81", "GitHub")

    assert token.shown == "a GitHub token, 8 characters that begin with ghp_"
    assert "Zx81" not in repr(token)


def test_of_a_password_only_the_length_is_shown() -> None:
    assert Secret("a password", 0, 5, "Tr0ub", "").shown == "a password, 5 characters"


def test_a_key_without_a_text_is_its_kind() -> None:
    assert Secret("a private key (RSA)", 0, 5, "", "").shown == "a private key (RSA)"
