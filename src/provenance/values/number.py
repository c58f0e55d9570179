"""Numbers as publishers write them, each in one form, so that they can be compared."""

import re
from decimal import Decimal

#: A number in a text: digits, commas between thousands, a fraction, an exponent. Bounded.
NUMBER = (
    r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,12})?"
    r"|\d{1,20}(?:\.(?:\d{1,20}|(?=[eE])))?(?:[eE][-+]?\d{1,3})?"
)
_PARTS = re.compile(
    rf"({NUMBER}) ?(?:[x\u00d7*] ?10\^?(-?\d{{1,3}}))?\s?"
    r"(k|m|b|t|thousand|million|billion|trillion)?\b",
    re.IGNORECASE,
)
_UNITS = {
    "k": 3,
    "thousand": 3,
    "m": 6,
    "million": 6,
    "b": 9,
    "billion": 9,
    "t": 12,
    "trillion": 12,
}
# The most digits that are written out.
_MOST = 30
# What people mean by a rounded number: 7B of 6.7 or 7.2 billion.
_NEAR = Decimal("0.05")
# So many digits are meant as they stand.
_EXACT = 6


def canonical(text: str) -> str | None:
    """Return the one form of a number; ``None`` for what is none.

    >>> canonical("4e-3"), canonical("0.0040"), canonical("1,5"), canonical("2.5 million")
    ('0.004', '0.004', None, '2500000')
    """
    found = _PARTS.fullmatch(text.strip().replace("_", ""))
    if found is None:
        return None
    number, power, unit = found.groups()
    value = Decimal(number.replace(",", ""))
    value = value.scaleb(int(power or 0) + _UNITS.get((unit or "").lower(), 0))
    # No longer than its digits: an exponent has at most three.
    return format(value.normalize(), "f") if -_MOST < value.adjusted() < _MOST else str(value)


def near(ours: str, exact: int) -> bool:
    """Tell whether a canonical number can be a rounding of an exact one.

    Half a unit of its last digit, or a twentieth, whichever is more; a number with six digits
    or more is no rounding.

    >>> near("7000000", 7_241_732), near("13000000", 7_241_732), near("235008", 235_009)
    (True, False, False)
    """
    value = Decimal(ours).normalize()
    if len(value.as_tuple().digits) >= _EXACT:
        return value == exact
    last = Decimal(1).scaleb(value.adjusted() + 1 - len(value.as_tuple().digits)) / 2
    return abs(value - exact) <= max(last, value * _NEAR)
