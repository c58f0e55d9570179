"""Every component, every way in which something could not be looked at: unknown, never absent.

The facts are those of a release that has everything. Whatever of them is taken away because nobody
could look, nothing may be called absent or contradicted that was not so before, and nothing may be
excluded that is there.
"""

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import TypeVar

import attrs
import pytest

from provenance.checks.hyper_parameters import KINDS
from provenance.checks.ladder import reach
from provenance.checks.table import CHECKS
from provenance.errors import Code
from provenance.values.artefact import Artefact, Kind, Measured
from provenance.values.component import Component
from provenance.values.facts import (
    Ancestor,
    Checkpoint,
    Facts,
    LinkedDataset,
    LinkedPage,
    LinkedSource,
    ModelFacts,
    PageFacts,
)
from provenance.values.finding import Absent, Contradicted, Finding
from provenance.values.inventory import Inventory
from provenance.values.loaded_code import CodeSearch, LoadedCode
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Seen
from provenance.values.ref import Ref
from provenance.values.rung import Rung
from provenance.values.unread import Unread
from tests.building import (
    APACHE,
    CARD,
    CODE,
    CODE_CLAIM,
    COMMIT,
    CONFIG,
    DATA,
    DATA_CLAIM,
    DATASET,
    FACTS,
    LISTING,
    SOURCE,
    WHERE,
    artefact,
    claim,
    read,
    stated,
    unseen,
)

C = Component
PREPARES = Locator(LocatorKind.GIT, "https://example.org/org/prepare", COMMIT)
BASE = Locator(LocatorKind.HUB_MODEL, "org/base", COMMIT)
PAPER = Locator(LocatorKind.ARXIV, "2601.00001")
REPORT = Locator(LocatorKind.HTTP, "https://example.org/report")
BASE_CLAIM, MEASURED_CLAIM = claim(C.BASE_MODELS, BASE), claim(C.EVALUATION_DATA, DATASET)
PREPARE_CLAIM = claim(C.DATA_PREPROCESSING_CODE, PREPARES)
OWN: tuple[Artefact, ...] = (
    artefact(C.CHAT_TEMPLATE, "chat_template.jinja"),
    artefact(C.CONTAMINATION_REPORT, "contamination.md"),
    artefact(C.MODEL_METADATA, "trainer_state.json"),
    artefact(C.REMOTE_CODE, "modeling_toy.py", "modeling_toy.Toy"),
    artefact(C.SAMPLE_MODEL_OUTPUTS, "samples/a.txt"),
)
LINKED: tuple[Artefact, ...] = (
    artefact(C.ENVIRONMENT, "uv.lock", "numpy"),
    artefact(C.EVALUATION_CODE, "evaluate.py", "org/data"),
    artefact(C.INFERENCE_CODE, "generate.py", "org/toy"),
    artefact(C.SUPPORTING_LIBRARIES, "pyproject.toml", "numpy"),
)
VALUES = (
    *(stated(kind, "7", "trainer_state.json") for kind in (*KINDS, Kind.DATA_ORDER)),
    stated(Kind.HARDWARE, "8 A100"),
)
FILES = (*(one.path for one in OWN), "optimizer.pt", "README.md", "config.json")
FULL = attrs.evolve(
    FACTS,
    ref=Ref.parse(f"org/toy@{COMMIT}"),
    inventory=Inventory(tuple(map(read, {*FILES, "model.safetensors", "tokenizer.json"}))),
    config=Seen(CONFIG),
    loaded_code=CodeSearch((LoadedCode("config.json", "modeling_toy.Toy", "auto-map"),)),
    claims=(
        *(CODE_CLAIM, DATA_CLAIM, BASE_CLAIM, MEASURED_CLAIM, PREPARE_CLAIM),
        *(claim(C.RESEARCH_PAPER, PAPER), claim(C.TECHNICAL_REPORT, REPORT)),
    ),
    sources=(
        LinkedSource(
            SOURCE, (CODE_CLAIM,), Seen(attrs.evolve(CODE, artefacts=LINKED, imports=("numpy",)))
        ),
        LinkedSource(
            PREPARES,
            (PREPARE_CLAIM,),
            Seen(
                attrs.evolve(
                    CODE,
                    loops=(),
                    artefacts=(artefact(C.DATA_PREPROCESSING_CODE, "prepare.py", "data/a.txt"),),
                )
            ),
        ),
    ),
    datasets=(LinkedDataset(DATASET, (DATA_CLAIM, MEASURED_CLAIM), Seen(DATA)),),
    evaluation_data=(LinkedDataset(DATASET, (DATA_CLAIM, MEASURED_CLAIM), Seen(DATA)),),
    ancestors=(
        Ancestor(
            BASE,
            1,
            (BASE_CLAIM.where,),
            Seen(
                ModelFacts(
                    LISTING,
                    Inventory((read("m.bin"),)),
                    (read("m.bin"),),
                    Seen(CONFIG),
                    Seen(CARD),
                    Seen(APACHE),
                )
            ),
        ),
    ),
    pages=tuple(LinkedPage(one, Seen(PageFacts("Toy", WHERE))) for one in (PAPER, REPORT)),
    artefacts=OWN,
    stated=VALUES,
    measured=(Measured("org/data", "accuracy", "0.5", "README.md", WHERE, "validation"),),
    checkpoints=(
        Checkpoint("step1", 1, LISTING, ("aa",)),
        Checkpoint("step2", 2, LISTING, ("bb",)),
    ),
)


def no_card(facts: Facts) -> Facts:
    """Return what is known when the card could not be read: no claim, and nothing to follow."""
    return attrs.evolve(
        facts,
        card=unseen(),
        claims=(),
        sources=(),
        datasets=(),
        evaluation_data=(),
        ancestors=(),
        pages=(),
        stated=(),
        measured=(),
    )


def no_files(facts: Facts) -> Facts:
    """Return what is known when only names and digests could be listed."""
    return attrs.evolve(
        no_card(facts),
        weights=unseen(),
        config=unseen(),
        tokenizer=unseen(),
        license=unseen(),
        artefacts=(),
        loops=(),
        settings=(),
        code_read=False,
    )


def short_list(facts: Facts) -> Facts:
    """Return what is known when the listing ended before its end, and none of it was reached."""
    return attrs.evolve(
        no_files(facts), inventory=Inventory((), complete=False), checkpoints=(), weight_files=()
    )


T = TypeVar("T", LinkedDataset, Ancestor, LinkedPage)


def blind(linked: tuple[T, ...]) -> tuple[T, ...]:
    """Return what is linked, none of which could be looked at."""
    return tuple(attrs.evolve(one, look=unseen()) for one in linked)


def _one_source(number: int, *, truncated: bool) -> Callable[[Facts], Facts]:
    def fault(facts: Facts) -> Facts:
        sources = list(facts.sources)
        if number < len(sources):
            part = attrs.evolve(CODE, loops=(), artefacts=(), settings=(), truncated=True)
            look = Seen(part) if truncated else unseen()
            sources[number] = attrs.evolve(sources[number], look=look)
        return attrs.evolve(facts, sources=tuple(sources))

    return fault


NOT_READ = Unread(Code.NOT_COVERED, "a.x", "of a kind that is not read", frozenset(Component))
FAULTS: dict[str, Callable[[Facts], Facts]] = {
    "the card": no_card,
    "all files": no_files,
    "the listing": short_list,
    "prose": lambda it: attrs.evolve(
        no_card(it), card=Seen(attrs.evolve(CARD, complete=False, sections=()))
    ),
    "files of kinds that nobody reads": lambda it: attrs.evolve(
        it, artefacts=(), stated=(), loops=(), settings=(), measured=(), unread=(NOT_READ,)
    ),
    "own programs": lambda it: attrs.evolve(it, artefacts=(), stated=(), code_read=False),
    "headers": lambda it: attrs.evolve(it, weights=unseen()),
    "configuration": lambda it: attrs.evolve(it, config=unseen()),
    "tokenizer": lambda it: attrs.evolve(it, tokenizer=unseen()),
    "branches": lambda it: attrs.evolve(it, checkpoints=(), branches_read=False),
    "repository": _one_source(0, truncated=False),
    "another repository": _one_source(1, truncated=False),
    "part of a repository": _one_source(0, truncated=True),
    "links over the budget": lambda it: attrs.evolve(
        it, sources=(), datasets=(), evaluation_data=(), ancestors=(), pages=()
    ),
    "datasets": lambda it: attrs.evolve(it, datasets=blind(it.datasets)),
    "measured datasets": lambda it: attrs.evolve(it, evaluation_data=blind(it.evaluation_data)),
    "base models": lambda it: attrs.evolve(it, ancestors=blind(it.ancestors)),
    "pages": lambda it: attrs.evolve(it, pages=blind(it.pages)),
}


def judged(facts: Facts) -> dict[Component, tuple[Finding, ...]]:
    return {check.component: check.judge(facts) for check in CHECKS}


def lacking(findings: Iterable[Finding]) -> set[tuple[Rung, str]]:
    return {
        (one.rung, one.facet) for one in findings if isinstance(one.outcome, Absent | Contradicted)
    }


WHOLE = judged(FULL)


def test_the_release_that_has_everything_lacks_nothing_that_is_tested() -> None:
    assert {
        one.id: reach(WHOLE[one]).shown for one in Component if reach(WHOLE[one]).shown < 3
    } == {}


def test_no_failures_together_make_a_component_absent(
    how_many: Callable[[int, int], int],
) -> None:
    most = how_many(2, 4)

    for size in range(1, most + 1):
        for chosen in combinations(FAULTS, size):
            facts = FULL
            for name in chosen:
                facts = FAULTS[name](facts)
            for component, findings in judged(facts).items():
                was, now = reach(WHOLE[component]), reach(findings)
                assert now.at_most >= was.shown, (chosen, component.id)
                assert {rung for rung, _ in lacking(findings)} <= {
                    rung for rung, _ in lacking(WHOLE[component])
                }, (chosen, component.id)


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_taken_away_by_each_failure_raises_nothing(name: str) -> None:
    for component, findings in judged(FAULTS[name](FULL)).items():
        assert reach(findings).shown <= reach(WHOLE[component]).shown
