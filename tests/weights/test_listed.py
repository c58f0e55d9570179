import pytest

from provenance.errors import Code
from provenance.values.file_parts import FileParts
from provenance.values.path import RelPath
from provenance.values.weight_kind import WeightKind
from provenance.weights.listed import BY_ENDING, BY_PATH, Listed, pieces

ONE = Listed(WeightKind("one", (".one",)), b"ONE")


def test_of_a_file_that_is_listed_nothing_is_wanted_and_nothing_known() -> None:
    file = FileParts(RelPath("a.one"), 9)

    look, hazards = ONE.parse(file)

    assert ONE.wants(file) == ()
    assert (look.code, hazards) == (Code.NOT_COVERED, ())
    assert "one" in look.reason


def test_first_bytes_tell_where_a_format_has_a_mark() -> None:
    assert ONE.begins(b"ONE and more")
    assert not ONE.begins(b"TWO")
    assert not Listed(WeightKind("two")).begins(b"")


def test_what_is_listed_is_not_read() -> None:
    assert not any(one.kind.read for one in (*BY_PATH, *BY_ENDING))


@pytest.mark.parametrize(
    ("path", "fits"),
    [
        ("a.new.part1", True),
        ("a.gguf-split-a", True),
        ("a.pth.001", True),
        ("a.new", False),
        ("axnew.part1", False),
        ("a.txt.gz", False),
    ],
)
def test_a_piece_of_a_weight_file_is_weights(path: str, *, fits: bool) -> None:
    assert pieces([".new"]).kind.fits(path, RelPath(path).suffix) is fits
