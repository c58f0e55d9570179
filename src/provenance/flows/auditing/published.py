"""When a release was published: the moment of the commit that its weights come from."""

from datetime import datetime

from provenance.errors import SourceError
from provenance.ports.source import Source
from provenance.sources.hub import HubSource
from provenance.values.inventory import FileEntry
from provenance.values.listing import Listing
from provenance.weights.copies import format_of


def published_at(source: Source, listing: Listing) -> datetime | None:
    """Return when the largest weight file was last committed; ``None`` where nobody says so.

    It is the Hub's word. A linked repository is pinned by it with low confidence, and no component
    rises by it.

    Raises:
        ReleaseError: HUB_ANSWER.
    """
    weights = [entry for entry in listing.inventory if format_of(entry.path)]
    if not weights or not isinstance(source, HubSource):
        return None
    try:
        return source.changed_at(max(weights, key=_size).path)
    except SourceError:
        return None  # The repository is then pinned as if nobody knew: by its branch.


def _size(entry: FileEntry) -> tuple[int, str]:
    return entry.size, entry.path.text
