"""Are the libraries named that the code needs?"""

import attrs

from provenance.checks.environment import imports_found_in
from provenance.checks.searching.holding import Quest, files_of
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Finding


@attrs.frozen
class SupportingLibraries:
    """A list of packages is there that names what the code needs, and does not lock it.

    Needs: ``pyproject.toml``, ``requirements.txt``, a ``Dockerfile`` or the like.
    Proves: what has to be installed has a name. A list that locks every package is the environment
    instead: no file counts for both.
    Does not prove: which versions were used.
    Example: ``requirements.txt`` with ``torch>=2`` and ``transformers``; where the programs import
    nothing else, rung 5.
    """

    id: str = "supporting-libraries-named"
    component: Component = Component.SUPPORTING_LIBRARIES

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5."""
        find = files_of(self.component)
        return Quest(self.id, self.component, "list of packages", find, imports_found_in).judge(
            facts
        )
