"""A file that an audit cannot read: in which line the trouble is, and what to do."""

from provenance.errors import Code, ReleaseError, TextError
from provenance.policy.mending import mending
from provenance.text.front_matter import split
from provenance.text.json_places import second_key
from provenance.values.advice import Advice, Rule

_OF_METADATA = "YAML_"


def advise_unreadable(error: ReleaseError, data: bytes | None) -> Advice:
    """Return the advice about an error that ends an audit; ``data`` is a text file's bytes."""
    # What a parser of YAML says of a tab does not tell a person what to write.
    hint = "" if error.code is Code.YAML_SYNTAX else error.hint
    todo = f"{hint or mending(error.code)}; see `provenance explain {error.code}`"
    line = _line(error, data) if error.path and data is not None else 0
    return Advice(Rule.UNREADABLE, error.path, line, f"{error.code}: {error.what}", todo)


def _line(error: ReleaseError, data: bytes) -> int:
    # An index says what is wrong with it, and behind that stands what is wrong with its JSON.
    inner = next((it for it in (error, error.__cause__) if isinstance(it, TextError)), None)
    if inner is None:
        return 0
    if inner.code is Code.JSON_DUP_KEY:
        text = data.decode()
        return text.count("\n", 0, second_key(text) or 0) + 1
    if inner.line and inner.code.startswith(_OF_METADATA):
        return inner.line + data.count(b"\n", 0, split(data).front_start)
    return inner.line
