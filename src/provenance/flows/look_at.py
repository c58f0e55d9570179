"""Looking at one file of a release: what it says, that it is not there, or that we could not."""

from collections.abc import Callable
from typing import TypeVar

from provenance.errors import Code, TextError
from provenance.flows.desk import LARGEST_DOCUMENT, Desk, Document
from provenance.flows.in_file import in_file
from provenance.values.inventory import Inventory
from provenance.values.look import Look, Missing, Unseen

UNREAD = Unseen("its bytes were not read", Code.HUB_GATED)
T = TypeVar("T")


def look_at(
    path: str, inventory: Inventory, desk: Desk, read: Callable[[Document], Look[T]]
) -> Look[T]:
    """Read one file if it is listed and its bytes are here; say which of the two is not so."""
    entry = inventory.get(path)
    if entry is None:
        if inventory.complete:
            return Missing(f"there is no {path}")
        return Unseen("the listing is not complete", Code.RESOURCE)
    if not entry.observed:
        return UNREAD
    if entry.size > LARGEST_DOCUMENT:
        why = f"it has {entry.size} bytes, and at most {LARGEST_DOCUMENT} are read"
        return Unseen(why, Code.RESOURCE)
    try:
        with in_file(path):
            return read(desk.read(path))
    except TextError as error:
        if error.code is not Code.RESOURCE:
            raise
        return Unseen(f"it was not read: {error.what}", Code.RESOURCE)
