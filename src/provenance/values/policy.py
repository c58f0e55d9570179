"""A policy: what its owner demands of a release. It comes from who verifies, never a release."""

from enum import StrEnum, unique

import attrs

from provenance.errors import Code, InvalidValueError
from provenance.values.component import Component
from provenance.values.inventory import How
from provenance.values.label import Label, Qualifier
from provenance.values.license import Terms
from provenance.values.reproduction import Reproduction
from provenance.values.rung import Rung
from provenance.values.signer import Signers

# How a digest can be known without anybody's word for it.
OBSERVED = (How.READ, How.CACHED, How.KERNEL)
MOF_CLASSES = (1, 2, 3)


@unique
class Scope(StrEnum):
    """Where a hazard is forbidden."""

    # The release and everything that it links to, as far as it was followed.
    RECIPE = "recipe"
    # The release's own files.
    RELEASE = "release"


@unique
class OnUnknown(StrEnum):
    """What a demand comes to that only the unknown could meet. It never passes."""

    UNDECIDED = "undecided"
    FAIL = "fail"


@attrs.frozen
class LicenseDemand:
    """The licences that a component may stand under: SPDX ids, and whole kinds of terms.

    A licence counts by its text, never by the id that somebody typed.
    """

    component: Component
    ids: frozenset[str] = frozenset()
    terms: frozenset[Terms] = frozenset()

    def __attrs_post_init__(self) -> None:
        """Refuse a demand that nothing, or the lack of a licence, would meet."""
        if not (self.ids or self.terms) or self.terms & {Terms.NONE, Terms.UNKNOWN}:
            raise InvalidValueError(
                f"no licence could be accepted for {self.component.id}",
                hint='name SPDX ids, or "open" for every open licence',
                code=Code.POLICY_FILE,
            )

    def names(self, license_id: str | None) -> bool:
        """Tell whether an SPDX id is one of those named; case is no part of an id.

        https://spdx.github.io/spdx-spec/v3.0.1/annexes/spdx-license-expressions, case sensitivity.
        """
        folded = {one.casefold() for one in self.ids}
        return license_id is not None and license_id.casefold() in folded


def _positive(_: object, field: "attrs.Attribute[int | None]", days: int | None) -> None:
    if days is not None and days < 1:
        raise InvalidValueError(
            f"{field.name} is {days}", hint="give whole days, from 1 on", code=Code.POLICY_FILE
        )


def _known_class(_: object, __: object, mof_class: int | None) -> None:
    if mof_class is not None and mof_class not in MOF_CLASSES:
        raise InvalidValueError(
            f"there is no MOF class {mof_class}",
            hint="ask for 3 (open model), 2 (open tooling) or 1 (open science)",
            code=Code.POLICY_FILE,
        )


def _only_observed(_: object, __: object, hows: tuple[How, ...]) -> None:
    if not set(hows) <= set(OBSERVED):
        raise InvalidValueError(
            "a digest that was claimed, or not read, is no evidence",
            hint=f"use {', '.join(OBSERVED)}",
            code=Code.POLICY_FILE,
        )


@attrs.frozen
class Policy:
    """Demands on a release, its audit and its signers; what is not named is not demanded.

    ``mof_class`` is met by a more open class, too; ages are whole days. An empty policy demands
    nothing and is refused.
    """

    label: Label | None = None
    rungs: tuple[tuple[Component, Rung], ...] = ()
    forbidden_hazards: tuple[Code, ...] = ()
    hazards_in: Scope = Scope.RECIPE
    forbidden_qualifiers: tuple[Qualifier, ...] = ()
    licenses: tuple[LicenseDemand, ...] = ()
    mof_class: int | None = attrs.field(default=None, validator=_known_class)
    digest_evidence: tuple[How, ...] = attrs.field(default=(), validator=_only_observed)
    reproductions: tuple[Reproduction, ...] = ()
    max_audit_age_days: int | None = attrs.field(default=None, validator=_positive)
    max_signature_age_days: int | None = attrs.field(default=None, validator=_positive)
    exact_revision: bool = False
    same_modes: bool = False
    signers: Signers | None = None
    unknown: OnUnknown = OnUnknown.UNDECIDED
    name: str = ""

    def __attrs_post_init__(self) -> None:
        """Refuse a policy that nothing could fail."""
        if not self._demanding:
            raise InvalidValueError(
                "the policy demands nothing",
                hint="name a label above closed, a rung above 0, or a hazard to forbid",
                code=Code.POLICY_FILE,
            )

    @property
    def _demanding(self) -> bool:
        label = self.label not in {None, Label.UNDETERMINED, Label.CLOSED}
        rungs = any(rung > Rung.ABSENT for _, rung in self.rungs)
        others = (
            *(self.forbidden_hazards, self.forbidden_qualifiers, self.licenses, self.mof_class),
            *(self.digest_evidence, self.reproductions, self.max_audit_age_days),
            *(self.max_signature_age_days, self.exact_revision, self.same_modes, self.signers),
        )
        return label or rungs or any(others)
