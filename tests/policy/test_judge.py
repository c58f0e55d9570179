import attrs
import pytest

from provenance.errors import Code
from provenance.policy.judge import judge
from provenance.values.component import Component
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import Inventory
from provenance.values.label import Label
from provenance.values.manifest import Manifest
from provenance.values.policy import Policy
from provenance.values.rung import Rung
from provenance.values.verdict import Failed, Passed, Undecided, Verdict
from tests.building import MANIFEST, report, reports

PICKLE = Policy(forbidden_hazards=(Code.PICKLE,))
HAZARD = Hazard(Code.PICKLE, "pytorch_model.bin", "listed, never loaded")
UNKNOWN = attrs.evolve(
    MANIFEST,
    components=tuple(
        reports(
            datasets=report(Component.DATASETS, Rung.LOCATED, Rung.REPRODUCED),
        ).values()
    ),
)


def rung(component: Component, least: Rung) -> Policy:
    return Policy(rungs=((component, least),))


@pytest.mark.parametrize(
    ("policy", "manifest", "expected"),
    [
        (Policy(Label.OPEN_WEIGHTS), MANIFEST, Passed),
        (Policy(Label.OPEN_SOURCE), MANIFEST, Undecided),
        (Policy(Label.REPRODUCIBLE), MANIFEST, Failed),
        (rung(Component.DATASETS, Rung.BOUND), MANIFEST, Passed),
        (rung(Component.DATASETS, Rung.CONSISTENT), MANIFEST, Failed),
        (rung(Component.DATASETS, Rung.RETRIEVED), UNKNOWN, Undecided),
        (PICKLE, MANIFEST, Passed),
        (PICKLE, attrs.evolve(MANIFEST, hazards=(HAZARD,)), Failed),
        (PICKLE, attrs.evolve(MANIFEST, limits=(Limit(Code.OFFLINE, "x", "y"),)), Undecided),
        (PICKLE, attrs.evolve(MANIFEST, inventory=Inventory((), complete=False)), Undecided),
        (
            Policy(Label.CLOSED, ((Component.DATASETS, Rung.BOUND),)),
            MANIFEST,
            Passed,
        ),
    ],
)
def test_a_demand_is_met_open_or_unmet(
    policy: Policy, manifest: Manifest, expected: type[Verdict]
) -> None:
    verdict = judge(policy, manifest)

    assert isinstance(verdict, expected)
    assert verdict.reasons


def test_one_unmet_demand_fails_whatever_else_is_unknown() -> None:
    policy = Policy(
        Label.OPEN_WEIGHTS,
        ((Component.DATASETS, Rung.RETRIEVED), (Component.TOKENIZER, Rung.BOUND)),
    )

    verdict = judge(policy, UNKNOWN)

    assert isinstance(verdict, Failed)
    assert [one for one in verdict.reasons if "tokenizer" in one] == list(verdict.reasons)
