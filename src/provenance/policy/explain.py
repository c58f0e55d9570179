"""A policy in sentences: what is demanded, and what each demand means."""

from collections.abc import Iterator

from provenance.values.policy import OnUnknown, Policy, Scope
from provenance.values.signer import Signers


def explain(policy: Policy) -> tuple[str, ...]:
    """Return one sentence for each demand, then what the unknown comes to."""
    unknown = {
        OnUnknown.UNDECIDED: "What could not be looked at leaves the verdict undecided (exit 3).",
        OnUnknown.FAIL: "What could not be looked at fails the policy (exit 1).",
    }
    return (*_recipe(policy), *_files(policy), *_trust(policy), unknown[policy.unknown])


def _recipe(policy: Policy) -> Iterator[str]:
    if policy.label:
        yield f"The label that is shown has to be {policy.label} or higher."
    for qualifier in policy.forbidden_qualifiers:
        yield f"The label may not be {qualifier}."
    for component, rung in policy.rungs:
        step = rung.name.lower()
        yield f"{component.title} has to stand on rung {rung:d} ({step}) or higher."
    for demand in policy.licenses:
        accepted = [f"any {one} licence" for one in sorted(demand.terms)] + sorted(demand.ids)
        names = " or ".join(accepted)
        yield f"{demand.component.title} has to stand, by the text, under {names}."
    if policy.mof_class:
        yield f"The evident MOF class has to be {policy.mof_class} or more open."
    for wanted in policy.reproductions:
        yield f"A reproduction of the kind {wanted} has to be recorded."


def _files(policy: Policy) -> Iterator[str]:
    where = {
        Scope.RECIPE: "the release and in what it links to",
        Scope.RELEASE: "the release's own files",
    }
    for code in policy.forbidden_hazards:
        yield f"The hazard {code} may not be in {where[policy.hazards_in]}."
    if policy.digest_evidence:
        yield f"Every digest has to be known in one way of: {', '.join(policy.digest_evidence)}."
    if policy.same_modes:
        yield "No executable bit may differ from the one that is listed."


def _trust(policy: Policy) -> Iterator[str]:
    if signers := policy.signers:
        yield from _signers(signers)
    if policy.max_audit_age_days:
        yield f"The audit may be at most {policy.max_audit_age_days} days old, by its own word."
    if policy.max_signature_age_days:
        days = policy.max_signature_age_days
        yield f"The signature may be at most {days} days old, by a trusted timestamp."
    if policy.exact_revision:
        yield "The release has to be at the very commit that the manifest is about."


def _signers(signers: Signers) -> Iterator[str]:
    asked, count = signers.needed, len(signers.accepted)
    if count == 1:
        yield f"It has to be signed by {signers.accepted[0]}."
        return
    how = "One" if asked == 1 else "All" if asked == count else f"{asked} different ones"
    yield f"{how} of these {count} signers must have signed:"
    yield from (f"a signer: {one}" for one in signers.accepted)
