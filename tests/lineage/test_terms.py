import attrs
import pytest

from provenance.lineage.terms import accesses, licenses
from provenance.values.access import Access
from provenance.values.license import License, Terms
from provenance.values.manifest import Manifest
from provenance.values.movement import Aspect, Movement, Turn
from provenance.values.rung import Rung
from tests.building import MANIFEST, reports

MIT = License(Terms.OPEN, "mit", "MIT")


def under(licence: License, access: Access = Access.PUBLIC, rung: Rung = Rung.BOUND) -> Manifest:
    changed = (attrs.evolve(one, license=licence, access=access) for one in reports(rung).values())
    return attrs.evolve(MANIFEST, components=tuple(changed))


@pytest.mark.parametrize(
    ("licence", "turn", "now"),
    [
        (License(Terms.RESTRICTED, "llama3", "Llama-3"), Turn.CLOSED, "Llama-3 (restricted)"),
        (License(Terms.NONE), Turn.CLOSED, "no licence (none)"),
        (License(Terms.UNKNOWN, "mit"), Turn.UNKNOWN, "mit (unknown)"),
        (License(Terms.OPEN, "mit", "Apache-2.0"), Turn.CHANGED, "Apache-2.0 (open)"),
    ],
)
def test_licences_move_for_all_components_together(licence: License, turn: Turn, now: str) -> None:
    (found,) = licenses(under(MIT), under(licence))

    assert (found.aspect, found.turn) == (Aspect.LICENSE, turn)
    assert (found.before, found.after) == ("MIT (open)", now)
    assert found.about.count(",") == 27


def test_terms_that_open_are_said_to() -> None:
    (found,) = licenses(under(License(Terms.RESTRICTED, "x", "X")), under(MIT))

    assert found.turn is Turn.OPENED


@pytest.mark.parametrize(
    ("access", "turn"),
    [
        (Access.AUTO_GATE, Turn.CLOSED),
        (Access.MANUAL_GATE, Turn.CLOSED),
        (Access.PRIVATE, Turn.CLOSED),
        (Access.UNKNOWN, Turn.UNKNOWN),
    ],
)
def test_a_gate_closes_and_an_unknown_one_is_unknown(access: Access, turn: Turn) -> None:
    (found,) = accesses(under(MIT), under(MIT, access))

    assert (found.turn, found.before, found.after) == (turn, "public", access.value)


def test_what_did_not_move_and_what_nobody_claims_is_not_told() -> None:
    nothing: list[Movement] = []

    assert list(licenses(under(MIT), under(MIT))) == nothing
    assert list(accesses(under(MIT), under(MIT))) == nothing
    unclaimed = under(License(Terms.NONE), Access.PRIVATE, Rung.ABSENT)
    assert list(licenses(under(MIT), unclaimed)) == nothing
    assert list(accesses(unclaimed, under(MIT))) == nothing
