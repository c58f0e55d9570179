import attrs

from provenance.errors import Code
from provenance.flows.desk import LARGEST_DOCUMENT, Desk, Document
from provenance.flows.look_at import UNREAD, look_at
from provenance.sources.local import LocalSource
from provenance.stores.evidence import EvidenceStore
from provenance.text.budget import over
from provenance.values.inventory import Inventory
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.settings import Budget
from tests.building import claimed, read
from tests.charlm import MODEL, noon


def size(document: Document) -> Look[int]:
    return Seen(len(document.data))


def test_a_file_is_read_missing_or_could_not_be_looked_at() -> None:
    desk = Desk(LocalSource(MODEL, budget=Budget(), clock=noon), EvidenceStore(None), noon, "u")
    listed = Inventory((read("config.json"), claimed("README.md")))

    assert look_at("config.json", listed, desk, size) == Seen(
        (MODEL / "config.json").stat().st_size
    )
    assert look_at("README.md", listed, desk, size) == UNREAD
    assert isinstance(look_at("LICENSE", listed, desk, size), Missing)
    in_part = Inventory(listed.entries, complete=False)
    assert isinstance(look_at("LICENSE", in_part, desk, size), Unseen)


def test_what_is_over_a_bound_is_unseen_and_ends_nothing() -> None:
    desk = Desk(LocalSource(MODEL, budget=Budget(), clock=noon), EvidenceStore(None), noon, "u")
    huge = attrs.evolve(read("config.json"), size=LARGEST_DOCUMENT + 1)

    def dear(_: Document) -> Look[int]:
        raise over("the JSON", 9, 8, "bytes")

    large = look_at("config.json", Inventory((huge,)), desk, size)
    costly = look_at("config.json", Inventory((read("config.json"),)), desk, dear)

    assert isinstance(large, Unseen)
    assert isinstance(costly, Unseen)
    assert large.code is costly.code is Code.RESOURCE
