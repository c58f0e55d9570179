import time
from collections.abc import Callable

import pytest

from provenance.policy.secrets import MOST, secrets_in, unescaped, without_secrets
from tests.policy.secret_samples import BENIGN, SECRETS, word

MEBIBYTE = 2**20


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_found_and_not_shown(name: str) -> None:
    path, text = SECRETS[name]

    found = secrets_in(path, text.encode())

    assert found
    for one in found:
        assert not one.text or one.text[5:] not in one.shown


@pytest.mark.parametrize("name", BENIGN)
@pytest.mark.parametrize("path", ["README.md", "a.py", ".env"])
def test_what_stands_for_a_secret_is_none(name: str, path: str) -> None:
    assert secrets_in(path, BENIGN[name].encode()) == ()


def test_a_secret_that_two_rules_see_is_told_once() -> None:
    token = "hf_" + word(34)

    (found,) = secrets_in("a.env", f"PASSWORD={token}".encode())

    assert (found.kind, found.start) == ("a Hugging Face token", 9)


def test_in_programs_only_what_stands_between_quotes_is_a_value() -> None:
    name = b"password = config_value_7"

    assert secrets_in("a.py", name) == ()
    assert secrets_in("a.json", b'{"password": "gT7kQ9zzP"}')


def test_of_very_many_the_first_are_returned() -> None:
    many = "\n".join("hf_" + word(34) for _ in range(MOST * 3))

    assert len(secrets_in("a", many.encode())) == MOST + 1


def test_escapes_are_undone_in_their_places() -> None:
    data = rb'"x = \"y\"\n and \r\n"'

    assert len(unescaped(data)) == len(data)
    assert b"\\" not in unescaped(data)


def test_a_text_that_quotes_a_secret_is_shown_without_it() -> None:
    secret = word(20)

    assert without_secrets(f"see {secret} and {secret[:15]}", [secret]) == "see … and …"
    assert without_secrets("nothing here", [secret, ""]) == "nothing here"


@pytest.mark.parametrize(
    "part",
    [
        *(b"hf_", b"sk-", b"eyJ", b"password", b"password=", b"://a:", b"token : ", b"-----BEGIN "),
        *(b'"d":"', b'"d":"abcdefghijklmnopqrstuvwxyz" "kty":"EC"', b"machine a login "),
        *(b"-----BEGIN PRIVATE KEY-----", b"eyJhbGciOiJI.eyJhbGciOiJI.", b"PuTTY-User-Key-File-1:"),
    ],
)
def test_hostile_repetitions_cost_no_more_than_their_length(
    part: bytes, how_many: Callable[[int, int], int]
) -> None:
    size = how_many(MEBIBYTE // 4, MEBIBYTE) // len(part)
    started = time.process_time()
    secrets_in("a", part * size)
    once = time.process_time() - started

    started = time.process_time()
    secrets_in("a", part * size * 4)

    assert time.process_time() - started < 8 * once + 0.5
