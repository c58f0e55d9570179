from provenance.values.difference import Change, Difference
from provenance.values.path import RelPath


def test_differences_are_sorted_by_path() -> None:
    later = Difference(RelPath("b"), Change.ADDED, "")
    earlier = Difference(RelPath("a"), Change.REMOVED, "")

    assert sorted([later, earlier]) == [earlier, later]
