import attrs
import pytest

from provenance.lineage.linked import datasets, sources, unread
from provenance.values.component import Component
from provenance.values.dataset import Availability
from provenance.values.manifest import Manifest
from provenance.values.movement import Turn
from provenance.values.revision import Commit
from provenance.values.rung import Rung
from tests.building import CODE_CLAIM, DATA, MANIFEST, PIN, report, reports

RECORD = DATA.record
UNREAD = attrs.evolve(
    MANIFEST,
    components=tuple(
        reports(model_card=report(Component.MODEL_CARD, Rung.ABSENT, Rung.BOUND)).values()
    ),
    datasets=(),
    sources=(),
)
NOTHING = attrs.evolve(MANIFEST, datasets=(), sources=())


def holding(availability: Availability) -> Manifest:
    return attrs.evolve(MANIFEST, datasets=(attrs.evolve(RECORD, availability=availability),))


@pytest.mark.parametrize(
    ("availability", "turn"),
    [
        (Availability.GATED, Turn.CLOSED),
        (Availability.WITHDRAWN, Turn.CLOSED),
        (Availability.EMPTY, Turn.CLOSED),
        (Availability.RENAMED, Turn.CHANGED),
        (Availability.UNKNOWN, Turn.UNKNOWN),
        (Availability.SCRIPT_ONLY, Turn.UNKNOWN),
        (Availability.DECLARED, Turn.UNKNOWN),
    ],
)
def test_a_dataset_moves_with_how_much_of_it_can_be_had(
    availability: Availability, turn: Turn
) -> None:
    (found,) = datasets(MANIFEST, holding(availability))

    assert (found.about, found.turn) == ("org/data", turn)
    assert found.before.startswith("present at ")
    assert found.after.startswith(availability.value)


def test_a_dataset_that_is_newly_named_opens_if_it_can_be_had() -> None:
    (there,) = datasets(NOTHING, MANIFEST)
    (shut,) = datasets(NOTHING, holding(Availability.WITHDRAWN))

    assert (there.turn, there.before) == (Turn.OPENED, "")
    assert shut.turn is Turn.CHANGED


def test_a_dataset_that_is_no_longer_named_closes_unless_the_card_was_not_read() -> None:
    (gone,) = datasets(MANIFEST, NOTHING)
    (lost,) = datasets(MANIFEST, UNREAD)

    assert (gone.turn, gone.after) == (Turn.CLOSED, "")
    assert lost.turn is Turn.UNKNOWN


def test_another_commit_or_size_is_a_change() -> None:
    for change in ({"revision": Commit("e" * 40)}, {"size": 9}):
        moved = attrs.evolve(MANIFEST, datasets=(attrs.evolve(RECORD, **change),))

        assert [one.turn for one in datasets(MANIFEST, moved)] == [Turn.CHANGED]


def test_a_source_changes_with_its_commit_and_opens_and_closes_with_its_name() -> None:
    moved = attrs.evolve(MANIFEST, sources=(attrs.evolve(PIN, commit=Commit("e" * 40)),))

    assert [one.turn for one in sources(MANIFEST, moved)] == [Turn.CHANGED]
    assert [one.turn for one in sources(NOTHING, MANIFEST)] == [Turn.OPENED]
    assert [one.turn for one in sources(MANIFEST, NOTHING)] == [Turn.CLOSED]
    assert [one.turn for one in sources(MANIFEST, UNREAD)] == [Turn.UNKNOWN]


def test_a_source_that_is_named_and_was_not_fetched_is_unknown() -> None:
    claimed = attrs.evolve(report(Component.TRAINING_CODE, Rung.LOCATED), claims=(CODE_CLAIM,))
    named = attrs.evolve(NOTHING, components=tuple(reports(training_code=claimed).values()))

    assert [one.turn for one in sources(MANIFEST, named)] == [Turn.UNKNOWN]


def test_what_did_not_move_is_not_told() -> None:
    assert list(datasets(MANIFEST, MANIFEST)) == []
    assert list(sources(MANIFEST, MANIFEST)) == []
    assert unread(UNREAD)
    assert not unread(MANIFEST)
