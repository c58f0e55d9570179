"""How far something is shown to be there, as JSON: a rung, or that it is unknown."""

from provenance.text.shape import Reader
from provenance.values.rung import Reach, Rung
from provenance.wire.scalars import JsonObject, sensible

UNKNOWN = "unknown"


def encode_reach(reach: Reach) -> JsonObject:
    """Return the keys ``rung``, a number or ``unknown``, and ``rung_at_most``."""
    return {
        "rung": UNKNOWN if reach.unknown else int(reach.shown),
        "rung_at_most": int(reach.at_most),
    }


def parse_reach(reader: Reader) -> Reach:
    """Read both keys; the inverse of :func:`encode_reach`."""
    unknown = reader.value("rung") == UNKNOWN
    shown = Rung.ABSENT if unknown else parse_rung(reader, "rung")
    with sensible(reader, "rung_at_most"):
        reach = Reach(shown, parse_rung(reader, "rung_at_most"))
    if reach.unknown != unknown:
        raise reader.wrong("rung", "unknown is: nothing shown, and something left open")
    return reach


def parse_rung(reader: Reader, key: str) -> Rung:
    """Read a rung's number."""
    return Rung(reader.integer(key, maximum=max(Rung)))
