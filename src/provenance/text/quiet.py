"""Warnings that other libraries give about what a release or a bundle holds: not shown as they are.

What they warn of is told in this package's own words, or is an error of its own.
"""

import re
import warnings
from threading import Lock

# A comment inside a pattern, by which the filters of this module are known again.
_MARK = "(?#provenance)"
# Two threads that add one filter at once take it out for a moment, and a third would be told.
_ONE_AT_A_TIME = Lock()


def be_quiet(name: str) -> None:
    r"""Show no warning, and make no error of one, that is said to come from the module ``name``.

    A filter for this one name is put first into the interpreter's list, and left there, since
    taking it out again would not be thread-safe. Warnings of any other module stay as they are.
    """
    wanted = rf"{_MARK}{re.escape(name)}\Z"
    with _ONE_AT_A_TIME:
        if not _is_quiet(wanted):
            warnings.filterwarnings("ignore", module=wanted)


def _is_quiet(wanted: str) -> bool:
    for _, _, _, module, _ in warnings.filters:
        pattern = getattr(module, "pattern", "")
        if pattern == wanted:
            return True
        if not pattern.startswith(_MARK):
            break
    return False
