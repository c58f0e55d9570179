"""Hazards and limits: what is wrong with a release, and what was not looked at."""

import attrs

from provenance.errors import Code

# What befalls a command, a bundle or a signature: nobody ever finds it in a release.
_NO_FINDING = (
    *("USAGE", "REF", "PATH_MISSING", "POLICY_", "KEY", "CERTIFICATE_", "TRUST_CONFIG", "BUNDLE_"),
    *("SIGNATURE", "STATEMENT_", "MANIFEST_", "CLAIMED_DIGESTS", "RELEASE_", "FILE_REMOVED"),
    *("FILE_RETYPED", "INVENTORY_INCOMPLETE", "LOG_", "LEGACY", "PAYLOAD", "PREDICATE_TYPE"),
    *("OMS_", "TENSOR_MISSING", "EXTRA_MISSING", "PACKAGE_MISSING", "EXECUTOR", "PARTS"),
    *("SUM_LIST", "DIGESTS_SHAPE", "NOT_PRIVATE", "CACHE_"),
)
#: The codes that a hazard can have.
FINDINGS = tuple(code for code in Code if not code.startswith(_NO_FINDING))

#: How the reason of a limit ends that is about numbers in a weight file, and nothing else of it.
TENSORS_NOT_READ = "listed, their tensors not read"


@attrs.frozen(order=True)
class Hazard:
    """Something in the release that a careful reader wants to know of; never silent.

    ``path`` names the file, or is empty for the release as a whole; both texts may hold whatever
    the release wrote, and are escaped where they are shown.
    """

    code: Code
    path: str
    detail: str


@attrs.frozen(order=True)
class Limit:
    """Something that was not looked at, and why: it stays unknown."""

    code: Code
    what: str
    why: str
