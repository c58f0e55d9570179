"""What a bundle is opened by, besides who is trusted."""

from collections.abc import Callable
from datetime import datetime
from enum import Enum, auto, unique

import attrs


@unique
class Legacy(Enum):
    """What to make of a signature over the encoding of model signing 0.2.0."""

    # It is not even looked for: no such signature was ever put on what is opened here.
    NONE = auto()
    # It is recognized and refused, with a word about how to allow it.
    REFUSED = auto()
    ALLOWED = auto()


@attrs.frozen
class Terms:
    """What a caller's trust is read by, in one verification.

    Attributes:
        clock: tells the moment at which certificates have to be valid.
        policy_names_signers: a policy says who has to have signed, so that trust in many, all
            holders of certificates under a root, leaves nobody unnamed.
        legacy: what to make of signatures of model signing 0.2.0.
    """

    clock: Callable[[], datetime] = attrs.field(repr=False)
    policy_names_signers: bool = False
    legacy: Legacy = Legacy.NONE
