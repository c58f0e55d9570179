import json

import pytest

from provenance.errors import Code, TextError
from provenance.recipe.documents.chat_template import (
    carries_chat_template,
    chat_template_of,
    chat_template_order,
    reads_chat_template,
)
from tests.building import WHERE
from tests.loaders import LOADERS

TEMPLATE = "{% for m in messages %}{{ m }}{% endfor %}"


def config(value: object) -> bytes:
    return json.dumps({"chat_template": value}).encode()


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("chat_template.jinja", TEMPLATE.encode()),
        ("tokenizer_config.json", config(TEMPLATE)),
        ("tokenizer_config.json", config([1, {"name": "default", "template": TEMPLATE}])),
        ("tokenizer_config.json", config({"tool_use": "{{ tools }}", "default": TEMPLATE})),
        ("tokenizer/tokenizer_config.json", config(TEMPLATE)),
        ("processor_config.json", config(TEMPLATE)),
        ("additional_chat_templates/rag.jinja", TEMPLATE.encode()),
        (
            "tokenizer_config.json",
            b'{"model_max_length": 1' + b"0" * 30 + b"," + config(TEMPLATE)[1:],
        ),
        ("tokenizer_config.json", b"\xef\xbb\xbf" + config(TEMPLATE)),
        ("tokenizer_config.json", b'{"limit": Infinity,' + config(TEMPLATE)[1:]),
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
        ("tokenizer_config.json", b"[]"),
        ("tokenizer_config.json", config(None)),
        ("tokenizer_config.json", config([])),
        ("tokenizer_config.json", config([{"template": 1}])),
    ],
)
def test_what_turns_no_messages_into_text_is_none(path: str, data: bytes) -> None:
    assert chat_template_of(path, data, WHERE) is None


@pytest.mark.parametrize(
    ("path", "data", "code"),
    [
        ("chat_template.jinja", b"{{ history }}", Code.NOT_COVERED),
        ("chat_template.jinja", TEMPLATE.encode() + b" " * 2**20, Code.RESOURCE),
        ("tokenizer_config.json", b"{", Code.JSON_SYNTAX),
        ("tokenizer_config.json", config(TEMPLATE).decode().encode("utf-16"), Code.JSON_ENCODING),
    ],
)
def test_a_template_that_cannot_be_read_is_not_passed_over(
    path: str, data: bytes, code: Code
) -> None:
    with pytest.raises(TextError) as caught:
        chat_template_of(path, data, WHERE)

    assert caught.value.code is code


@pytest.mark.parametrize("folder", ["chat", "chats", "chat-list"])
def test_what_the_library_writes_holds_a_template(folder: str) -> None:
    files = LOADERS / folder
    found = [
        chat_template_of(path.name, path.read_bytes(), WHERE)
        for path in sorted(files.iterdir())
        if reads_chat_template(path.name)
    ]

    assert any(found)


def test_the_file_that_loaders_ask_first_comes_first() -> None:
    named = [
        "a/chat_template.jinja",
        "additional_chat_templates/b.jinja",
        "tokenizer_config.json",
        "chat_template.jinja",
    ]

    assert all(map(reads_chat_template, named))
    assert sorted(named, key=chat_template_order)[:2] == [
        "chat_template.jinja",
        "tokenizer_config.json",
    ]
    assert carries_chat_template("model-Q4.GGUF")
    assert not carries_chat_template("model.safetensors")
