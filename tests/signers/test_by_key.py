import pytest

from provenance.errors import UsageError
from provenance.signers.by_key import KeyCredential, TrustedKey
from provenance.values.terms import Terms
from tests.flows.signed import PRIVATE, PUBLIC
from tests.signers.authorities import NOW

TERMS = Terms(lambda: NOW)
WORDS = b"A key, as some tools write it:\n"


def test_words_around_a_key_are_taken_where_it_may_be_explained() -> None:
    (trusted,) = TrustedKey(WORDS + PUBLIC, explained=True).verifiers(TERMS)
    credential = KeyCredential(WORDS + PRIVATE, explained=True)

    opened = trusted.open(credential.signer(lambda: NOW).seal("a", b"b"))

    assert opened.payload == b"b"


def test_words_around_a_key_are_refused_where_it_may_not() -> None:
    with pytest.raises(UsageError, match="no public key"):
        TrustedKey(WORDS + PUBLIC).verifiers(TERMS)
    with pytest.raises(UsageError, match="no private key"):
        KeyCredential(WORDS + PRIVATE).read()
