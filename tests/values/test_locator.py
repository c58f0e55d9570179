from provenance.values.locator import Locator, LocatorKind
from provenance.values.revision import Named


def test_a_locator_shows_its_revision_only_when_the_publisher_wrote_one() -> None:
    bare = Locator(LocatorKind.GIT, "https://example.org/o/r")
    pinned = Locator(LocatorKind.HUB_DATASET, "o/d", Named("v1"))

    assert str(bare) == "git:https://example.org/o/r"
    assert str(pinned) == "hub-dataset:o/d@v1"
