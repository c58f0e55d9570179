"""What is wrong with a release, and what could not be looked at, as JSON."""

from provenance.errors import Code
from provenance.text.shape import Reader
from provenance.values.hazard import Hazard, Limit
from provenance.wire.scalars import JsonObject


def encode_hazard(hazard: Hazard) -> JsonObject:
    """Return what is wrong with a release, and where."""
    return {"code": hazard.code.value, "detail": hazard.detail, "path": hazard.path}


def parse_hazard(reader: Reader) -> Hazard:
    """Read what is wrong; the inverse of :func:`encode_hazard`."""
    reader.only_keys("code", "detail", "path")
    return Hazard(reader.choice("code", Code), reader.text("path"), reader.text("detail"))


def encode_limit(limit: Limit) -> JsonObject:
    """Return what could not be looked at, and why."""
    return {"code": limit.code.value, "what": limit.what, "why": limit.why}


def parse_limit(reader: Reader) -> Limit:
    """Read a limit; the inverse of :func:`encode_limit`."""
    reader.only_keys("code", "what", "why")
    return Limit(reader.choice("code", Code), reader.text("what"), reader.text("why"))
