"""Copies of a tokenizer in a repository of code: told by the ids of their blobs, and never read."""

from collections.abc import Collection

from provenance.text.budget import Budget
from provenance.text.shape import Reader
from provenance.text.strict_json import parse
from provenance.values.digest import Digest
from provenance.values.evidence import Where
from provenance.values.facts import TokenizerFile

#: Of one repository.
MOST_COPIES = 200
_BUDGET = Budget(bytes=256 * 2**20, depth=8, items=32_000_000)


def tokenizers_listed(
    listing: bytes, where: Where, names: Collection[str]
) -> tuple[TokenizerFile, ...]:
    """Return the files of a tree that have a tokenizer's name, in the order of the tree.

    Args:
        listing: the capture of the tree, as we wrote it down: path, mode, object id and size.
        where: the place of that capture.
        names: the names that tokenizer libraries look for, whatever folder they stand in.

    """
    tree = Reader.of(parse(listing, budget=_BUDGET), "listing")
    found = ((one.text("path"), one) for one in tree.objects("entries"))
    return tuple(
        TokenizerFile(path, Digest.git_blob(one.text("oid")), where)
        for path, one in found
        if path.rpartition("/")[2] in names
    )[:MOST_COPIES]
