"""Is it said on what the model was trained: how many of which machine?"""

import re
from decimal import Decimal

import attrs

from provenance.checks.searching.holding import Found, Holding, Quest
from provenance.checks.searching.stated_values import file_with
from provenance.values.artefact import Kind
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Confirmed, Contradicted, Finding, Outcome, Unknown
from provenance.values.look import Seen

# Dense half-precision operations in a second, in units of 10^12, by the makers' data sheets.
_PEAK = {"a100": 312, "h100": 989, "h200": 989, "h800": 989, "v100": 125, "mi250x": 383}
# What training reaches of it; the comparison is good to a factor of three and no better.
_SHARE = Decimal("0.4")
_FACTOR = 3
_EXPERT = re.compile(r"(?:\A|[._])experts?[._]|moe", re.IGNORECASE)


@attrs.frozen
class Hardware:
    """The publisher says a number and a unit: machines, or hours of them.

    Needs: the card or other texts of the publisher.
    Proves: the cost of a rebuild can be estimated; with rung 5, that hours, parameters and tokens
    fit each other: hours x rate is 6 x parameters x tokens, within a factor of three.
    Does not prove: that these machines were used.
    Example: ``trained on 64 A100 for 90,000 A100-hours, on 1 trillion tokens``.
    """

    id: str = "hardware-and-compute-stated"
    component: Component = Component.HARDWARE

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5."""
        find = file_with((Kind.HARDWARE, Kind.DEVICE_HOURS), 1)
        return Quest(self.id, self.component, "number of machines", find, _agrees).judge(facts)


def _agrees(__: Found, holding: Holding, facts: Facts) -> Outcome:
    """Return whether the hours are what training takes: 6 operations a parameter and token."""
    hours = [one for one in holding.stated if one.kind is Kind.DEVICE_HOURS]
    tokens = [one for one in holding.stated if one.kind is Kind.TOKENS]
    if not (hours and tokens and isinstance(facts.weights, Seen)):
        return Unknown("hours, tokens and parameters are not all known")
    if any(_EXPERT.search(one.name) for one in facts.weights.value.tensors):
        return Unknown("of a mixture of experts, not every parameter works on every token")
    number, _, device = hours[0].value.partition(" ")
    peak = _PEAK.get(device.lower())
    if (
        peak is None
        or len({one.value for one in hours}) > 1
        or len({one.value for one in tokens}) > 1
    ):
        return Unknown(
            "the hours are of no known machine, or hours or tokens are given several times"
        )
    done = Decimal(number) * 3600 * peak * 10**12 * _SHARE
    needed = 6 * facts.weights.value.profile.parameters * Decimal(tokens[0].value)
    where = (hours[0].where, tokens[0].where, *facts.weights.value.where[:1])
    said = f"{number} {device}-hours for {tokens[0].value} tokens"
    if needed < done * _FACTOR and done < needed * _FACTOR:
        return Confirmed(f"{said} are what training takes, within a factor of {_FACTOR}", where)
    return Contradicted(f"{said} are not what training takes, by a factor over {_FACTOR}", where)
