"""Are the final parameters there, whole, and bound by the publisher?"""

import attrs

from provenance.checks.model_card import CARD_FILE
from provenance.checks.searching.listed import ListedFiles
from provenance.checks.searching.looked import looked
from provenance.values.artefact import Kind
from provenance.values.component import Component
from provenance.values.facts import Facts, WeightFacts
from provenance.values.finding import Confirmed, Contradicted, Finding, Outcome, Unknown
from provenance.values.look import Seen, Unseen
from provenance.values.number import near
from provenance.values.rung import Rung

_DTYPES = {"bfloat16": "BF16", "float16": "F16", "float32": "F32", "float64": "F64"}


@attrs.frozen
class FinalParameters:
    """The weight files parse, the index covers all shards, the sizes add up, all bytes were hashed.

    Needs: the listing, the headers, the shard index; the card and the configuration for rung 5.
    Proves: the files are whole models; with rung 5, that they hold as many parameters as the
    card says, or numbers of the type that the configuration names.
    Does not prove: that these tensors came out of the recipe, or do what the card says.
    Example: two shards and their index, and ``235,008 parameters`` in the card.
    """

    id: str = "final-parameters-whole"
    component: Component = Component.FINAL_PARAMETERS

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5."""
        paths = {path.text for path in facts.weight_files}
        entries = tuple(one for one in facts.inventory if one.path.text in paths)
        files = ListedFiles(self.id, self.component, entries, "weight file of a known format")
        if not entries and isinstance(facts.weights, Unseen):
            unknown = Unknown(facts.weights.reason, (facts.listing,))
            return (files.finding(Rung.CLAIMED, unknown),)
        found = files.listed(facts)
        if not entries:
            return found
        whole = files.finding(Rung.RETRIEVED, _whole(facts, files))
        agrees = files.finding(Rung.CONSISTENT, _agrees(facts))
        return (*found, whole, _read(files, facts).bound(facts), agrees)


def _read(files: ListedFiles, facts: Facts) -> ListedFiles:
    """Return the files that the parameters were read from, if any: copies say nothing of them."""
    if not isinstance(facts.weights, Seen):
        return files
    held = set(facts.weights.value.profile.files)
    return attrs.evolve(files, entries=tuple(one for one in files.entries if one.path in held))


def _whole(facts: Facts, files: ListedFiles) -> Outcome:
    def seen(weights: WeightFacts) -> Outcome:
        entries = _read(files, facts).entries
        if unread := [entry for entry in entries if not entry.observed]:
            return Unknown(f"{len(unread)} weight files were not read, {unread[0].path} first")
        return Confirmed(_summary(weights), weights.where)

    return looked(facts.weights, seen, missing=Contradicted)


def _summary(weights: WeightFacts) -> str:
    profile = weights.profile
    agree = "headers and index agree"
    if not weights.sizes_agree:
        agree = "headers and index name the same tensors, and another sum of sizes"
    return (
        f"{profile.parameters:,} parameters in {profile.tensors:,} tensors "
        f"({', '.join(profile.dtypes)}) over {len(profile.files)} files; {agree}"
    )


def _agrees(facts: Facts) -> Outcome:
    """Return whether card and configuration say what the headers do: how many, of which type."""
    if not isinstance(facts.weights, Seen):
        return Unknown("the headers were not read")
    outcomes = [
        one
        for one in (_count(facts.weights.value, facts), _dtype(facts.weights.value, facts))
        if one
    ]
    adverse = next((one for one in outcomes if isinstance(one, Contradicted)), None)
    if adverse or not outcomes:
        return adverse or Unknown("neither card nor configuration says how many, or of which type")
    reason = "; ".join(one.reason for one in outcomes)
    return Confirmed(reason, tuple(where for one in outcomes for where in one.because))


def _count(weights: WeightFacts, facts: Facts) -> Outcome | None:
    said = [one for one in facts.stated if one.kind is Kind.PARAMETERS and one.path == CARD_FILE]
    exact = weights.profile.parameters
    # Of several models, or several copies of one, a card may count one or all.
    equal = [one for one in said if any(near(one.value, it) for it in (exact, *weights.counts))]
    if equal:
        return Confirmed(
            f"the card says {equal[0].value} parameters", (equal[0].where, *weights.where)
        )
    if len({one.value for one in said}) == 1 and len(weights.counts) <= 1:
        reason = f"the card says {said[0].value} parameters, the headers {exact}"
        return Contradicted(reason, (said[0].where, *weights.where))
    return None


def _dtype(weights: WeightFacts, facts: Facts) -> Outcome | None:
    config = facts.config.value if isinstance(facts.config, Seen) else None
    expected = _DTYPES.get(config.dtype or "") if config else None
    if config is None or expected is None:
        return None
    where = (config.where, *weights.where)
    if expected in weights.profile.dtypes:
        return Confirmed(f"the configuration says {config.dtype}", where)
    # Converted copies are common, and say so nowhere: that is no contradiction of the recipe.
    return None
