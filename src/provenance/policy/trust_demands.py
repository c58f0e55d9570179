"""Demands on trust: who signed, how long ago, and which revision exactly."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from provenance.values.manifest import Manifest
from provenance.values.party import parties
from provenance.values.policy import Policy
from provenance.values.signer import Signers
from provenance.values.verdict import Answer, State
from provenance.values.verified import Checked, Match

# What two honest clocks may be apart.
SKEW = timedelta(minutes=5)
_VERIFY = "decide with: provenance verify --policy"


def trust_answers(
    policy: Policy, manifest: Manifest, checked: Checked | None, now: datetime | None
) -> Iterator[Answer]:
    """Yield one answer for each demand on signers, age and revision."""
    if policy.signers:
        yield _signers(policy.signers, checked)
    if days := policy.max_audit_age_days:
        yield _age("max-audit-age-days", "the audit", manifest.release.resolved_at, days, now)
    if days := policy.max_signature_age_days:
        yield _signature_age(days, checked, now)
    if policy.exact_revision:
        yield _revision(checked)


def _signers(signers: Signers, checked: Checked | None) -> Answer:
    asked = f"{signers.needed} of {len(signers.accepted)} accepted signers are asked for"
    if checked is None:
        return Answer("signers", State.OPEN, f"no signature was verified; {asked}", _VERIFY)
    met = signers.met_by(checked.signers)
    reason = f"{met} of the accepted signers signed; {asked}"
    if met >= signers.needed:
        return Answer("signers", State.MET, reason)
    names = ", ".join(dict.fromkeys(map(str, checked.signers)))
    hint = "get the signatures that are missing, or accept who signed in the policy"
    if len(parties(checked.signers)) < len(set(checked.signers)):
        reason += "; signatures that share a key or a name are one signer's"
    return Answer("signers", State.UNMET, f"{reason}; signed by {names}", hint)


def _age(demand: str, what: str, then: datetime, days: int, now: datetime | None) -> Answer:
    asked = f"at most {days} days are asked for"
    if now is None:
        return Answer(demand, State.OPEN, f"no moment to decide at was given; {asked}")
    age = now - then
    if age < -SKEW:
        hint = "set the clock of this machine, or do not believe the manifest"
        return Answer(demand, State.UNMET, f"{what} is of {then}, which is still to come", hint)
    reason = f"{what} is of {then}; {asked}"
    if age > timedelta(days=days):
        return Answer(demand, State.UNMET, reason, "get a newer one: audit and sign again")
    return Answer(demand, State.MET, reason)


def _signature_age(days: int, checked: Checked | None, now: datetime | None) -> Answer:
    demand = "max-signature-age-days"
    if checked is None:
        return Answer(demand, State.OPEN, "no signature was verified", _VERIFY)
    if checked.signed_at is None:
        reason = f"there is no trusted time of the signature; at most {days} days are asked for"
        return Answer(demand, State.OPEN, reason, "ask for a signature with a timestamp")
    return _age(demand, "the signature", checked.signed_at, days, now)


def _revision(checked: Checked | None) -> Answer:
    demand = "exact-revision"
    if checked is None:
        return Answer(demand, State.OPEN, "no release was compared with the manifest", _VERIFY)
    match checked.subject:
        case Match.SAME_REVISION:
            return Answer(demand, State.MET, "the manifest is about this very revision")
        case Match.SAME_CONTENT_LATER_COMMIT:
            hint = "get the bundle of this revision, or verify the revision that was signed"
            return Answer(demand, State.UNMET, str(checked.subject), hint)
        case _:
            hint = "name the commit that you expect"
            return Answer(demand, State.OPEN, str(checked.subject), hint)
