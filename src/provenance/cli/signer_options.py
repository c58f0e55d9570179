"""Options that say whose signature it will be, as the methods of signing have them."""

from provenance.cli.method_options import Typed, Ways
from provenance.signers.signing import Signing
from provenance.signers.table import methods

_WAYS = Ways(tuple(one.signs for one in methods() if one.signs))


def _signing(typed: Typed) -> Signing:
    return Signing(_WAYS.one_of(typed, "who signs"))


signing_options = _WAYS.offered("signing", _signing)
