"""Is the code there that loading the model would run?"""

from typing import assert_never

import attrs

from provenance.checks.searching.holding import Found, Holding, Quest, files_of
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Absent, Confirmed, Finding, Inapplicable, Outcome, Unknown
from provenance.values.loaded_code import CodeSearch
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.rung import Rung


@attrs.frozen
class RemoteCode:
    """The release holds everything of its own that loading it would run.

    Needs: every configuration of the release, the names of its files, its programs as syntax trees;
    nothing is run.
    Proves: what loading would run is in the release, and can be read.
    Does not prove: that it is harmless.
    Example: ``"auto_map": {"AutoModel": "modeling_toy.ToyModel"}`` and a ``modeling_toy.py`` that
    defines ``ToyModel``.
    """

    id: str = "remote-code-held"
    component: Component = Component.REMOTE_CODE

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5; nothing applies to a release without such code."""
        search = facts.loaded_code
        if any(one.places for one in search.found):
            find = files_of(self.component)
            sought = f"file that defines {search.found[0].name}"
            return Quest(self.id, self.component, sought, find, _agrees).judge(facts)
        return (Finding(self.id, self.component, Rung.CLAIMED, _none_here(facts, search)),)


def _none_here(facts: Facts, search: CodeSearch) -> Outcome:
    """Return why no file of the release is such code: none is asked for, or nobody could look."""
    if search.found:
        one = search.found[0]
        return Unknown(f"{one.path} makes loading run {one.name}, which was not looked at")
    if search.unread:
        first = search.unread[0]
        return Unknown(f"{first.what} was not looked at: {first.why}")
    if not facts.inventory.complete:
        return Unknown("the listing is not complete")
    match facts.config:
        case Seen(config):
            return Inapplicable("no configuration names code", (config.where,))
        case Missing(reason):
            return Absent(f"{reason}: nothing names code that loading would run")
        case Unseen(reason):
            return Unknown(reason)
        case _:
            assert_never(facts.config)


def _agrees(found: Found, _: Holding, facts: Facts) -> Outcome:
    asked = facts.loaded_code.found
    missing = [one.name for one in asked if found.names.isdisjoint(one.places)]
    if missing:
        return Unknown(f"no file of the release defines {missing[0]}", found.where)
    return Confirmed(f"all {len(asked)} that loading would run are here", found.where)
