"""Options that say whom to trust with a manifest: as many as a caller likes, by any method."""

from itertools import chain

from provenance.cli.method_options import Typed, Ways
from provenance.signers.table import methods
from provenance.signers.trust import Trust

_WAYS = Ways(tuple(one.trusts_recipes for one in methods() if one.trusts_recipes))


def _trust(typed: Typed) -> Trust:
    return Trust(tuple(chain.from_iterable(_WAYS.all_of(typed))))


trust_options = _WAYS.offered("trust", _trust)
