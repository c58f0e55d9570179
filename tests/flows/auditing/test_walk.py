from threading import Barrier

import attrs

from provenance.errors import Code
from provenance.flows.auditing.follower import Follower
from provenance.flows.auditing.walk import THREADS, Arrived, Bound, Stop, Walked, walk
from provenance.ports.silence import Silence
from provenance.stores.evidence import EvidenceStore
from provenance.values.facts import Ancestor
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Missing, Unseen
from provenance.values.revision import Commit
from provenance.values.settings import Settings
from tests.building import WHERE
from tests.charlm import noon

MODELS = frozenset({LocatorKind.HUB_MODEL})
FOLLOWER = Follower(Settings(), EvidenceStore(None), noon, Silence())


def model(name: str) -> Locator:
    return Locator(LocatorKind.HUB_MODEL, f"o/{name}")


def walked(*names: str, leads: dict[str, list[str]], most: int = 9, steps: int = 9) -> Walked:
    """Walk from models to those that each leads to; none of them is there."""

    def visit(stop: Stop, _: Follower) -> Arrived:
        further = leads.get(stop.locator.uri.removeprefix("o/"), [])
        linked = Ancestor(stop.locator, stop.steps, stop.named, Missing("it is gone"))
        return Arrived(linked, (), tuple(Stop(model(x), steps=stop.steps + 1) for x in further))

    stops = [Stop(model(name), named=(WHERE,)) for name in names]
    visits = {LocatorKind.HUB_MODEL: visit}
    return walk(stops, visits, [Bound(MODELS, most, steps, "too many")], FOLLOWER)


def names(found: Walked) -> list[str]:
    return [one.locator.uri.removeprefix("o/") for one in found.linked]


def test_what_is_near_is_looked_at_before_what_it_leads_to() -> None:
    found = walked("a", "b", leads={"a": ["c", "d"], "c": ["e"], "b": ["f"]})

    assert names(found) == ["a", "b", "c", "d", "f", "e"]


def test_each_place_is_looked_at_once_and_circles_end() -> None:
    found = walked("a", "b", "a", leads={"a": ["b", "a", "c"], "b": ["c"], "c": ["a"]})

    assert names(found) == ["a", "b", "c"]
    assert found.limits == ()


def test_what_is_over_a_bound_is_said() -> None:
    wide = walked("a", "b", "c", leads={}, most=2)
    deep = walked("a", leads={"a": ["b"], "b": ["c"]}, steps=2)

    assert (names(wide), names(deep)) == (["a", "b"], ["a", "b"])
    assert [(one.code, one.what) for one in wide.limits] == [(Code.RESOURCE, "hub-model:o/c")]
    assert [(one.code, one.what) for one in deep.limits] == [(Code.RESOURCE, "hub-model:o/c")]


def test_what_is_named_twice_is_one_under_its_better_name() -> None:
    commit = Commit("c0ffee" * 6 + "beef")
    seen: list[Stop] = []

    def visit(stop: Stop, _: Follower) -> Arrived:
        seen.append(stop)
        return Arrived(Ancestor(stop.locator, 1, stop.named, Unseen("no")))

    pinned = Locator(LocatorKind.HUB_MODEL, "o/a", commit)
    other = attrs.evolve(WHERE, start=1, end=2)
    stops = [Stop(model("a"), named=(WHERE,)), Stop(pinned, named=(other, WHERE))]

    found = walk(stops, {LocatorKind.HUB_MODEL: visit}, [Bound(MODELS, 9, 9, "too many")], FOLLOWER)

    (stop,) = seen
    assert (stop.locator, stop.named) == (pinned, (WHERE, other))
    assert [(one.what, one.why) for one in found.limits] == [(str(pinned), "no")]


def test_several_are_looked_at_at_a_time() -> None:
    together = Barrier(THREADS, timeout=30)

    def visit(stop: Stop, _: Follower) -> Arrived:
        together.wait()
        return Arrived(Ancestor(stop.locator, 1, (), Missing("it is gone")))

    stops = [Stop(model(str(at))) for at in range(THREADS)]
    found = walk(stops, {LocatorKind.HUB_MODEL: visit}, [Bound(MODELS, 9, 9, "too many")], FOLLOWER)

    assert len(found.linked) == THREADS
