import attrs
import pytest

from provenance.frameworks.mof import assess
from provenance.policy.recipe_demands import recipe_answers
from provenance.values.access import Access
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.label import Label, Qualifier
from provenance.values.license import License, Terms
from provenance.values.manifest import Manifest
from provenance.values.policy import LicenseDemand, Policy
from provenance.values.reproduction import Reproduction
from provenance.values.rung import Rung
from provenance.values.verdict import Answer, State
from tests.building import MANIFEST, report, reports

DATA = Component.DATASETS
OPEN = Policy(licenses=(LicenseDemand(DATA, terms=frozenset({Terms.OPEN})),))
MIT = Policy(licenses=(LicenseDemand(DATA, frozenset({"MIT"})),))
BOTH = Policy(licenses=(LicenseDemand(DATA, frozenset({"Llama"}), frozenset({Terms.OPEN})),))


def answer(policy: Policy, manifest: Manifest = MANIFEST) -> Answer:
    (found,) = recipe_answers(policy, manifest)
    return found


def licensed(terms: Terms, evident: str | None, claimed: str | None = None) -> Manifest:
    one = attrs.evolve(report(DATA, Rung.BOUND), license=License(terms, claimed, evident))
    return with_reports(datasets=one)


def with_reports(default: Rung = Rung.BOUND, /, **overrides: ComponentReport) -> Manifest:
    found = reports(default, **overrides)
    return attrs.evolve(MANIFEST, components=tuple(found.values()), assessments=(assess(found),))


PARAMETERS = report(Component.FINAL_PARAMETERS, Rung.BOUND)
UNASKED = attrs.evolve(PARAMETERS, access=Access.UNKNOWN)
UNREAD = report(Component.TOKENIZER, Rung.ABSENT, Rung.BOUND)


@pytest.mark.parametrize(
    ("forbidden", "manifest", "state"),
    [
        (Qualifier.GATED, with_reports(), State.MET),
        (Qualifier.GATED, with_reports(final_parameters=UNASKED), State.OPEN),
        (Qualifier.PARTIAL, with_reports(), State.MET),
        (Qualifier.PARTIAL, with_reports(tokenizer=UNREAD), State.OPEN),
        (Qualifier.RESTRICTED, with_reports(tokenizer=UNREAD), State.MET),
    ],
)
def test_a_qualifier_that_nobody_could_look_for_is_open(
    forbidden: Qualifier, manifest: Manifest, state: State
) -> None:
    found = attrs.evolve(manifest, label=Label.OPEN_WEIGHTS, label_qualifiers=())

    assert answer(Policy(forbidden_qualifiers=(forbidden,)), found).state is state


@pytest.mark.parametrize(
    ("policy", "manifest", "state"),
    [
        (OPEN, licensed(Terms.OPEN, "Apache-2.0"), State.MET),
        (OPEN, licensed(Terms.RESTRICTED, "Llama"), State.UNMET),
        (OPEN, licensed(Terms.NONE, None), State.UNMET),
        (MIT, licensed(Terms.OPEN, "MIT"), State.MET),
        (MIT, licensed(Terms.OPEN, "Apache-2.0"), State.UNMET),
        (MIT, licensed(Terms.RESTRICTED, None), State.UNMET),
        (BOTH, licensed(Terms.RESTRICTED, "Llama"), State.MET),
        (BOTH, licensed(Terms.OPEN, "MIT"), State.MET),
        # An id alone is nobody's licence: the text decides, and is not there.
        (OPEN, licensed(Terms.UNKNOWN, None, "apache-2.0"), State.OPEN),
        (MIT, licensed(Terms.UNKNOWN, None, "MIT"), State.OPEN),
        (MIT, licensed(Terms.NONE, None, "MIT"), State.UNMET),
    ],
)
def test_a_licence_counts_by_its_text(policy: Policy, manifest: Manifest, state: State) -> None:
    found = answer(policy, manifest)

    assert (found.demand, found.state) == ("licenses.datasets", state)
    assert "datasets" in found.reason
    assert bool(found.to_do) is (state is not State.MET)


@pytest.mark.parametrize(
    ("label", "at_most", "asked", "state"),
    [
        (Label.OPEN_SOURCE, Label.OPEN_SOURCE, Label.OPEN_WEIGHTS, State.MET),
        (Label.UNDETERMINED, Label.OPEN_SOURCE, Label.OPEN_WEIGHTS, State.OPEN),
        (Label.UNDETERMINED, Label.CLOSED, Label.OPEN_WEIGHTS, State.UNMET),
    ],
)
def test_a_label_is_met_open_or_unmet(
    label: Label, at_most: Label, asked: Label, state: State
) -> None:
    manifest = attrs.evolve(MANIFEST, label=label, label_at_most=at_most)

    assert answer(Policy(asked), manifest).state is state


@pytest.mark.parametrize(
    ("label", "there", "forbidden", "state"),
    [
        (Label.OPEN_WEIGHTS, (), Qualifier.GATED, State.MET),
        (Label.OPEN_WEIGHTS, (Qualifier.GATED,), Qualifier.GATED, State.UNMET),
        (Label.OPEN_WEIGHTS, (Qualifier.GATED,), Qualifier.RESTRICTED, State.MET),
        # A licence that was not recognised may restrict.
        (Label.OPEN_WEIGHTS, (Qualifier.LICENSE_UNKNOWN,), Qualifier.RESTRICTED, State.OPEN),
        (Label.OPEN_WEIGHTS, (Qualifier.LICENSE_UNKNOWN,), Qualifier.GATED, State.MET),
        (Label.UNDETERMINED, (), Qualifier.GATED, State.OPEN),
    ],
)
def test_a_forbidden_qualifier_is_there_or_not_or_hidden(
    label: Label, there: tuple[Qualifier, ...], forbidden: Qualifier, state: State
) -> None:
    manifest = attrs.evolve(MANIFEST, label=label, label_qualifiers=there)

    found = answer(Policy(forbidden_qualifiers=(forbidden,)), manifest)

    assert (found.demand, found.state) == (f"forbid-qualifiers.{forbidden}", state)


UNKNOWN = report(DATA, Rung.ABSENT, Rung.REPRODUCED, Terms.UNKNOWN)
GONE = report(DATA, Rung.ABSENT, Rung.ABSENT)
REPORT = report(Component.TECHNICAL_REPORT)
RESTRICTED = report(DATA, Rung.BOUND, Rung.BOUND, Terms.RESTRICTED)


@pytest.mark.parametrize(
    ("asked", "manifest", "state", "said"),
    [
        (1, with_reports(), State.MET, "class is I;"),
        (3, with_reports(), State.MET, "class is I;"),
        (1, with_reports(datasets=GONE), State.UNMET, "and II if all that is unknown were open"),
        (2, with_reports(datasets=GONE), State.MET, "class is II;"),
        (1, with_reports(datasets=RESTRICTED), State.UNMET, "class is II,"),
        (1, with_reports(datasets=UNKNOWN), State.OPEN, "class is II, and the rest unknown"),
        (3, with_reports(Rung.CLAIMED), State.UNMET, "class is none"),
        # A paper stands in for the report; without either there is no class.
        (1, with_reports(technical_report=REPORT), State.MET, "class is I;"),
        (
            3,
            with_reports(
                technical_report=REPORT,
                research_paper=report(
                    Component.RESEARCH_PAPER, Rung.ABSENT, Rung.REPRODUCED, Terms.UNKNOWN
                ),
            ),
            State.OPEN,
            "class is none, and the rest unknown",
        ),
        (
            3,
            with_reports(technical_report=REPORT, research_paper=report(Component.RESEARCH_PAPER)),
            State.UNMET,
            "none if all that is unknown were open",
        ),
        (3, MANIFEST, State.OPEN, "no assessment"),
    ],
)
def test_a_class_of_openness_counts_by_evidence(
    asked: int, manifest: Manifest, state: State, said: str
) -> None:
    found = answer(Policy(mof_class=asked), manifest)

    assert (found.demand, found.state) == ("mof-class", state)
    assert said in found.reason


def test_a_reproduction_that_nobody_recorded_never_passes() -> None:
    found = answer(Policy(reproductions=(Reproduction.REBUILD,)))

    assert (found.demand, found.state) == ("reproduction.rebuild", State.OPEN)
