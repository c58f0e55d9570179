from provenance.flows.desk import Desk, Document
from provenance.flows.look_at import UNREAD, look_at
from provenance.sources.local import LocalSource
from provenance.stores.evidence import EvidenceStore
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
