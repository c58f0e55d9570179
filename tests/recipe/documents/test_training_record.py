import json

import pytest

from provenance.errors import TextError
from provenance.recipe.documents.training_record import reads_record, record_of
from provenance.values.artefact import Kind
from tests.building import WHERE


def test_a_record_says_what_it_holds_and_where_its_log_ends() -> None:
    state = {"global_step": 9, "log_history": [{"step": 1}, {"step": 9}, {"loss": 1}, 3]}

    found, steps = record_of("trainer_state.json", json.dumps(state).encode(), WHERE)

    assert found
    assert found.names == ("global_step", "log_history")
    assert [(one.kind, one.value) for one in steps] == [(Kind.LOGGED_STEP, "9")]


def test_a_record_without_a_log_states_no_step() -> None:
    found, steps = record_of("training_args.json", b'{"lr": 1, "log_history": 1}', WHERE)

    assert found
    assert steps == ()


@pytest.mark.parametrize("data", [b"{}", b"[1]"])
def test_what_is_no_record_is_none(data: bytes) -> None:
    assert record_of("trainer_state.json", data, WHERE) == (None, ())


def test_a_loss_that_is_no_number_hides_no_step() -> None:
    found, steps = record_of(
        "trainer_state.json", b'{"log_history": [{"step": 3, "loss": NaN}]}', WHERE
    )

    assert found
    assert [one.value for one in steps] == ["3"]


def test_a_record_that_breaks_off_is_not_passed_over() -> None:
    with pytest.raises(TextError):
        record_of("trainer_state.json", b"{", WHERE)


def test_records_are_known_by_their_names() -> None:
    assert reads_record("c/trainer_state.json")
    assert not reads_record("training_args.bin")
