import pytest

from provenance.errors import Code, TextError
from provenance.recipe.config import read_config


def test_class_and_dimensions_are_read_under_one_name_each() -> None:
    facts, hazards = read_config(
        b'{"architectures": ["GPT2", 3], "model_type": "gpt2", "n_embd": 8, "x": 1.5, "y": true}',
        uri="u",
        path="config.json",
    )

    assert facts is not None
    assert (facts.architectures, facts.model_type) == (("GPT2",), "gpt2")
    assert [(one.key, one.value) for one in facts.settings] == [("hidden_size", 8)]
    assert hazards == ()


def test_code_that_loading_would_run_is_a_hazard() -> None:
    data = b'{"auto_map": {"AutoModel": "evil/repo--modeling.Evil", "x": 1}, "model_type": 3}'

    facts, hazards = read_config(data, uri="u", path="config.json")

    assert facts is not None
    assert facts.remote_code == ("evil/repo--modeling.Evil",)
    assert facts.model_type is None
    assert [one.code for one in hazards] == [Code.REMOTE_CODE]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"a": NaN}', Code.JSON_NONFINITE),
        (b"\xef\xbb\xbf{}", Code.JSON_BOM),
        (b"[]", Code.CONFIG_SHAPE),
    ],
)
def test_what_is_no_configuration_is_reported(data: bytes, code: Code) -> None:
    facts, hazards = read_config(data, uri="u", path="config.json")

    assert facts is None
    assert [one.code for one in hazards] == [code]


def test_json_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(TextError) as caught:
        read_config(b'{"a": 1}{"a": 2}', uri="u", path="config.json")

    assert caught.value.code is Code.JSON_TRAILING
