import pytest

from provenance.errors import Code, UsageError
from provenance.policy.file import parse
from provenance.values.policy import Policy
from tests.building import SHA

KEY = f'[[signers.accept]]\nkey = "{SHA}"\n'
OTHER = f'[[signers.accept]]\nkey = "sha256:{"cd" * 32}"\n'


def signers(require: str, accept: str) -> Policy:
    return parse(f"schema = 1\n[signers]\n{require}\n{accept}".encode())


@pytest.mark.parametrize(
    ("require", "needed"),
    [("", 1), ('require = "any"', 1), ('require = "all"', 2), ("require = 2", 2)],
)
def test_any_of_all_of_and_m_of_n_are_told_apart(require: str, needed: int) -> None:
    policy = signers(require, KEY + OTHER)

    assert policy.signers is not None
    assert policy.signers.needed == needed


REFUSED = {
    "nobody": ("", "", "accept: it is missing"),
    "an empty list": ("accept = []", "", "none"),
    "none required": ("require = 0", KEY, "0 of 1 accepted signers; write 1 to 1"),
    "more than there are": ("require = 2", KEY, "2 of 1 accepted signers; write 1 to 1"),
    "most of them": ('require = "most"', KEY, '"any", "all" or a number'),
    "half of them": ("require = 0.5", KEY, "expected an integer"),
    "true of them": ("require = true", KEY, "expected an integer"),
    "one twice": ("", KEY + KEY, "twice"),
    "another key": ("needed = 1", KEY, "no such key"),
    "an accepted text": (f'accept = ["{SHA}"]', "", "expected a table"),
    "a short digest": ("", '[[signers.accept]]\nkey = "sha256:ab"\n', "provenance key show"),
    "capital digits": ("", f'[[signers.accept]]\nkey = "{str(SHA).upper()}"\n', "not a digest"),
    "a git id": ("", f'[[signers.accept]]\nkey = "gitblob:{"ab" * 20}"\n', "SHA-256"),
    "no kind": ("", f'[[signers.accept]]\nroot = "{SHA}"\n', "exactly one of"),
    "two kinds": ("", f'{KEY}certificate = "cn:a"\n', "exactly one of"),
    "a root of a key": ("", f'{KEY}root = "{SHA}"\n', "goes with certificate"),
    "an issuer of a certificate": (
        "",
        '[[signers.accept]]\ncertificate = "cn:a"\nissuer = "https://a"\n',
        "goes with identity",
    ),
    "no issuer": ("", '[[signers.accept]]\nidentity = "me"\n', "issuer: it is missing"),
    "an empty issuer": ("", '[[signers.accept]]\nidentity = "me"\nissuer = ""\n', "anybody's"),
    "a name without a kind": (
        "",
        '[[signers.accept]]\ncertificate = "release@example.org"\n',
        "kind:value",
    ),
    "everybody": (
        "",
        '[[signers.accept]]\nidentity-pattern = "*"\nissuer = "https://a"\n',
        "admits everybody",
    ),
    "a pattern of an issuer": (
        "",
        '[[signers.accept]]\nidentity = "me"\nissuer-pattern = "https://*"\n',
        "no such key",
    ),
}


@pytest.mark.parametrize(("require", "accept", "said"), REFUSED.values(), ids=REFUSED)
def test_signers_that_cannot_be_meant_are_refused(require: str, accept: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        signers(require, accept)

    assert caught.value.code is Code.POLICY_FILE
    assert said in caught.value.what + caught.value.hint
