import base64

import pytest

from provenance.policy.private_keys import private_keys
from tests.policy.secret_samples import jwk, pem

HEAD = "-----BEGIN PRIVATE KEY-----"


def kinds(text: str) -> list[str]:
    return [one.kind for one in private_keys(text.encode())]


def test_each_key_of_a_file_is_found() -> None:
    assert kinds(pem("") + pem("RSA ")) == ["a private key (PEM)", "a private key (RSA)"]


@pytest.mark.parametrize(
    "text",
    [
        f'HEADS = ["{HEAD}", "{HEAD.replace("PRIVATE", "RSA PRIVATE")}"]',
        f'x = "{HEAD}"\nvalidate_something(x)',
        f"{HEAD}\n<your key>\n-----END PRIVATE KEY-----",
        f"{HEAD} begins a key, and the rest follows.",
        "-----BEGIN CERTIFICATE-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOC",
    ],
)
def test_a_head_without_a_key_is_none(text: str) -> None:
    assert kinds(text) == []


def test_a_file_that_was_cut_off_behind_its_head_held_a_key() -> None:
    assert kinds(HEAD) == ["a private key (PEM)"]
    assert kinds(f"{HEAD}\n\n") == ["a private key (PEM)"]


def test_a_key_of_openssh_is_found_though_its_first_line_is_mostly_zeros() -> None:
    magic = b"openssh-key-v1\0\0\0\0\4none\0\0\0\4none\0\0\0\0\0\0\0\1\0\0\0\x33\0\0\0\x0bss"
    first = base64.b64encode(magic).decode()
    head, end = (f"-----{one} OPENSSH PRIVATE KEY-----" for one in ("BEGIN", "END"))

    assert kinds(f"{head}\n{first}\n{end}\n") == ["a private key (OPENSSH)"]
    assert kinds(f"{head}\n{first[:24]}xxxxxxxxxxxx\n{end}\n") == []


def test_an_encrypted_key_of_the_old_form_is_found() -> None:
    old = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES\n\nabc"

    assert kinds(old) == ["a private key (RSA)"]


def test_a_json_key_is_private_where_it_has_its_private_part() -> None:
    assert kinds(jwk()) == ["a private key (JSON Web Key)"]
    assert kinds(jwk().replace('"d"', '"n"')) == []
    assert kinds(jwk().replace('"kty"', '"name"')) == []


def test_a_number_of_another_kind_of_key_is_no_private_one() -> None:
    assert kinds(jwk().replace("OKP", "oct")) == []
