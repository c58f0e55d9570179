import pytest

from provenance.frameworks.scores import RUBRIC, STAGES, score, worth_of
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.composition import Composition, Part
from provenance.values.interval import Interval
from provenance.values.label import Stage
from provenance.values.rung import Reach, Rung
from tests.building import report, reports

BOUND, NOTHING = Reach(Rung.BOUND, Rung.BOUND), Reach(Rung.LOCATED, Rung.LOCATED)
OPEN_ENDED = Reach(Rung.BOUND, Rung.REPRODUCED)


def weighed(total: int | None, *parts: Part) -> Interval:
    whole = report(Component.DATASETS, Rung.ABSENT)
    return worth_of(
        ComponentReport(
            whole.component,
            whole.reach,
            whole.license,
            whole.access,
            composition=Composition(parts, total),
        )
    )


def test_a_claim_or_a_link_is_worth_nothing() -> None:
    assert {one.score.lo for one in score(reports(Rung.LOCATED)).stages} == {0.0}
    assert {one.score.lo for one in score(reports(Rung.RETRIEVED)).stages} == {0.5}
    assert {one.score.hi for one in score(reports(Rung.REPRODUCED)).stages} == {1.0}


def test_the_unknown_widens_the_interval_and_leaves_its_lower_end() -> None:
    known = score(reports(Rung.RETRIEVED))
    unknown = score({one: report(one, Rung.RETRIEVED, Rung.REPRODUCED) for one in Component})

    assert [one.score.lo for one in known.stages] == [one.score.lo for one in unknown.stages]
    assert {one.score.hi for one in unknown.stages} == {1.0}


@pytest.mark.parametrize(
    ("total", "parts", "worth"),
    [
        # All of what is stated is there.
        (100, (Part("a", BOUND, 100),), (0.7, 0.7)),
        # Half of it is there, and nobody says where the other half is.
        (100, (Part("a", BOUND, 50),), (0.35, 0.85)),
        # The other half is named, and cannot be had.
        (100, (Part("a", BOUND, 50), Part("b", NOTHING, 50)), (0.35, 0.35)),
        (100, (Part("a", BOUND, 50), Part("b", NOTHING)), (0.35, 0.85)),
        # More is named than is stated: what can be had fills the total.
        (100, (Part("a", BOUND, 100), Part("b", NOTHING, 100)), (0.7, 0.7)),
        (100, (Part("a", OPEN_ENDED, 100),), (0.7, 1.0)),
        # Nobody says how much there is: no share of it is shown.
        (None, (Part("a", BOUND, 100),), (0.0, 0.7)),
        (None, (Part("a", BOUND), Part("b", OPEN_ENDED)), (0.0, 1.0)),
        (None, (Part("a", NOTHING),), (0.0, 0.0)),
    ],
)
def test_data_is_weighed_over_the_total_that_is_stated(
    total: int | None, parts: tuple[Part, ...], worth: tuple[float, float]
) -> None:
    found = weighed(total, *parts)

    assert (found.lo, found.hi) == pytest.approx(worth)


def test_scores_carry_the_digest_of_the_rubric_that_gave_them() -> None:
    assert score(reports()).rubric == RUBRIC.digest
    assert [one.stage for one in score(reports()).stages] == list(Stage)
    assert [one.component for one in reports().values() if one.component in STAGES[Stage.CODE]]
