import pytest

from provenance.errors import Code, InvalidValueError
from provenance.values.dataset import (
    Answer,
    Availability,
    DatasetRecord,
    Declared,
    Sighting,
    availability_of,
)
from provenance.values.interval import Interval


def test_a_dataset_that_was_not_looked_at_counts_no_file_and_is_not_called_absent() -> None:
    record = DatasetRecord("org/data", Availability.UNKNOWN)

    assert (record.files, record.digested, record.read, record.size) == (0, 0, 0, 0)
    assert record.availability is not Availability.WITHDRAWN


DATA = Sighting(card=True, files=2, size=8)


@pytest.mark.parametrize(
    ("sighting", "expected"),
    [
        (Sighting(claimed=False, named=False), Availability.UNNAMED),
        (Sighting(named=False), Availability.IN_PROSE),
        (Sighting(answer=Answer.NOT_ASKED), Availability.DECLARED),
        (Sighting(answer=Answer.GONE), Availability.WITHDRAWN),
        (Sighting(answer=Answer.REFUSED), Availability.GATED),
        (Sighting(answer=Answer.NONE), Availability.UNKNOWN),
        (Sighting(refused=True, renamed=True, files=2, size=8), Availability.GATED),
        (Sighting(), Availability.EMPTY),
        (Sighting(card=True), Availability.CARD_ONLY),
        (Sighting(card=True, renamed=True), Availability.CARD_ONLY),
        (Sighting(card=True, files=3), Availability.EMPTY),
        (Sighting(card=True, scripts=1), Availability.SCRIPT_ONLY),
        (Sighting(card=True, scripts=1, files=1), Availability.SCRIPT_ONLY),
        (Sighting(card=True, scripts=1, files=1, size=1), Availability.PRESENT),
        (Sighting(card=True, scripts=1, complete=False), Availability.UNKNOWN),
        (Sighting(files=1, size=1, complete=False), Availability.PRESENT),
        (DATA, Availability.PRESENT),
        (Sighting(files=1, size=1, renamed=True), Availability.RENAMED),
    ],
    ids=str,
)
def test_what_was_seen_has_one_word(sighting: Sighting, expected: Availability) -> None:
    assert availability_of(sighting) is expected


def test_every_word_is_one_that_something_seen_leads_to() -> None:
    cases = test_what_was_seen_has_one_word.pytestmark[0].args[1]  # type: ignore[attr-defined]

    assert {expected for _, expected in cases} == set(Availability)


@pytest.mark.parametrize(
    ("declared", "listed", "complete", "expected"),
    [
        (Declared(100, 100), 100, True, Interval(1.0, 1.0)),
        (Declared(100, 100), 25, True, Interval(0.25, 0.25)),
        (Declared(100, 100), 25, False, Interval(0.25, 1.0)),
        (Declared(100, 100), 900, True, Interval(1.0, 1.0)),
        (Declared(100, 400), 100, True, Interval(0.25, 1.0)),
        (Declared(100, 100), 0, True, Interval(0.0, 0.0)),
    ],
)
def test_coverage_is_listed_over_declared(
    declared: Declared, listed: int, *, complete: bool, expected: Interval
) -> None:
    record = DatasetRecord("a", Availability.PRESENT, size=listed, complete=complete)

    assert declared.coverage(listed, complete=complete) == expected
    assert record.coverage is None
    record = DatasetRecord(
        "a", Availability.PRESENT, size=listed, complete=complete, declared=declared
    )
    assert record.coverage == expected


@pytest.mark.parametrize(
    ("least", "most", "examples"), [(0, 0, None), (2, 1, None), (-1, 1, None), (1, 1, -1)]
)
def test_a_declaration_of_nothing_or_of_less_than_nothing_is_none(
    least: int, most: int, examples: int | None
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Declared(least, most, examples)

    assert caught.value.code is Code.VALUE
