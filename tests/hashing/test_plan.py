from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code
from provenance.hashing.plan import Job, within
from provenance.values.hazard import Limit
from provenance.values.path import RelPath
from provenance.values.settings import Budget


def job(path: str, size: int, key: object = None) -> Job:
    return Job(RelPath(path), size, key=(key,) if key else None)


def paths(jobs: tuple[Job, ...]) -> list[str]:
    return [one.path.text for one in jobs]


def test_jobs_within_the_budget_are_kept_in_their_order() -> None:
    plan = within([job("b", 10), job("a", 5)], Budget(file=10, release=15))

    assert paths(plan.jobs) == ["b", "a"]
    assert plan.hazards == ()
    assert plan.limits == ()


def test_a_file_over_the_budget_is_a_hazard_and_a_limit() -> None:
    plan = within([job("sparse", 11), job("a", 5)], Budget(file=10))

    assert paths(plan.jobs) == ["a"]
    assert [(one.code, one.path) for one in plan.hazards] == [(Code.RESOURCE, "sparse")]
    assert plan.limits == (Limit(Code.RESOURCE, "sparse", plan.hazards[0].detail),)


def test_what_a_release_has_beyond_the_budget_is_left_out_largest_first() -> None:
    plan = within([job("large", 9), job("b", 5), job("a", 5)], Budget(file=10, release=10))

    assert paths(plan.jobs) == ["b", "a"]
    assert [one.path for one in plan.hazards] == ["large"]


def test_names_of_one_file_are_counted_once() -> None:
    jobs = [job("a", 6, "same"), job("b", 6, "same"), job("c", 6, "same"), job("d", 4)]

    assert paths(within(jobs, Budget(release=10)).jobs) == ["a", "b", "c", "d"]
    assert paths(within([job("a", 6), job("b", 6)], Budget(release=10)).jobs) == ["a"]


@given(
    sizes=st.lists(st.integers(0, 100), max_size=20),
    file=st.integers(0, 100),
    release=st.integers(0, 500),
)
def test_a_plan_stays_within_its_budget_and_forgets_nothing(
    sizes: list[int], file: int, release: int
) -> None:
    jobs = [job(str(number), size) for number, size in enumerate(sizes)]

    plan = within(jobs, Budget(file=file, release=release))

    assert sum(one.size for one in plan.jobs) <= release
    assert all(one.size <= file for one in plan.jobs)
    assert {*paths(plan.jobs), *(one.path for one in plan.hazards)} == set(paths(tuple(jobs)))
    assert len(plan.jobs) + len(plan.hazards) == len(jobs)
