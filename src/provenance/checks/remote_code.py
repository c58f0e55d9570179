"""Is the code there that loading the model would fetch and run?"""

from typing import assert_never

import attrs

from provenance.checks.holding import Found, Holding, Quest, files_of
from provenance.values.component import Component
from provenance.values.facts import ConfigFacts, Facts
from provenance.values.finding import Absent, Confirmed, Finding, Inapplicable, Outcome, Unknown
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.rung import Rung


@attrs.frozen
class RemoteCode:
    """The release holds every class that ``auto_map`` of its configuration names.

    Needs: ``config.json``, the release's programs as syntax trees; nothing is run.
    Proves: what loading would run is in the release, and can be read.
    Does not prove: that it is harmless.
    Example: ``"auto_map": {"AutoModel": "modeling_toy.ToyModel"}`` and a ``modeling_toy.py`` that
    defines ``ToyModel``.
    """

    id: str = "remote-code-held"
    component: Component = Component.REMOTE_CODE

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5; nothing applies to a release without such code."""
        match facts.config:
            case Seen(config) if config.remote_code:
                find = files_of(self.component)
                sought = f"file that defines {config.remote_code[0]}"
                return Quest(self.id, self.component, sought, find, _agrees).judge(facts)
            case Seen(config):
                outcome: Outcome = Inapplicable("the configuration names no code", (config.where,))
            case Missing(reason):
                outcome = Absent(f"{reason}: nothing names code that loading would fetch")
            case Unseen(reason):
                outcome = Unknown(reason)
            case _:
                assert_never(facts.config)
        return (Finding(self.id, self.component, Rung.CLAIMED, outcome),)


def _agrees(found: Found, _: Holding, facts: Facts) -> Outcome:
    config: ConfigFacts | None = facts.config.value if isinstance(facts.config, Seen) else None
    named = config.remote_code if config else ()
    missing = sorted(set(named) - found.names)
    if missing:
        return Unknown(f"no file of the release defines {missing[0]}", found.where)
    return Confirmed(f"all {len(named)} classes that the configuration names are here", found.where)
