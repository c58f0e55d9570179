import json

import pytest

from provenance.recipe.chat_template import chat_template_of
from tests.building import WHERE

TEMPLATE = "{% for m in messages %}{{ m }}{% endfor %}"


def config(value: object) -> bytes:
    return json.dumps({"chat_template": value}).encode()


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("chat_template.jinja", TEMPLATE.encode()),
        ("tokenizer_config.json", config(TEMPLATE)),
        ("tokenizer_config.json", config([1, {"name": "default", "template": TEMPLATE}])),
    ],
)
def test_a_template_over_messages_is_one(path: str, data: bytes) -> None:
    found = chat_template_of(path, data, WHERE)

    assert found
    assert found.what == f"a template of {len(TEMPLATE)} characters over messages"


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("chat_template.jinja", b""),
        ("chat_template.jinja", b"messages"),
        ("chat_template.jinja", TEMPLATE.encode() + b" " * 2**20),
        ("tokenizer_config.json", b"{"),
        ("tokenizer_config.json", b"[]"),
        ("tokenizer_config.json", config(None)),
        ("tokenizer_config.json", config([])),
        ("tokenizer_config.json", config([{"template": 1}])),
    ],
)
def test_what_turns_no_messages_into_text_is_none(path: str, data: bytes) -> None:
    assert chat_template_of(path, data, WHERE) is None
