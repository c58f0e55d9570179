"""Shapes: an object read key by key, where each surprise is an error that names its place."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final, Self, TypeVar

import attrs

from provenance.errors import Code, TextError
from provenance.text.strict_json import JsonValue

Choice = TypeVar("Choice", bound=StrEnum)

_SHOWN_KEY = 80
_NAMES: Final[Mapping[type, str]] = {
    type(None): "null",
    bool: "a boolean",
    int: "an integer",
    float: "a float",
    str: "a text",
    list: "an array",
    dict: "an object",
}


@attrs.frozen
class Reader:
    """A JSON object and its place in the whole; every method reads one key of it.

    A key that is missing, or ``null``, is an error to the plain methods; the ``optional_`` ones
    return ``None`` for a missing key, and only for that. A boolean is never a number.

    >>> Reader.of({"size": 3}, "inventory[0]").integer("size")
    3

    Args:
        values: the object.
        where: its place, ``inventory[3]`` for example; empty for the root.
        code: what errors carry.
    """

    values: Mapping[str, JsonValue] = attrs.field(repr=False)
    where: str = ""
    code: Code = Code.JSON_SHAPE

    @classmethod
    def of(cls, value: JsonValue, where: str = "", *, code: Code = Code.JSON_SHAPE) -> Self:
        """Return the reader of a value that has to be an object.

        Raises:
            TextError: ``code`` for anything else.
        """
        if not isinstance(value, dict):
            raise unexpected(where, "an object", value, code)
        return cls(value, where, code)

    def at(self, key: str) -> str:
        """Return the place of a key: ``inventory[3].size``."""
        shown = key if key.isascii() and key.isidentifier() else ascii(key[:_SHOWN_KEY])
        return f"{self.where}.{shown}" if self.where else shown

    def wrong(self, key: str, what: str) -> TextError:
        """Return the error for what is wrong with the value of a key."""
        return TextError(f"{self.at(key)}: {what}", hint="correct the file", code=self.code)

    def only_keys(self, *allowed: str) -> None:
        """Refuse keys other than these.

        Raises:
            TextError: for the first of them in order of code points.
        """
        extra = min(self.values.keys() - set(allowed), default=None)
        if extra is not None:
            raise self.wrong(extra, "there is no such key")

    def has(self, key: str) -> bool:
        """Tell whether the key is there, whatever its value."""
        return key in self.values

    def value(self, key: str) -> JsonValue:
        """Return the value of a key as it is, ``null`` too.

        Raises:
            TextError: if the key is missing; so do all methods without ``optional_``.
        """
        if key not in self.values:
            raise self.wrong(key, "it is missing")
        return self.values[key]

    def text(self, key: str) -> str:
        """Return the text under a key."""
        value = self.value(key)
        if not isinstance(value, str):
            raise self._unexpected(key, "a text", value)
        return value

    def choice(self, key: str, choices: type[Choice]) -> Choice:
        """Return the member of an enum whose value is the text under a key."""
        text = self.text(key)
        for one in choices:
            if one.value == text:
                return one
        known = ", ".join(one.value for one in choices)
        raise self.wrong(key, f"expected one of {known}, found {text[:_SHOWN_KEY]!a}")

    def boolean(self, key: str) -> bool:
        """Return the boolean under a key."""
        value = self.value(key)
        if not isinstance(value, bool):
            raise self._unexpected(key, "a boolean", value)
        return value

    def integer(self, key: str, minimum: int = 0, maximum: int = 2**63 - 1) -> int:
        """Return the integer under a key, both bounds included."""
        value = self.value(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._unexpected(key, "an integer", value)
        if not minimum <= value <= maximum:
            raise self.wrong(key, f"expected {minimum} to {maximum}, found {value}")
        return value

    def number(self, key: str) -> float:
        """Return the integer or float under a key."""
        value = self.value(key)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self._unexpected(key, "a number", value)
        return value

    def array(self, key: str) -> tuple[JsonValue, ...]:
        """Return the elements of the array under a key."""
        value = self.value(key)
        if not isinstance(value, list):
            raise self._unexpected(key, "an array", value)
        return tuple(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the elements of an array of texts."""
        return tuple(self._texts(key))

    def object(self, key: str) -> Self:
        """Return the reader of the object under a key."""
        return self.of(self.value(key), self.at(key), code=self.code)

    def objects(self, key: str) -> tuple[Self, ...]:
        """Return the readers of an array of objects."""
        at = self.at(key)
        return tuple(
            self.of(value, f"{at}[{index}]", code=self.code)
            for index, value in enumerate(self.array(key))
        )

    def entries(self, key: str) -> tuple[tuple[str, Self], ...]:
        """Return the keys and readers of an object of objects, in the order of the text."""
        inner = self.object(key)
        return tuple((name, inner.object(name)) for name in inner.values)

    def optional_text(self, key: str) -> str | None:
        """Return the text under a key, or ``None`` where the key is missing."""
        return self.text(key) if key in self.values else None

    def optional_choice(self, key: str, choices: type[Choice]) -> Choice | None:
        """Return the member of an enum, or ``None`` where the key is missing."""
        return self.choice(key, choices) if key in self.values else None

    def optional_boolean(self, key: str) -> bool | None:
        """Return the boolean under a key, or ``None`` where the key is missing."""
        return self.boolean(key) if key in self.values else None

    def optional_integer(self, key: str, minimum: int = 0, maximum: int = 2**63 - 1) -> int | None:
        """Return the integer under a key, or ``None`` where the key is missing."""
        return self.integer(key, minimum, maximum) if key in self.values else None

    def optional_object(self, key: str) -> Self | None:
        """Return the reader of the object under a key, or ``None`` where the key is missing."""
        return self.object(key) if key in self.values else None

    def _texts(self, key: str) -> Iterator[str]:
        for index, value in enumerate(self.array(key)):
            if not isinstance(value, str):
                raise unexpected(f"{self.at(key)}[{index}]", "a text", value, self.code)
            yield value

    def _unexpected(self, key: str, expected: str, found: JsonValue) -> TextError:
        return unexpected(self.at(key), expected, found, self.code)


def unexpected(where: str, expected: str, found: JsonValue, code: Code) -> TextError:
    """Return the error for a value of another type than the one expected at a place."""
    what = f"{where or 'the whole'}: expected {expected}, found {named(found)}"
    return TextError(what, hint="correct the file", code=code)


def named(value: JsonValue) -> str:
    """Return the name of a value's type, with its article, in JSON's words."""
    return _NAMES[type(value)]
