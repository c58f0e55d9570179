"""Looking at one file of a release: what it says, that it is not there, or that we could not."""

from collections.abc import Callable
from typing import TypeVar

from provenance.errors import Code, ReleaseError, TextError
from provenance.flows.auditing.desk import LARGEST_DOCUMENT, Desk, Document
from provenance.flows.digesting.in_file import in_file
from provenance.text.lfs_pointer import pointer_in
from provenance.values.hazard import Hazard
from provenance.values.inventory import Inventory
from provenance.values.look import Look, Missing, Unseen

UNREAD = Unseen("its bytes were not read", Code.HUB_GATED)
# Trouble with a disk, or with a server's word: then what was listed is not what is there.
_UNTRUE = ("FS_", "HUB_", "FILE_", "DISK_")
T = TypeVar("T")


def look_at(
    path: str,
    inventory: Inventory,
    desk: Desk,
    read: Callable[[Document], Look[T]],
    hazards: list[Hazard] | None = None,
) -> Look[T]:
    """Read one file if it is listed and its bytes are here; say which of the two is not so.

    What is wrong with the file goes to ``hazards``, and the file is then unseen.

    Raises:
        ReleaseError: see :func:`one_bad_file`.
        SourceError: when the file cannot be read.
    """
    entry = inventory.get(path)
    if entry is None:
        if inventory.complete:
            return Missing(f"there is no {path}")
        return Unseen("the listing is not complete", Code.RESOURCE)
    if not entry.observed:
        return UNREAD
    try:
        with in_file(path):
            return read(_document(path, entry.size, desk))
    except ReleaseError as error:
        unseen, hazard = one_bad_file(error, desk)
        if hazards is not None:
            hazards.append(hazard)
        return unseen


def one_bad_file(error: ReleaseError, desk: Desk) -> tuple[Unseen, Hazard]:
    """Return what a file that cannot be read comes to: it is unknown, and a hazard says why.

    Raises:
        ReleaseError: the error itself, where it makes the list of files untrue; any that is about
            a file and no pointer, where the desk is strict.
    """
    if error.code.startswith(_UNTRUE) or (desk.strict and error.code is not Code.GIT_LFS):
        raise error
    return Unseen(error.what, error.code), Hazard(error.code, error.path, error.what)


def _document(path: str, size: int, desk: Desk) -> Document:
    if size > LARGEST_DOCUMENT:
        raise ReleaseError(
            f"it has {size} bytes, more than {LARGEST_DOCUMENT}",
            hint="a file of this kind is never so large: look what it is",
            code=Code.RESOURCE,
        )
    document = desk.read(path)
    if pointer := pointer_in(document.data):
        raise TextError(str(pointer), hint="run `git lfs pull`", code=Code.GIT_LFS)
    return document
