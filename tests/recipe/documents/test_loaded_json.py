import pytest

from provenance.errors import Code, TextError
from provenance.recipe.documents.loaded_json import loaded_json
from provenance.text.budget import Budget


def test_what_is_odd_is_a_hazard_of_its_file_and_a_long_number_is_none() -> None:
    value, hazards = loaded_json(b'{"a": NaN, "b": 1' + b"0" * 30 + b"}", path="c", budget=Budget())

    assert isinstance(value, dict)
    assert [(one.code, one.path) for one in hazards] == [(Code.JSON_NONFINITE, "c")]


def test_what_no_loader_reads_is_an_error() -> None:
    with pytest.raises(TextError):
        loaded_json(b"{", path="c", budget=Budget())
