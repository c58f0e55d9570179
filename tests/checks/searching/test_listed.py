import attrs

from provenance.checks.searching.listed import ListedFiles
from provenance.values.component import Component
from provenance.values.finding import Absent, Confirmed, Unknown
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.rung import Rung
from tests.building import FACTS, claimed, read


def files(*entries: FileEntry) -> ListedFiles:
    return ListedFiles("check", Component.TOKENIZER, entries, "tokenizer")


def test_a_listed_file_is_claimed_and_located() -> None:
    found = files(*map(read, "abcde")).listed(FACTS)

    assert [one.rung for one in found] == [Rung.CLAIMED, Rung.LOCATED]
    assert isinstance(found[0].outcome, Confirmed)
    assert "a, b, c and 2 more" in found[0].outcome.reason


def test_a_file_that_is_not_listed_is_absent_only_when_the_listing_is_complete() -> None:
    incomplete = attrs.evolve(FACTS, inventory=Inventory((), complete=False))

    assert isinstance(files().listed(FACTS)[0].outcome, Absent)
    assert isinstance(files().listed(incomplete)[0].outcome, Unknown)


def test_only_a_publisher_s_commit_binds() -> None:
    local = attrs.evolve(FACTS, publisher_bound=False)

    assert isinstance(files(read("a")).bound(FACTS).outcome, Confirmed)
    assert isinstance(files(read("a")).bound(local).outcome, Absent)
    assert isinstance(files(read("a", bound=False)).bound(FACTS).outcome, Unknown)
    assert isinstance(files(claimed("a")).bound(FACTS).outcome, Unknown)
