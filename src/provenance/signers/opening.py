"""Opening one bundle: by whoever it is of those that the caller trusts."""

from collections.abc import Sequence

from provenance.errors import Code, VerificationError
from provenance.ports.verifier import Verifier
from provenance.values.bundle import Bundle, KeyHint
from provenance.values.verified import Opened

# These say that a bundle is another's; every other refusal is about the bundle itself.
ANOTHERS = frozenset(
    {
        *(Code.BUNDLE_METHOD, Code.KEY_UNTRUSTED),
        *(Code.CERTIFICATE_UNTRUSTED, Code.CERTIFICATE_IDENTITY, Code.KEYLESS_IDENTITY),
    }
)


def open_by(bundle: Bundle, trust: Sequence[Verifier]) -> Opened:
    """Return what the first verifier opens.

    Raises:
        VerificationError: of one whom the bundle concerns, or else of the first.
    """
    refusals: list[VerificationError] = []
    for verifier in trust:
        try:
            return verifier.open(bundle)
        except VerificationError as error:
            # Where a bundle names no key, the signature alone says whose it is.
            is_unnamed = error.code is Code.SIGNATURE and bundle.material == KeyHint(None)
            if error.code not in ANOTHERS and not is_unnamed:
                raise
            refusals.append(error)
    telling = [one for one in refusals if one.code is not Code.BUNDLE_METHOD]
    raise (telling or refusals)[0]


def other_method(trusted: str, found: str) -> VerificationError:
    """Return the error for a bundle that was signed by another method than the trusted one."""
    return VerificationError(
        f"the caller trusts {trusted}, and the bundle was signed with {found}",
        hint="say how you know the signer: a public key, a certificate's root, or an identity",
        code=Code.BUNDLE_METHOD,
    )
