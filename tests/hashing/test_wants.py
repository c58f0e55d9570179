import pickle

from hypothesis import given
from hypothesis import strategies as st

from provenance.hashing.wants import Columns, Want, Wants
from tests.hashing.files import ALL, BOTH, TREE

STAMP = (1, 2, 3, 4, 5)
WANTS = st.lists(
    st.builds(
        Want,
        st.sampled_from(["", "a/", "b/"]),
        st.text(min_size=1, max_size=2),
        st.integers(0, 9),
        st.sampled_from([None, STAMP]),
        st.sampled_from([BOTH, TREE]),
    ),
    max_size=12,
)


@given(WANTS)
def test_columns_are_the_files_that_they_were_made_of(wants: list[Want]) -> None:
    columns = Wants.of(wants)

    assert len(columns) == len(wants)
    assert list(columns) == wants
    assert list(columns[1:3]) == wants[1:3]
    assert [columns[at].path for at in range(len(wants))] == [one.path for one in wants]
    assert list(pickle.loads(pickle.dumps(columns))) == wants  # noqa: S301 - our own


def test_columns_stay_as_they_are() -> None:
    columns = Wants.of([Want("", "a", 1, None, BOTH)])

    assert Wants.of(columns) is columns
    assert columns.chosen(range(1)) is columns


@given(WANTS, st.data())
def test_chosen_files_come_in_the_order_of_their_places(
    wants: list[Want], data: st.DataObject
) -> None:
    places = data.draw(st.permutations(range(len(wants))))
    begin = data.draw(st.integers(0, len(wants)))

    columns = Wants.of(wants)

    assert list(columns.chosen(places)) == [wants[at] for at in places]
    assert list(columns.chosen(range(begin, len(wants)))) == wants[begin:]


@given(WANTS, st.integers(1, 4))
def test_a_group_is_of_one_folder_and_one_kind(wants: list[Want], length: int) -> None:
    groups = list(Wants.of(wants).groups(length))

    assert [want for group in groups for want in group] == wants
    assert all(1 <= len(group) <= length for group in groups)
    assert all(len({(one.folder, one.algorithms) for one in group}) == 1 for group in groups)


def test_what_was_listed_is_wanted_with_its_stamps() -> None:
    columns = Columns(["a/", "b/"], ["x", "y"], [STAMP, (1, 9, 7, 4, 5)])

    wants = columns.wants(ALL)

    assert list(wants) == [
        Want("a/", "x", 3, STAMP, ALL),
        Want("b/", "y", 7, (1, 9, 7, 4, 5), ALL),
    ]
    assert columns.chosen(range(2)) is columns
    assert columns.chosen([1]).names == ["y"]
