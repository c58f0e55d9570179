from time import process_time

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code
from provenance.policy.file import parse
from provenance.policy.judge import judge
from provenance.values.component import Component
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import Inventory
from provenance.values.label import Label, Qualifier
from provenance.values.license import License, Terms
from provenance.values.manifest import Manifest
from provenance.values.policy import OBSERVED, LicenseDemand, OnUnknown, Policy, Scope
from provenance.values.rung import Reach, Rung
from provenance.values.verdict import Failed, Passed, State, Undecided, Verdict
from tests.building import MANIFEST, NOW, read, report, reports
from tests.policy.test_file import WHOLE
from tests.policy.test_files_demands import CHECKED
from tests.wire.manifests import MANIFESTS

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


def test_every_demand_has_an_answer_and_the_reasons_are_those_that_decide() -> None:
    policy = attrs.evolve(rung(Component.DATASETS, Rung.RETRIEVED), label=Label.OPEN_WEIGHTS)

    verdict = judge(policy, UNKNOWN)

    assert isinstance(verdict, Undecided)
    assert [(one.demand, one.state) for one in verdict.answers] == [
        ("label", State.MET),
        ("rungs.datasets", State.OPEN),
    ]
    assert verdict.reasons == (verdict.answers[1].reason,)


def test_a_policy_may_let_the_unknown_fail_and_never_lets_it_pass() -> None:
    policy = attrs.evolve(
        rung(Component.DATASETS, Rung.RETRIEVED),
        label=Label.OPEN_WEIGHTS,
        unknown=OnUnknown.FAIL,
    )

    verdict = judge(policy, UNKNOWN)

    assert isinstance(verdict, Failed)
    assert verdict.reasons[0].endswith("the unknown fails this policy")
    assert verdict.answers[0].state is State.MET


POLICIES = st.builds(
    Policy,
    label=st.sampled_from(Label),
    rungs=st.lists(
        st.tuples(st.sampled_from(Component), st.sampled_from(Rung)),
        max_size=3,
        unique_by=lambda pair: pair[0],
    ).map(tuple),
    forbidden_hazards=st.lists(st.sampled_from(Code), max_size=2, unique=True).map(tuple),
    hazards_in=st.sampled_from(Scope),
    forbidden_qualifiers=st.lists(st.sampled_from(Qualifier), max_size=2, unique=True).map(tuple),
    licenses=st.sampled_from(Component).map(
        lambda one: (LicenseDemand(one, terms=frozenset({Terms.OPEN})),)
    ),
    mof_class=st.none() | st.integers(1, 3),
    digest_evidence=st.lists(st.sampled_from(OBSERVED), max_size=2, unique=True).map(tuple),
    max_audit_age_days=st.none() | st.just(1),
    exact_revision=st.booleans(),
    unknown=st.sampled_from(OnUnknown),
)


@given(POLICIES, MANIFESTS)
def test_any_policy_comes_to_a_verdict_on_any_manifest(policy: Policy, manifest: Manifest) -> None:
    verdict = judge(policy, manifest)

    states = {one.state for one in verdict.answers}
    expected = Failed if State.UNMET in states else Undecided if State.OPEN in states else Passed
    assert isinstance(verdict, expected)
    assert verdict.reasons


@given(POLICIES, MANIFESTS, st.integers(0, len(Component) - 1))
def test_less_knowledge_never_turns_a_verdict_into_a_pass(
    policy: Policy, manifest: Manifest, index: int
) -> None:
    """Widen one component's interval down and up, as an audit that saw less would have it."""
    blind = attrs.evolve(
        manifest.components[index],
        reach=Reach(Rung.ABSENT, Rung.REPRODUCED),
        license=License(Terms.UNKNOWN),
    )
    components = (*manifest.components[:index], blind, *manifest.components[index + 1 :])

    seen = judge(policy, manifest)
    unseen = judge(policy, attrs.evolve(manifest, components=components))

    if isinstance(unseen, Passed):
        assert isinstance(seen, Passed)


def test_a_decision_on_a_thousand_files_takes_less_than_fifty_milliseconds() -> None:
    files = tuple(read(f"folder/file-{number}") for number in range(1000))
    manifest = attrs.evolve(MANIFEST, inventory=Inventory(files))
    data = WHOLE.encode()

    def once() -> float:
        before = process_time()
        judge(parse(data), manifest, checked=CHECKED, now=NOW)
        return process_time() - before

    assert min(once() for _ in range(3)) < 0.05
