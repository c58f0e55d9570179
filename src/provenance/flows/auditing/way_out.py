"""What a proxy keeps from being seen: the addresses of the hosts behind it."""

from provenance.errors import Code
from provenance.stores.evidence import EvidenceStore
from provenance.values.hazard import Limit
from provenance.values.settings import Settings
from provenance.wire.notes_json import YES

_NOTE = "reached through a proxy"
_WHY = "a proxy was named: hosts were checked by name, and not by their addresses"


def way_out(settings: Settings, store: EvidenceStore) -> tuple[Limit, ...]:
    """Return the limit that a named proxy is, or was to the audit that is replayed."""
    named = settings.network.proxied and not settings.offline
    if not store.answer(_NOTE, YES, lambda: named or None):
        return ()
    return (Limit(Code.NET_PROXY, "addresses of links", _WHY),)
