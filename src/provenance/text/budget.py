"""A budget: how much of a hostile text is worth reading."""

import attrs

from provenance.errors import Code, TextError

_MEBIBYTE = 2**20


def _positive(_: object, field: "attrs.Attribute[int]", value: int) -> None:
    if value < 1:
        raise TextError(
            f"a budget of {value} {field.name}", hint="give at least 1", code=Code.RESOURCE
        )


@attrs.frozen(kw_only=True)
class Budget:
    """Three counts that bound the work before it starts; each reader says how it counts.

    ``bytes`` is the input's size; ``depth`` how many containers may be open at once; ``items`` how
    many parts (values, events, nodes) there may be. Each reader has a default of its own.

    Raises:
        TextError: RESOURCE for a count below one.
    """

    bytes: int = attrs.field(default=32 * _MEBIBYTE, validator=_positive)
    depth: int = attrs.field(default=64, validator=_positive)
    items: int = attrs.field(default=4_000_000, validator=_positive)

    def require_bytes(self, size: int, what: str) -> None:
        """Refuse ``what`` (for the message) if its ``size`` in bytes is over the budget.

        Raises:
            TextError: RESOURCE.
        """
        if size > self.bytes:
            raise over(what, size, self.bytes, "bytes")


def over(what: str, found: int, most: int, unit: str) -> TextError:
    """Return the error for ``what`` that holds ``found`` of a unit where ``most`` are read."""
    return TextError(
        f"{what} has at least {found} {unit}, and at most {most} are read",
        hint="make it smaller, or read it with a larger budget in Python, if you trust it",
        code=Code.RESOURCE,
    )
