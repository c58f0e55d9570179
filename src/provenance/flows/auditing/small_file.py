"""One small file of a release: its bytes, or why they are not looked at."""

from provenance.errors import Code
from provenance.flows.auditing.desk import LARGEST_DOCUMENT, Desk, Document
from provenance.flows.auditing.look_at import UNREAD
from provenance.text.lfs_pointer import pointer_in
from provenance.values.inventory import FileEntry
from provenance.values.look import Unseen


def small_file(entry: FileEntry, desk: Desk, *, limit: int = LARGEST_DOCUMENT) -> Document | Unseen:
    """Read a listed file, unless its bytes are not here, are elsewhere, or are too many.

    Raises:
        ReleaseError: when it is not as it was listed.
        SourceError: when it cannot be read.
    """
    path = entry.path.text
    if not entry.observed:
        return UNREAD
    if entry.size > limit:
        why = f"{path} has {entry.size:,} bytes, of which {limit:,} are read at most"
        return Unseen(why, Code.RESOURCE)
    document = desk.read(path)
    if pointer := pointer_in(document.data):
        return Unseen(f"{path} is {pointer}", Code.GIT_LFS)
    return document
