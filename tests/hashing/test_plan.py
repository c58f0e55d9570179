from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code
from provenance.hashing.plan import within
from provenance.hashing.wants import Want
from provenance.values.digest import Algorithm
from provenance.values.hazard import Limit
from provenance.values.settings import Budget


def want(path: str, size: int, inode: int = 0) -> Want:
    stamp = (1, inode, size, 2, 3) if inode else None
    return Want("", path, size, stamp, (Algorithm.SHA256,))


def paths(wants: tuple[Want, ...]) -> list[str]:
    return [one.path for one in wants]


def test_files_within_the_budget_are_kept_in_their_order() -> None:
    plan = within([want("b", 10), want("a", 5)], Budget(file=10, release=15))

    assert paths(plan.wants) == ["b", "a"]
    assert plan.hazards == ()
    assert plan.limits == ()


def test_a_file_over_the_budget_is_a_hazard_and_a_limit() -> None:
    plan = within([want("sparse", 11), want("a", 5)], Budget(file=10))

    assert paths(plan.wants) == ["a"]
    assert [(one.code, one.path) for one in plan.hazards] == [(Code.RESOURCE, "sparse")]
    assert plan.limits == (Limit(Code.RESOURCE, "sparse", plan.hazards[0].detail),)


def test_what_a_release_has_beyond_the_budget_is_left_out_largest_first() -> None:
    plan = within([want("large", 9), want("b", 5), want("a", 5)], Budget(file=10, release=10))

    assert paths(plan.wants) == ["b", "a"]
    assert [one.path for one in plan.hazards] == ["large"]


def test_names_of_one_file_are_counted_once() -> None:
    wants = [want("a", 6, 7), want("b", 6, 7), want("c", 6, 7), want("d", 4)]

    assert paths(within(wants, Budget(release=10)).wants) == ["a", "b", "c", "d"]
    assert paths(within([want("a", 6), want("b", 6)], Budget(release=10)).wants) == ["a"]


@given(
    sizes=st.lists(st.integers(0, 100), max_size=20),
    file=st.integers(0, 100),
    release=st.integers(0, 500),
)
def test_a_plan_stays_within_its_budget_and_forgets_nothing(
    sizes: list[int], file: int, release: int
) -> None:
    wants = [want(str(number), size) for number, size in enumerate(sizes)]

    plan = within(wants, Budget(file=file, release=release))

    assert sum(one.size for one in plan.wants) <= release
    assert all(one.size <= file for one in plan.wants)
    assert {*paths(plan.wants), *(one.path for one in plan.hazards)} == set(paths(tuple(wants)))
    assert len(plan.wants) + len(plan.hazards) == len(wants)
