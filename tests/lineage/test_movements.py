import attrs
import pytest
from hypothesis import given, settings

from provenance.errors import Code
from provenance.frameworks.mof import assess
from provenance.lineage.movements import movements
from provenance.values.component import Component
from provenance.values.hazard import Hazard
from provenance.values.label import Label
from provenance.values.manifest import Manifest
from provenance.values.movement import Aspect, Movement, Turn
from provenance.values.rung import Rung
from tests.building import MANIFEST, report, reports
from tests.wire.manifests import MANIFESTS

CODE = Component.TRAINING_CODE


def standing(shown: Rung, at_most: Rung) -> Manifest:
    made = reports(Rung.BOUND, training_code=report(CODE, shown, at_most))
    return attrs.evolve(MANIFEST, components=tuple(made.values()), assessments=(assess(made),))


@pytest.mark.parametrize(
    ("before", "after", "turn"),
    [
        ((Rung.ABSENT, Rung.ABSENT), (Rung.BOUND, Rung.BOUND), Turn.OPENED),
        ((Rung.BOUND, Rung.BOUND), (Rung.ABSENT, Rung.ABSENT), Turn.CLOSED),
        ((Rung.BOUND, Rung.BOUND), (Rung.ABSENT, Rung.REPRODUCED), Turn.UNKNOWN),
        ((Rung.ABSENT, Rung.REPRODUCED), (Rung.BOUND, Rung.BOUND), Turn.UNKNOWN),
    ],
)
def test_a_component_and_its_class_open_and_close_only_if_they_surely_do(
    before: tuple[Rung, Rung], after: tuple[Rung, Rung], turn: Turn
) -> None:
    found = movements(standing(*before), standing(*after))

    (component,) = [one for one in found if one.aspect is Aspect.COMPONENT]
    assert (component.about, component.turn) == ("training-code", turn)
    assert [one.turn for one in found if one.about == "evidenced class"] == [turn]


def test_the_claimed_class_changes_and_neither_opens_nor_closes() -> None:
    found = movements(standing(Rung.ABSENT, Rung.ABSENT), standing(Rung.CLAIMED, Rung.CLAIMED))

    assert Movement(Aspect.MOF, Turn.CHANGED, "claimed class", "class III", "class I") in found
    assert not [one for one in found if one.about == "evidenced class"]


def labelled(label: Label, at_most: Label) -> Manifest:
    return attrs.evolve(MANIFEST, label=label, label_at_most=at_most)


def test_a_label_moves_between_what_is_shown_and_what_is_possible() -> None:
    weights = labelled(Label.OPEN_WEIGHTS, Label.OPEN_WEIGHTS)
    source = labelled(Label.OPEN_SOURCE, Label.OPEN_SOURCE)
    unsure = labelled(Label.UNDETERMINED, Label.OPEN_SOURCE)

    turns = [
        movements(old, new)[0].turn
        for old, new in ((weights, source), (source, weights), (source, unsure))
    ]

    assert turns == [Turn.OPENED, Turn.CLOSED, Turn.UNKNOWN]


def test_hazards_come_and_go() -> None:
    found = attrs.evolve(MANIFEST, hazards=(Hazard(Code.PICKLE, "a.bin", ""),))

    assert movements(MANIFEST, found) == (
        Movement(Aspect.HAZARD, Turn.CHANGED, "a.bin", "", "found: PICKLE"),
    )
    assert movements(found, MANIFEST) == (
        Movement(Aspect.HAZARD, Turn.CHANGED, "a.bin", "found: PICKLE", ""),
    )


@settings(max_examples=25)
@given(MANIFESTS)
def test_nothing_moves_from_a_manifest_to_itself(manifest: Manifest) -> None:
    turns = {one.turn for one in movements(manifest, manifest)}

    # A file without a digest cannot be said to be the same.
    assert turns <= {Turn.UNKNOWN}
