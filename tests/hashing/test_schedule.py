from hypothesis import given
from hypothesis import strategies as st

from provenance.hashing.schedule import LARGE, Batch, Part, Whole, batches, schedule
from provenance.hashing.small import BATCH, SMALL
from provenance.hashing.wants import Want
from provenance.values.digest import Algorithm
from provenance.values.tree import SUBTREE
from tests.hashing.files import ALL, TREE, sized

WANTS = st.lists(
    st.tuples(
        st.sampled_from([0, 1, SMALL - 1, SMALL, LARGE - 1, LARGE, LARGE + 1, 5 * LARGE]),
        st.sampled_from([TREE, ALL, (Algorithm.SHA256,)]),
    ),
    max_size=20,
).map(lambda pairs: [sized(str(at), *pair) for at, pair in enumerate(pairs)])


@given(WANTS, st.sampled_from([SUBTREE, 4 * SUBTREE]), st.booleans())
def test_every_byte_of_every_file_is_in_one_task(
    wants: list[Want], span: int, together: bool
) -> None:
    left = {at: want.size for at, want in enumerate(wants)}

    for task in schedule(wants, span=span, together=together):
        match task:
            case Batch(places):
                for at in places:
                    assert wants[at].size < SMALL
                    left.pop(at)
            case Whole(at):
                left.pop(at)
            case Part(at, begin, end):
                assert wants[at].algorithms == TREE
                assert begin % SUBTREE == 0
                assert 0 < end - begin <= span
                left[at] -= end - begin
                if not left[at]:
                    left.pop(at)

    assert left == {}


def test_the_largest_file_is_begun_first() -> None:
    wants = [sized("a", SMALL), sized("b", 3 * LARGE), sized("c", LARGE), sized("d", 1)]

    tasks = list(schedule(wants, span=SUBTREE, together=True))

    assert tasks == [Batch([3]), Whole(1), Whole(2), Whole(0)]


def test_small_files_that_must_be_waited_for_are_divided() -> None:
    wants = [sized(str(at), 1) for at in range(BATCH + 1)]

    assert len(list(schedule(wants, span=SUBTREE, together=True))) == 1
    assert len(list(schedule(wants, span=SUBTREE, together=False))) == 2


def test_no_files_make_no_batch() -> None:
    assert list(batches([], 0)) == list(batches([], BATCH)) == []
