"""Opening a file of bundles: who of those that the caller trusts signed which bytes."""

from collections.abc import Sequence

from provenance.errors import Code, UsageError, VerificationError
from provenance.ports.verifier import Verifier
from provenance.signers.opening import ANOTHERS, open_by
from provenance.signers.table import further_kinds
from provenance.values.policy import Policy
from provenance.values.verified import Opened
from provenance.wire.bundle import parse_bundles

# A policy that asks for several signers reads as many bundles as this.
MOST_BUNDLES = 32


def open_bundles(
    data: bytes, trust: Sequence[Verifier], policy: Policy | None
) -> tuple[Opened, ...]:
    """Return what trusted signers signed: the same bytes each, and at least one of them.

    There is exactly one bundle, unless the policy asks for several signers; then those of nobody
    who is trusted are left aside, and none of the others may be broken.

    Raises:
        UsageError: when nobody is trusted.
        VerificationError: for any doubt.
    """
    if not trust:
        raise UsageError(
            "nobody is trusted", hint="name whom you trust: a public key, or roots and a name"
        )
    several = policy is not None and policy.signers is not None and policy.signers.needed > 1
    found: list[Opened] = []
    refused: list[VerificationError] = []
    most = MOST_BUNDLES if several else 1
    for bundle in parse_bundles(data, most=most, further=further_kinds()):
        try:
            found.append(open_by(bundle, trust))
        except VerificationError as error:
            if error.code not in ANOTHERS:
                raise
            refused.append(error)
    if not found:
        raise refused[0]
    if len({one.payload for one in found}) > 1 or len({one.payload_type for one in found}) > 1:
        raise VerificationError(
            "the signers did not sign the same bytes",
            hint="get one manifest signed by all of them",
            code=Code.PAYLOADS_DIFFER,
        )
    return tuple(found)
