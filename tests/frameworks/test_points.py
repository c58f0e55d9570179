import random
from collections.abc import Callable

import attrs
import pytest

from provenance.frameworks.points import points
from provenance.frameworks.scores import score
from provenance.values.component import Component
from provenance.values.finding import Absent, Confirmed, Finding
from provenance.values.label import Stage
from provenance.values.license import Terms
from provenance.values.next_step import Cost, NextStep
from provenance.values.rung import Rung
from tests.building import LISTING, WHERE, report, reports
from tests.frameworks.releases import any_release

CODE = Component.TRAINING_CODE


def test_the_points_of_a_stage_add_up_to_its_score(how_many: Callable[[int, int], int]) -> None:
    choose = random.Random(7)  # noqa: S311 - the same releases in every run
    for _ in range(how_many(50, 2000)):
        made = any_release(choose).reports()
        found = points(made)

        for one in score(made).stages:
            parts = [each for each in found if each.stage is one.stage]
            assert sum(each.worth.lo * each.share for each in parts) == pytest.approx(
                one.score.lo, abs=1e-4
            )
            assert sum(each.worth.hi * each.share for each in parts) == pytest.approx(
                one.score.hi, abs=1e-4
            )


def test_a_point_rests_on_what_holds_and_names_the_next_step() -> None:
    findings = (
        Finding("any", CODE, Rung.CLAIMED, Confirmed("said", (WHERE,))),
        Finding("any", CODE, Rung.RETRIEVED, Confirmed("there", (LISTING, WHERE))),
        Finding("any", CODE, Rung.BOUND, Absent("a branch", (WHERE,))),
    )
    step = NextStep(CODE, Rung.BOUND, Cost.LINE, "name its commit")
    found = report(CODE, Rung.RETRIEVED, Rung.RETRIEVED, Terms.OPEN, *findings)
    made = reports(training_code=attrs.evolve(found, next_step=step))

    (point,) = [one for one in points(made) if one.component is CODE]

    assert (point.stage, point.share, point.worth.lo) == (Stage.CODE, 0.25, 0.5)
    assert point.because == (LISTING, WHERE)
    assert point.next_step == step
