"""Evidence as JSON: captures, and places in them."""

from provenance.text.shape import Reader
from provenance.values.address import Address
from provenance.values.evidence import Evidence, EvidenceKind, Where
from provenance.wire.scalars import (
    JsonObject,
    encode_digest,
    encode_moment,
    parse_digest,
    parse_moment,
    sensible,
    whole,
)


def encode_evidence(evidence: Evidence) -> JsonObject:
    """Return a capture as a ResourceDescriptor of in-toto, with what else is known of it."""
    return {
        "captured_at": encode_moment(evidence.seen_at),
        "digest": encode_digest(evidence.digest),
        "id": evidence.id,
        "kind": evidence.kind.value,
        "media_type": evidence.media_type,
        "size": evidence.size,
        "uri": evidence.uri,
    }


def parse_evidence(reader: Reader) -> Evidence:
    """Read a capture; the inverse of :func:`encode_evidence`."""
    reader.only_keys("captured_at", "digest", "id", "kind", "media_type", "size", "uri")
    found = Evidence(
        kind=reader.choice("kind", EvidenceKind),
        address=Address.parse(reader.text("uri")),
        digest=parse_digest(reader, "digest"),
        size=whole(reader, "size"),
        media_type=reader.text("media_type"),
        seen_at=parse_moment(reader, "captured_at"),
    )
    if reader.text("id") != found.id:
        raise reader.wrong("id", "it is not the beginning of the digest")
    return found


def encode_where(where: Where) -> JsonObject:
    """Return a place in a capture: the bytes from ``start`` to before ``end``."""
    return {
        "digest": encode_digest(where.digest),
        "end": where.end,
        "start": where.start,
        "uri": where.uri,
    }


def parse_where(reader: Reader) -> Where:
    """Read a place; the inverse of :func:`encode_where`."""
    reader.only_keys("digest", "end", "start", "uri")
    with sensible(reader, "start"):
        return Where(
            address=Address.parse(reader.text("uri")),
            digest=parse_digest(reader, "digest"),
            start=whole(reader, "start"),
            end=whole(reader, "end"),
        )


def parse_because(reader: Reader) -> tuple[Where, ...]:
    """Read the places that something rests on."""
    return tuple(parse_where(one) for one in reader.objects("because"))
