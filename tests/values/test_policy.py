from typing import Any

import pytest

from provenance.errors import Code, InvalidValueError
from provenance.values.component import Component
from provenance.values.digest import Digest
from provenance.values.inventory import How
from provenance.values.label import Label, Qualifier
from provenance.values.license import Terms
from provenance.values.policy import LicenseDemand, OnUnknown, Policy, Scope
from provenance.values.reproduction import Reproduction
from provenance.values.rung import Rung
from provenance.values.signer import KeySigner, Signers


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


@pytest.mark.parametrize(
    "demand",
    [
        {"forbidden_qualifiers": (Qualifier.GATED,)},
        {"licenses": (LicenseDemand(Component.DATASETS, terms=frozenset({Terms.OPEN})),)},
        {"mof_class": 3},
        {"digest_evidence": (How.READ,)},
        {"reproductions": (Reproduction.REBUILD,)},
        {"max_audit_age_days": 1},
        {"max_signature_age_days": 1},
        {"exact_revision": True},
        {"same_modes": True},
        {"signers": Signers((KeySigner(Digest.sha256("0" * 64)),))},
    ],
)
def test_each_of_the_other_demands_is_enough(demand: dict[str, Any]) -> None:
    assert Policy(**demand).label is None


@pytest.mark.parametrize(
    "demand",
    [
        {"mof_class": 0},
        {"mof_class": 4},
        {"digest_evidence": (How.READ, How.CLAIMED)},
        {"digest_evidence": (How.UNREAD,)},
        {"max_audit_age_days": 0},
        {"max_signature_age_days": -1},
        {"unknown": OnUnknown.FAIL},
        {"hazards_in": Scope.RELEASE},
        {"name": "production"},
    ],
)
def test_what_cannot_be_demanded_or_demands_nothing_is_refused(demand: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Policy(**demand)

    assert caught.value.code is Code.POLICY_FILE


@pytest.mark.parametrize(
    ("ids", "terms"), [((), ()), ((), (Terms.NONE,)), (("MIT",), (Terms.UNKNOWN,))]
)
def test_the_lack_of_a_licence_is_never_accepted(
    ids: tuple[str, ...], terms: tuple[Terms, ...]
) -> None:
    with pytest.raises(InvalidValueError):
        LicenseDemand(Component.DATASETS, frozenset(ids), frozenset(terms))


def test_case_is_no_part_of_a_licence_s_id() -> None:
    demand = LicenseDemand(Component.DATASETS, frozenset({"apache-2.0"}))

    assert demand.names("Apache-2.0")
    assert not demand.names("Apache-2")
    assert not demand.names(None)
