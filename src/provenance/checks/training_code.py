"""Is the training code there: a loop that really trains, pinned, and of this architecture?"""

import attrs

from provenance.checks.searching.holding import Found, Holding, Quest
from provenance.values.component import Component
from provenance.values.facts import Facts, Setting
from provenance.values.finding import Confirmed, Contradicted, Finding, Outcome, Unknown
from provenance.values.look import Seen


@attrs.frozen
class TrainingCode:
    """A linked repository, or the release itself, holds a reachable training loop.

    Needs: the card's links, the repository at its pin, its Python files as syntax trees, the
    configuration.
    Proves: code that computes gradients and updates parameters is there; with rung 4, that the
    publisher named the commit; with rung 5, that its settings equal the architecture's.
    Does not prove: that this code made these weights.
    Example: ``for batch in data: loss.backward(); optimizer.step()``, beside a settings file whose
    ``n_layer`` is that of ``config.json``.
    """

    id: str = "training-code-trains"
    component: Component = Component.TRAINING_CODE

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5, of the place that carries the component best."""
        quest = Quest(self.id, self.component, "reachable training loop", _trains, _agrees)
        return quest.judge(facts)


def _trains(holding: Holding) -> Found | None:
    if not holding.loops:
        return None
    first = holding.loops[0]
    return Found(
        f"{first.path} holds a reachable training loop ({', '.join(first.calls)})",
        tuple(dict.fromkeys(one.path for one in holding.loops)),
        tuple(one.where for one in holding.loops),
    )


def _agrees(_: Found, holding: Holding, facts: Facts) -> Outcome:
    """Return whether a settings file's dimensions are the configuration's: a decoy's are not.

    A repository may hold the settings of many models: one file that agrees in all that it shares
    with the configuration is enough, and the one that shares most speaks.
    """
    if not isinstance(facts.config, Seen):
        return Unknown("there is no configuration to compare with")
    published = {one.key: one for one in facts.config.value.settings}
    files: dict[str, list[tuple[Setting, Setting]]] = {}
    for ours in holding.settings:
        if theirs := published.get(ours.key):
            files.setdefault(ours.where.uri, []).append((ours, theirs))
    if not files:
        return Unknown("the code writes down no setting that the configuration names")
    agreeing = [pairs for pairs in files.values() if not any(map(_differ, pairs))]
    if agreeing:
        pairs = max(agreeing, key=len)
        keys = ", ".join(sorted({ours.key for ours, _ in pairs}))
        reason = f"code and configuration agree on {keys}"
        return Confirmed(reason, tuple(ours.where for ours, _ in pairs))
    pairs = max(files.values(), key=len)
    ours, theirs = next(pair for pair in pairs if _differ(pair))
    reason = f"{ours.key} is {ours.value} in the code and {theirs.value} in the configuration"
    return Contradicted(reason, (ours.where, theirs.where))


def _differ(pair: tuple[Setting, Setting]) -> bool:
    return pair[0].value != pair[1].value
