import attrs
import pytest

from provenance.checks.base_models import BaseModels
from provenance.checks.ladder import reach
from provenance.values.component import Component
from provenance.values.facts import Ancestor, ConfigFacts, Facts, ModelFacts, Setting
from provenance.values.finding import Confirmed, Contradicted, Unknown
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Look, Missing, Seen
from provenance.values.path import RelPath
from provenance.values.revision import Named
from provenance.values.rung import Reach, Rung
from provenance.weights.table import ENDINGS
from tests.building import (
    COMMIT,
    CONFIG,
    EMPTY,
    LISTING,
    WHERE,
    claim,
    claimed,
    outcome_of,
    read,
    unseen,
)

C = Component.BASE_MODELS
BASE = Locator(LocatorKind.HUB_MODEL, "org/base", COMMIT)
LISTED = ModelFacts(
    LISTING,
    Inventory((claimed("model.safetensors"),)),
    (claimed("model.safetensors"),),
    Seen(CONFIG),
    Missing("no card"),
    Missing("no text"),
)


def made_from(look: Look[ModelFacts], locator: Locator = BASE) -> Facts:
    said = claim(C, locator)
    return attrs.evolve(
        EMPTY, claims=(said,), ancestors=(Ancestor(locator, 1, (said.where,), look),)
    )


def listing(*files: FileEntry, complete: bool = True) -> Look[ModelFacts]:
    weights = tuple(one for one in files if one.path.suffix in ENDINGS)
    return Seen(attrs.evolve(LISTED, files=Inventory(files, complete), weights=weights))


NOT = Reach(Rung.LOCATED, Rung.LOCATED)
OPEN = Reach(Rung.LOCATED, Rung.REPRODUCED)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (made_from(Seen(LISTED)), Reach(Rung.CONSISTENT, Rung.REPRODUCED)),
        (
            made_from(Seen(LISTED), attrs.evolve(BASE, revision=Named("main"))),
            Reach(Rung.RETRIEVED, Rung.RETRIEVED),
        ),
        (made_from(listing(read("README.md"))), NOT),
        (made_from(listing(read("README.md"), complete=False)), OPEN),
        (made_from(listing(FileEntry(RelPath("w.dat"), 10 * 2**20))), OPEN),
        (made_from(listing(FileEntry(RelPath("m.onnx"), 1))), OPEN),
        (made_from(listing(FileEntry(RelPath("m.bin"), 1))), OPEN),
        (made_from(Missing("gone")), NOT),
        (made_from(unseen()), OPEN),
        (attrs.evolve(made_from(unseen()), ancestors=()), OPEN),
        (attrs.evolve(EMPTY, claims=(claim(C),)), Reach(Rung.CLAIMED, Rung.CLAIMED)),
        (attrs.evolve(EMPTY, claims=(claim(C, denied=True),)), Reach(Rung(0), Rung(0))),
        (EMPTY, Reach(Rung.ABSENT, Rung.ABSENT)),
    ],
)
def test_a_base_model_stands_as_far_as_its_list_carries_it(facts: Facts, expected: Reach) -> None:
    assert reach(BaseModels().judge(facts)) == expected


def configured(model_type: str | None, **sizes: int) -> ConfigFacts:
    settings = tuple(Setting(key, value, WHERE) for key, value in sizes.items())
    return ConfigFacts(WHERE, model_type, settings=settings)


@pytest.mark.parametrize(
    ("base", "own", "kind"),
    [
        (Seen(configured("toy", hidden_size=8)), Seen(CONFIG), Confirmed),
        (Seen(configured("toy", hidden_size=9)), Seen(CONFIG), Contradicted),
        (Seen(configured("toy", other=9)), Seen(CONFIG), Unknown),
        (Seen(configured("other", hidden_size=8)), Seen(CONFIG), Unknown),
        (Seen(CONFIG), unseen(), Unknown),
        (unseen(), Seen(CONFIG), Unknown),
    ],
)
def test_the_two_configurations_are_held_against_each_other(
    base: Look[ConfigFacts], own: Look[ConfigFacts], kind: type
) -> None:
    facts = attrs.evolve(made_from(Seen(attrs.evolve(LISTED, config=base))), config=own)

    assert isinstance(outcome_of(BaseModels(), facts, Rung.CONSISTENT), kind)
