"""Where in a JSON text something stands that the reader of its values cannot tell."""

import json
import re

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\],:]')


def second_key(text: str) -> int | None:
    """Return where a key stands that its object has already; ``None`` if none does.

    The text is JSON in all else: it was read before.

    >>> second_key('{"a": {"b": 1, "c": 2, "b": 3}}')
    23
    """
    # An array has no keys: its set stays empty.
    keys: list[set[str]] = []
    last = ("", 0)
    for token in _TOKEN.finditer(text):
        match token[0]:
            case "{" | "[":
                keys.append(set())
            case "}" | "]":
                keys.pop()
            case ",":
                continue
            case ":":
                if last[0] in keys[-1]:
                    return last[1]
                keys[-1].add(last[0])
            case string:
                last = (json.loads(string, strict=False), token.start())
    return None
