"""Chat templates: the program, in Jinja, that turns a conversation into text. It is never run."""

from provenance.errors import TextError
from provenance.text.budget import Budget
from provenance.text.strict_json import parse
from provenance.values.artefact import Artefact
from provenance.values.component import Component
from provenance.values.evidence import Where

#: By the names that tokenizer libraries look for; the first that holds a template counts.
CHAT_TEMPLATE_FILES = ("chat_template.jinja", "chat_template.json", "tokenizer_config.json")
_BUDGET = Budget(bytes=16 * 2**20, depth=32, items=2_000_000)
_LONGEST = 2**20


def chat_template_of(path: str, data: bytes, where: Where) -> Artefact | None:
    """Return the chat template in a file; ``None`` where it holds none."""
    text = data.decode(errors="replace") if path.endswith(".jinja") else _in_json(data)
    if not text or len(text) > _LONGEST:
        return None
    speaks = "messages" in text and "{%" in text and "%}" in text
    if not speaks:
        return None
    return Artefact(
        Component.CHAT_TEMPLATE,
        path,
        where,
        f"a template of {len(text):,} characters over messages",
    )


def _in_json(data: bytes) -> str | None:
    try:
        value = parse(data, budget=_BUDGET)
    except TextError:
        return None  # It holds no template that can be read.
    found = value.get("chat_template") if isinstance(value, dict) else None
    if isinstance(found, list):
        # Several, each with a name: [{"name": "default", "template": "…"}].
        named = (one.get("template") for one in found if isinstance(one, dict))
        found = next((one for one in named if one), None)
    return found if isinstance(found, str) else None
