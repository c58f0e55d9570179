"""Which way something turned, when each side knows only from where to where it is."""

from provenance.values.movement import Turn

Ends = tuple[int, int]


def turn_of(before: Ends, after: Ends) -> Turn:
    """Return which way something went, from what is shown and what is possible on each side.

    It opened only if it surely was less open before, and closed only if it surely is now:

    >>> turn_of((0, 0), (3, 3)), turn_of((0, 6), (3, 3)), turn_of((3, 3), (0, 6))
    (<Turn.OPENED: 'opened'>, <Turn.UNKNOWN: 'unknown'>, <Turn.UNKNOWN: 'unknown'>)
    """
    if after[0] > before[1]:
        return Turn.OPENED
    if after[1] < before[0]:
        return Turn.CLOSED
    return Turn.CHANGED if before == after else Turn.UNKNOWN


def turn_of_order(before: int | None, after: int | None) -> Turn:
    """Return which way something went on a scale; ``None`` where a side does not know."""
    if before is None or after is None:
        return Turn.UNKNOWN
    return turn_of((before, before), (after, after))
