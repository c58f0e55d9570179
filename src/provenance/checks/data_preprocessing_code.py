"""Is there code that made the data: that reads, works on it, and writes it?"""

import attrs

from provenance.checks.searching.holding import Found, Holding, Quest, files_of
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Confirmed, Finding, Outcome, Unknown
from provenance.values.look import Seen


@attrs.frozen
class DataPreprocessingCode:
    """A program of the publisher reads raw data or makes it, works on it, and writes data.

    Needs: the publisher's programs as syntax trees; for rung 5, the list of the dataset's files.
    Proves: how data was made is written down; with rung 5, that the program names the files that
    the dataset holds.
    Does not prove: that those files are its output.
    Example: ``prepare.py`` that calls ``load_dataset``, ``map`` and ``to_parquet``, and names
    ``data/train.parquet``, which the dataset holds.
    """

    id: str = "data-preprocessing-code-writes"
    component: Component = Component.DATA_PREPROCESSING_CODE

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5."""
        find = files_of(self.component)
        return Quest(self.id, self.component, "preprocessing code", find, _agrees).judge(facts)


# What stands in every dataset's repository is no sign of who wrote it.
_HOUSEKEEPING = frozenset({"README.md", "LICENSE", ".gitattributes"})


def _agrees(found: Found, _: Holding, facts: Facts) -> Outcome:
    looks = [linked.look for linked in facts.datasets]
    listed = {
        entry.path.text: look.value.listing
        for look in looks
        if isinstance(look, Seen)
        for entry in look.value.files
        if entry.path.text not in _HOUSEKEEPING
    }
    shared = sorted(listed.keys() & found.names)
    if shared:
        reason = f"the program names {', '.join(shared[:3])}, which the dataset holds"
        return Confirmed(reason, (*found.where, listed[shared[0]]))
    return Unknown("the program names no file that a dataset of the card holds", found.where)
