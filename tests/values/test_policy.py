import pytest

from provenance.errors import Code, InvalidValueError
from provenance.values.component import Component
from provenance.values.label import Label
from provenance.values.policy import Policy
from provenance.values.rung import Rung


@pytest.mark.parametrize(
    "rungs", [(), ((Component.DATASETS, Rung.ABSENT),)], ids=["none", "rung 0"]
)
@pytest.mark.parametrize("label", [None, Label.UNDETERMINED, Label.CLOSED])
def test_a_policy_that_nothing_could_fail_is_refused(
    label: Label | None, rungs: tuple[tuple[Component, Rung], ...]
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Policy(label, rungs)

    assert caught.value.code is Code.POLICY_FILE


def test_one_demand_of_any_kind_is_enough() -> None:
    assert Policy(label=Label.OPEN_WEIGHTS).rungs == ()
    assert Policy(rungs=((Component.DATASETS, Rung.BOUND),)).label is None
    assert Policy(forbidden_hazards=(Code.PICKLE,)).label is None
