import re
import tomllib

from provenance.errors import Code
from provenance.policy.file import KEYS, parse
from provenance.policy.template import template
from provenance.values.signer import KeySigner, Signers
from tests.building import SHA


def test_the_template_can_be_used_as_it_is() -> None:
    policy = parse(template().encode())

    assert policy.forbidden_hazards == (Code.PICKLE, Code.REMOTE_CODE)
    assert policy.signers is None


def test_the_keys_that_are_given_are_accepted() -> None:
    assert parse(template([SHA]).encode()).signers == Signers((KeySigner(SHA),))


def test_every_key_is_shown_and_can_be_commented_in() -> None:
    text = template()
    whole = re.sub(r"^# (?=\S+ = |\[|$)", "", text, flags=re.MULTILINE)
    whole = whole.replace("<64 hexadecimal digits, as provenance key show prints them>", "a" * 64)

    assert set(tomllib.loads(whole)) == set(KEYS)
    assert parse(whole.encode()).exact_revision
