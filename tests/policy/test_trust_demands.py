from datetime import datetime, timedelta

import attrs
import pytest

from provenance.policy.trust_demands import SKEW, trust_answers
from provenance.values.digest import Digest
from provenance.values.identity import Certificate, Key
from provenance.values.policy import Policy
from provenance.values.signer import CertificateSigner, KeySigner, Signers
from provenance.values.verdict import Answer, State
from provenance.values.verified import Checked, Match
from tests.building import MANIFEST, NOW
from tests.policy.test_files_demands import CHECKED

KEYS = tuple(Key(Digest.sha256(f"{number:064x}"), "EC P-256") for number in range(4))
RULES = tuple(KeySigner(key.fingerprint) for key in KEYS[:3])
ONE_DAY = timedelta(days=1)


def answer(policy: Policy, checked: Checked | None = None, now: datetime | None = NOW) -> Answer:
    (found,) = trust_answers(policy, MANIFEST, checked, now)
    return found


def signed(*keys: Key) -> Checked:
    return attrs.evolve(CHECKED, identity=keys[0], others=keys[1:])


@pytest.mark.parametrize(
    ("needed", "checked", "state"),
    [
        (1, signed(KEYS[0]), State.MET),
        (1, signed(KEYS[3]), State.UNMET),
        (2, signed(KEYS[0]), State.UNMET),
        (2, signed(KEYS[0], KEYS[2]), State.MET),
        (2, signed(KEYS[0], KEYS[3]), State.UNMET),
        (2, signed(KEYS[0], KEYS[0]), State.UNMET),
        (3, signed(KEYS[0], KEYS[1], KEYS[2]), State.MET),
        (3, signed(KEYS[0], KEYS[1], KEYS[3]), State.UNMET),
        (1, None, State.OPEN),
    ],
)
def test_as_many_signers_as_required_have_to_have_signed(
    needed: int, checked: Checked | None, state: State
) -> None:
    found = answer(Policy(signers=Signers(RULES, needed)), checked)

    assert (found.demand, found.state) == ("signers", state)
    assert f"{needed} of 3" in found.reason


@pytest.mark.parametrize(
    ("age", "state"),
    [
        (timedelta(), State.MET),
        (ONE_DAY, State.MET),
        (ONE_DAY + timedelta(seconds=1), State.UNMET),
        (-SKEW, State.MET),
        (-SKEW - timedelta(seconds=1), State.UNMET),
    ],
)
def test_an_audit_is_neither_too_old_nor_of_the_future(age: timedelta, state: State) -> None:
    audit = answer(Policy(max_audit_age_days=1), now=NOW + age)
    signature = answer(
        Policy(max_signature_age_days=1), attrs.evolve(CHECKED, signed_at=NOW), NOW + age
    )

    assert (audit.demand, audit.state) == ("max-audit-age-days", state)
    assert (signature.demand, signature.state) == ("max-signature-age-days", state)


def test_an_age_without_a_clock_or_a_trusted_time_is_open() -> None:
    audit, signature = Policy(max_audit_age_days=1), Policy(max_signature_age_days=1)

    assert answer(audit, now=None).state is State.OPEN
    assert answer(signature).state is State.OPEN
    assert answer(signature, CHECKED).state is State.OPEN
    assert answer(signature, attrs.evolve(CHECKED, signed_at=NOW), None).state is State.OPEN


@pytest.mark.parametrize(
    ("subject", "state"),
    [
        (Match.SAME_REVISION, State.MET),
        (Match.SAME_CONTENT_LATER_COMMIT, State.UNMET),
        (Match.SAME_CONTENT_NO_REVISION, State.OPEN),
        (Match.ANY_RELEASE, State.OPEN),
        (None, State.OPEN),
    ],
)
def test_only_the_very_commit_is_the_exact_revision(subject: Match | None, state: State) -> None:
    checked = attrs.evolve(CHECKED, subject=subject) if subject else None

    found = answer(Policy(exact_revision=True), checked)

    assert (found.demand, found.state) == ("exact-revision", state)


def test_who_signed_twice_is_told_that_it_counts_once() -> None:
    names = ("email:me@example.org",)
    first, second = (
        Certificate(
            Key(Digest.sha256(f"{number:064x}"), "EC P-256"),
            Digest.sha256(f"{number:064x}"),
            Digest.sha256("0f" * 32),
            "CN=Me",
            names,
        )
        for number in (1, 2)
    )
    accepted = (CertificateSigner(names[0]), CertificateSigner("cn:Me"))
    policy = Policy(signers=Signers(accepted, 2))

    twice = attrs.evolve(CHECKED, identity=first, others=(second, second))
    (told,) = trust_answers(policy, MANIFEST, twice, NOW)
    (once,) = trust_answers(policy, MANIFEST, attrs.evolve(twice, others=()), NOW)

    assert (told.state, once.state) == (State.UNMET, State.UNMET)
    assert "share a key or a name" in told.reason
    assert told.reason.count(str(second)) == 1
    assert "share a key or a name" not in once.reason
