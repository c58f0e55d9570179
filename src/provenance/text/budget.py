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


class Allowance:
    """What many texts may cost together; each is paid for before it is read.

    >>> purse = Allowance(10, "tokens")
    >>> purse.spend(8, "one text")
    >>> purse.left
    2

    ``refused`` is how often a text was too dear.
    """

    def __init__(self, total: int, unit: str) -> None:
        """Begin with ``total`` of a ``unit`` that an error names."""
        self._total = total
        self._unit = unit
        self.left = total
        self.refused = 0

    def spend(self, count: int, what: str) -> None:
        """Take ``count`` for ``what``; what is too dear takes nothing, and a smaller text may fit.

        Raises:
            TextError: RESOURCE.
        """
        if count > self.left:
            self.refused += 1
            raise TextError(
                f"{what} has {count} {self._unit}, and of the {self._total} that are read of all"
                f" together, {self.left} are left",
                hint="look at it by hand, or at fewer files at a time",
                code=Code.RESOURCE,
            )
        self.left -= count


def over(what: str, found: int, most: int, unit: str) -> TextError:
    """Return the error for ``what`` that holds ``found`` of a unit where ``most`` are read."""
    return TextError(
        f"{what} has at least {found} {unit}, and at most {most} are read",
        hint="make it smaller, or read it with a larger budget in Python, if you trust it",
        code=Code.RESOURCE,
    )
