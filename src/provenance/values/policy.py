"""A policy: what its owner demands of a release. It comes from who verifies, never a release."""

import attrs

from provenance.errors import Code, InvalidValueError
from provenance.values.component import Component
from provenance.values.label import Label
from provenance.values.rung import Rung


@attrs.frozen
class Policy:
    """Demands on an audit: the least label, the least rungs, hazards that may not be there.

    An empty policy demands nothing and is refused.
    """

    label: Label | None = None
    rungs: tuple[tuple[Component, Rung], ...] = ()
    forbidden_hazards: tuple[Code, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse a policy that nothing could fail."""
        if self.label in {None, Label.UNDETERMINED, Label.CLOSED} and not (
            any(rung > Rung.ABSENT for _, rung in self.rungs) or self.forbidden_hazards
        ):
            raise InvalidValueError(
                "the policy demands nothing",
                hint="name a label above closed, a rung above 0, or a hazard to forbid",
                code=Code.POLICY_FILE,
            )
