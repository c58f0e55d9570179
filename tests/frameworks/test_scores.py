from hypothesis import given
from hypothesis import strategies as st

from provenance.frameworks.scores import rubric, score
from provenance.values.component import Component
from provenance.values.label import Stage
from provenance.values.rung import Rung
from tests.building import report, reports

rungs = st.sampled_from(list(Rung))


def lows(made: dict[Component, Rung]) -> dict[Stage, float]:
    scores = score({one: report(one, made[one], Rung.REPRODUCED) for one in Component})
    return {one.stage: one.score.lo for one in scores.stages}


def test_a_claim_or_a_link_is_worth_nothing() -> None:
    assert {one.score.lo for one in score(reports(Rung.LOCATED)).stages} == {0.0}
    assert {one.score.lo for one in score(reports(Rung.RETRIEVED)).stages} == {0.5}
    assert {one.score.hi for one in score(reports(Rung.REPRODUCED)).stages} == {1.0}


def test_the_unknown_widens_the_interval_and_leaves_its_lower_end() -> None:
    known = score(reports(Rung.RETRIEVED))
    unknown = score({one: report(one, Rung.RETRIEVED, Rung.REPRODUCED) for one in Component})

    assert [one.score.lo for one in known.stages] == [one.score.lo for one in unknown.stages]
    assert {one.score.hi for one in unknown.stages} == {1.0}


@given(st.fixed_dictionaries(dict.fromkeys(Component, rungs)), st.sampled_from(list(Component)))
def test_more_passing_evidence_never_lowers_a_score(
    made: dict[Component, Rung], component: Component
) -> None:
    higher = made | {component: Rung(min(made[component] + 1, Rung.REPRODUCED))}

    before, after = lows(made), lows(higher)

    assert all(after[stage] >= before[stage] for stage in Stage)


def test_scores_carry_the_digest_of_the_rubric_that_gave_them() -> None:
    assert score(reports()).rubric == rubric()
    assert [one.stage for one in score(reports()).stages] == list(Stage)
