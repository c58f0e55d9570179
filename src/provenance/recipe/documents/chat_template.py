"""Chat templates: the program, in Jinja, that turns a conversation into text. It is never run."""

import re
from collections.abc import Iterator
from typing import Final

from provenance.errors import Code, TextError
from provenance.recipe.documents.loaded_json import loaded_json
from provenance.text.budget import Budget
from provenance.text.strict_json import JsonValue
from provenance.values.artefact import Artefact
from provenance.values.component import Component
from provenance.values.evidence import Where

# By the names that tokenizer libraries look for, at the top or one folder down.
_FILES: Final = (
    re.compile(r"(?:[^/]+/)?chat_template\.jinja"),
    re.compile(r"(?:[^/]+/)?chat_template\.json"),
    re.compile(r"(?:[^/]+/)?tokenizer_config\.json"),
    re.compile(r"(?:[^/]+/)?processor_config\.json"),
    re.compile(r"(?:[^/]+/)?additional_chat_templates/[^/]+\.jinja"),
)
# What carries a template inside, with everything else that a model needs.
_CARRIES: Final = (".gguf", ".task", ".litertlm", ".llamafile")
_BUDGET = Budget(bytes=16 * 2**20, depth=32, items=2_000_000)
_LONGEST = 2**20
_HINT = "it counts as unread"


def reads_chat_template(path: str) -> bool:
    """Tell whether a file's name is one that libraries look for a chat template in."""
    return any(one.fullmatch(path) for one in _FILES)


def chat_template_order(path: str) -> tuple[int, int, str]:
    """Return the key by which the first file that holds a template counts."""
    kind = next((at for at, one in enumerate(_FILES) if one.fullmatch(path)), len(_FILES))
    return path.count("/"), kind, path


def carries_chat_template(path: str) -> bool:
    """Tell whether a file is of a form that may have a chat template inside."""
    return path.lower().endswith(_CARRIES)


def chat_template_of(path: str, data: bytes, where: Where) -> Artefact | None:
    """Return the chat template in a file; ``None`` where it holds none.

    Raises:
        TextError: for JSON that no loader reads, for a template of more than 1 MiB, and for one
            that is not recognised as being over messages.
    """
    texts = [data.decode(errors="replace")] if path.endswith(".jinja") else _in_json(path, data)
    found = [text for text in texts if text.strip()]
    if not found:
        return None
    text = next((one for one in found if "messages" in one and "{%" in one), found[0])
    if len(text) > _LONGEST:
        what = f"a template of {len(text):,} characters, more than {_LONGEST:,}"
        raise TextError(what, hint=_HINT, code=Code.RESOURCE)
    if not ("messages" in text and "{%" in text and "%}" in text):
        what = "a template that is not recognised: it does not go over messages"
        raise TextError(what, hint=_HINT, code=Code.NOT_COVERED)
    return Artefact(
        Component.CHAT_TEMPLATE,
        path,
        where,
        f"a template of {len(text):,} characters over messages",
    )


def _in_json(path: str, data: bytes) -> list[str]:
    value, _ = loaded_json(data, path=path, budget=_BUDGET)
    return list(_texts(value.get("chat_template") if isinstance(value, dict) else None))


def _texts(found: JsonValue) -> Iterator[str]:
    """Yield templates: one, or several, each with a name: [{"name": …, "template": "…"}]."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, list):
        named = (one.get("template") for one in found if isinstance(one, dict))
        yield from (one for one in named if isinstance(one, str))
    elif isinstance(found, dict):
        yield from (one for one in found.values() if isinstance(one, str))
