"""A licence as JSON: as claimed, as its text shows, what it is like, and what it inherits."""

from provenance.text.shape import Reader
from provenance.values.license import Inherited, License, Likeness, Match, Relation, Terms
from provenance.wire.evidence_json import encode_where, parse_because
from provenance.wire.scalars import JsonObject, nullable, sensible


def encode_license(found: License) -> JsonObject:
    """Return a licence; what is not known of it is ``null``."""
    return {
        "because": [encode_where(one) for one in found.because],
        "claimed": found.claimed,
        "evident": found.evident,
        "inherited": _encode_inherited(found.inherited) if found.inherited else None,
        "match": found.match.value if found.match else None,
        "nearest": _encode_likeness(found.nearest) if found.nearest else None,
        "terms": found.terms.value,
    }


def parse_license(reader: Reader) -> License:
    """Read a licence; the inverse of :func:`encode_license`."""
    reader.only_keys("because", "claimed", "evident", "inherited", "match", "nearest", "terms")
    return License(
        terms=reader.choice("terms", Terms),
        claimed=nullable(reader, "claimed", Reader.text),
        evident=nullable(reader, "evident", Reader.text),
        because=parse_because(reader),
        match=nullable(reader, "match", _parse_match),
        nearest=nullable(reader, "nearest", _parse_likeness),
        inherited=nullable(reader, "inherited", _parse_inherited),
    )


def _parse_match(reader: Reader, key: str) -> Match:
    return reader.choice(key, Match)


def _encode_likeness(nearest: Likeness) -> JsonObject:
    return {
        "added": list(nearest.added),
        "id": nearest.id,
        "missing": None if nearest.missing is None else list(nearest.missing),
        "more": nearest.more,
        "similarity": nearest.similarity,
    }


def _parse_likeness(reader: Reader, key: str) -> Likeness:
    inner = reader.object(key)
    inner.only_keys("added", "id", "missing", "more", "similarity")
    with sensible(inner, "similarity"):
        return Likeness(
            id=inner.text("id"),
            similarity=float(inner.number("similarity")),
            added=inner.texts("added"),
            missing=nullable(inner, "missing", Reader.texts),
            more=inner.integer("more", maximum=2**53 - 1),
        )


def _encode_inherited(inherited: Inherited) -> JsonObject:
    return {
        "because": [encode_where(one) for one in inherited.because],
        "license": inherited.license,
        "origin": inherited.origin,
        "relation": inherited.relation.value,
        "terms": inherited.terms.value,
    }


def _parse_inherited(reader: Reader, key: str) -> Inherited:
    inner = reader.object(key)
    inner.only_keys("because", "license", "origin", "relation", "terms")
    return Inherited(
        origin=inner.text("origin"),
        relation=inner.choice("relation", Relation),
        terms=inner.choice("terms", Terms),
        license=nullable(inner, "license", Reader.text),
        because=parse_because(inner),
    )
