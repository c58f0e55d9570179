import attrs
import pytest

from provenance.errors import Code
from provenance.flows.signing.closed_world import Comparison, FilesDifferError, compare
from provenance.values.difference import Change, Difference
from provenance.values.digest import Digest, DigestSet
from provenance.values.inventory import FileEntry, Inventory, Kind
from provenance.values.path import RelPath
from tests.building import read

LISTED = Inventory(tuple(map(read, ("a", "b", "model.sig"))))
OTHER = DigestSet((Digest.sha256("cd" * 32),))


def against(*today: FileEntry, left_out: frozenset[str] = frozenset()) -> Comparison:
    return compare(LISTED, Inventory(today), left_out=left_out)


def changes(found: Comparison) -> list[tuple[str, Change]]:
    return [(one.path.text, one.change) for one in found.differences]


def test_the_same_files_do_not_differ() -> None:
    assert against(*LISTED) == Comparison(3, (), (), ())


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (("a", "b", "c", "model.sig"), [("c", Change.ADDED)]),
        (("a", "model.sig"), [("b", Change.REMOVED)]),
        (("a", "b2", "model.sig"), [("b", Change.REMOVED), ("b2", Change.ADDED)]),
        ((), [("a", Change.REMOVED), ("b", Change.REMOVED), ("model.sig", Change.REMOVED)]),
    ],
)
def test_names_are_compared(today: tuple[str, ...], expected: list[tuple[str, Change]]) -> None:
    assert changes(against(*map(read, today))) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (attrs.evolve(read("b"), size=17), Change.CHANGED),
        (attrs.evolve(read("b"), digests=OTHER), Change.CHANGED),
        (attrs.evolve(read("b"), kind=Kind.LINK), Change.RETYPED),
    ],
    ids=["size", "digest", "kind"],
)
def test_one_file_that_is_not_as_listed_is_told(today: FileEntry, expected: Change) -> None:
    found = against(read("a"), today, read("model.sig"))

    assert changes(found) == [("b", expected)]
    assert found.differences[0].detail


def test_an_executable_bit_is_a_remark() -> None:
    runs = attrs.evolve(read("a"), kind=Kind.EXECUTABLE)
    rest = (read("b"), read("model.sig"))

    found = against(runs, *rest)
    back = compare(Inventory((runs, *rest)), LISTED, left_out=frozenset())

    assert (found.differences, back.differences) == ((), ())
    assert found.remarks == ("'a' may be executed, unlike when it was listed",)
    assert back.remarks == ("'a' may not be executed, unlike when it was listed",)


@pytest.mark.parametrize("today", [("a", "b"), ("a", "b", "model.sig")])
def test_what_the_caller_leaves_out_is_not_compared_on_either_side(today: tuple[str, ...]) -> None:
    found = against(*map(read, today), left_out=frozenset({"model.sig"}))

    assert (found.files, found.differences) == (2, ())
    assert found.left_out == today[2:]


def test_a_name_is_left_out_at_the_top_only() -> None:
    found = compare(
        LISTED,
        Inventory((*LISTED, read("x/model.sig"))),
        left_out=frozenset({"model.sig"}),
    )

    assert changes(found) == [("x/model.sig", Change.ADDED)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (Change.ADDED, Code.FILE_ADDED),
        (Change.REMOVED, Code.FILE_REMOVED),
        (Change.CHANGED, Code.FILE_CHANGED),
        (Change.RETYPED, Code.FILE_RETYPED),
    ],
)
def test_the_error_names_the_first_and_counts_them(change: Change, code: Code) -> None:
    first = Difference(RelPath("a\u202eb"), change, "is odd")
    second = Difference(RelPath("c"), Change.CHANGED, "is odd as well")

    one, two = FilesDifferError.about((first,)), FilesDifferError.about((first, second))

    assert (one.code, two.code) == (code, code)
    assert one.what == r"'a\u202eb' is odd"
    assert two.what == r"'a\u202eb' is odd; 2 files differ in all"
    assert two.differences == (first, second)
    assert two.hint


def test_the_error_says_when_another_revision_was_expected() -> None:
    error = FilesDifferError.about(
        (Difference(RelPath("a"), Change.ADDED, "is not listed"),), revision="it is about v1"
    )

    assert error.code is Code.RELEASE_REVISION
    assert error.what == "it is about v1: 'a' is not listed"
