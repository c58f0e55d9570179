import pickle

from provenance.doors.descriptor import Stamp
from provenance.hashing.wants import Columns, Want, Wants
from provenance.values.digest import Algorithm

ONE, TWO = (Algorithm.SHA256,), (Algorithm.SHA256, Algorithm.GIT_BLOB)


def stamp(size: int) -> Stamp:
    return (1, size, size, 3, 4)


WANTS = [
    Want("", "a", 1, stamp(1), ONE),
    Want("", "b", 2, None, ONE),
    Want("c/", "d", 3, stamp(3), ONE),
    Want("c/", "e", 4, stamp(4), TWO),
    Want("", "f", 5, stamp(5), ONE),
]


def test_files_in_columns_are_the_same_files() -> None:
    wants = Wants.of(WANTS)

    assert list(wants) == WANTS
    assert [wants[at] for at in range(len(wants))] == WANTS
    assert Wants.of(wants) is wants
    assert list(wants[1:3]) == WANTS[1:3]
    assert list(wants.chosen([4, 0])) == [WANTS[4], WANTS[0]]
    assert list(Wants.of([])) == []
    assert list(pickle.loads(pickle.dumps(wants))) == WANTS  # noqa: S301 - our own, just made


def test_groups_are_neighbours_of_one_folder_that_want_the_same_and_not_too_many() -> None:
    def groups(most: int) -> list[list[str]]:
        return [list(group.names) for group in Wants.of(WANTS).groups(most)]

    assert groups(256) == [["a", "b"], ["d"], ["e"], ["f"]]
    assert groups(1) == [["a"], ["b"], ["d"], ["e"], ["f"]]


def test_listed_files_are_wanted_with_the_sizes_of_their_stamps() -> None:
    columns = Columns(["", "c/"], ["a", "d"], [stamp(1), stamp(3)])

    assert list(columns.wants(ONE)) == [WANTS[0], WANTS[2]]
    assert list(columns.chosen([1]).wants(TWO)) == [WANTS[2]._replace(algorithms=TWO)]
