"""Are the final parameters there, whole, and bound by the publisher?"""

from typing import assert_never

import attrs

from provenance.checks.listed import ListedFiles
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Confirmed, Contradicted, Finding, Outcome, Unknown
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.rung import Rung
from provenance.values.weights import Profile


@attrs.frozen
class FinalParameters:
    """The weight files parse, the index covers all shards, the sizes add up, all bytes were hashed.

    Needs: the listing, the headers, the shard index. Proves: the files are one whole model.
    Does not prove: that these tensors came out of the recipe, or do what the card says.
    """

    id: str = "final-parameters-whole"
    component: Component = Component.FINAL_PARAMETERS

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 4."""
        paths = {path.text for path in facts.weight_files}
        entries = tuple(one for one in facts.inventory if one.path.text in paths)
        files = ListedFiles(self.id, self.component, entries, "weight file of a known format")
        found = files.listed(facts)
        if not entries:
            return found
        whole = files.finding(Rung.RETRIEVED, _whole(facts, files))
        return (*found, whole, files.bound(facts))


def _whole(facts: Facts, files: ListedFiles) -> Outcome:
    match facts.weights:
        case Unseen(reason):
            return Unknown(reason)
        case Missing(reason, because):
            return Contradicted(reason, because)
        case Seen(seen):
            if unread := [entry for entry in files.entries if not entry.observed]:
                return Unknown(f"{len(unread)} weight files were not read, {unread[0].path} first")
            return Confirmed(_summary(seen.profile), seen.where)
        case _:
            assert_never(facts.weights)


def _summary(profile: Profile) -> str:
    return (
        f"{profile.parameters:,} parameters in {profile.tensors:,} tensors "
        f"({', '.join(profile.dtypes)}) over {len(profile.files)} files; headers and index agree"
    )
