import pytest

from provenance.values.inspection import LinkSeen
from provenance.values.locator import Locator, LocatorKind
from provenance.values.revision import Commit, Named, Revision


@pytest.mark.parametrize(
    ("revision", "pinned"), [(Commit("a" * 40), True), (Named("main"), False), (None, False)]
)
def test_only_a_commit_pins_a_link(revision: Revision | None, *, pinned: bool) -> None:
    locator = Locator(LocatorKind.GIT, "https://github.com/o/r", revision)

    assert LinkSeen("README.md", locator, 0, 1, "prose", said=True).pinned is pinned
