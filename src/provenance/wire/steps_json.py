"""What a component weighs, and the cheapest step that would lift it, as JSON."""

from provenance.text.shape import Reader
from provenance.values.component import Component
from provenance.values.composition import Composition, Part
from provenance.values.next_step import Cost, NextStep
from provenance.wire.reach_json import encode_reach, parse_reach, parse_rung
from provenance.wire.scalars import JsonObject, nullable, sensible, whole


def encode_composition(composition: Composition) -> JsonObject:
    """Return the declared total and the named parts, in bytes."""
    return {
        "parts": [
            {"facet": one.facet, "mass": one.mass, **encode_reach(one.reach)}
            for one in composition.parts
        ],
        "total": composition.total,
    }


def parse_composition(reader: Reader, key: str) -> Composition:
    """Read a composition; the inverse of :func:`encode_composition`."""
    inner = reader.object(key)
    inner.only_keys("parts", "total")
    with sensible(reader, key):
        return Composition(
            parts=tuple(_parse_part(one) for one in inner.objects("parts")),
            total=nullable(inner, "total", whole),
        )


def _parse_part(reader: Reader) -> Part:
    reader.only_keys("facet", "mass", "rung", "rung_at_most")
    return Part(reader.text("facet"), parse_reach(reader), nullable(reader, "mass", whole))


def encode_step(step: NextStep) -> JsonObject:
    """Return a next step; the component is that of the report that it stands in."""
    return {"action": step.action, "cost": step.cost.title, "rung": int(step.rung)}


def parse_step(reader: Reader, key: str, component: Component) -> NextStep:
    """Read a next step; the inverse of :func:`encode_step`."""
    inner = reader.object(key)
    inner.only_keys("action", "cost", "rung")
    costs = {one.title: one for one in Cost}
    cost = costs.get(inner.text("cost"))
    if cost is None:
        raise inner.wrong("cost", f"expected one of {', '.join(costs)}")
    return NextStep(component, parse_rung(inner, "rung"), cost, inner.text("action"))
