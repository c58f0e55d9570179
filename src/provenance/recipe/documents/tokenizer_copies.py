"""Copies of a tokenizer in a repository of code: told by the ids of their blobs, and never read."""

from provenance.text.budget import Budget
from provenance.text.shape import Reader
from provenance.text.strict_json import parse
from provenance.values.digest import Digest
from provenance.values.evidence import Where
from provenance.values.facts import TokenizerFile
from provenance.values.tokenizer_names import is_vocabulary

#: Of one repository.
MOST_COPIES = 200
_BUDGET = Budget(bytes=256 * 2**20, depth=8, items=32_000_000)


def tokenizers_listed(listing: bytes, where: Where) -> tuple[TokenizerFile, ...]:
    """Return the files of a tree that have a tokenizer's name, in the order of the tree.

    Args:
        listing: the capture of the tree, as we wrote it down: path, mode, object id and size.
        where: the place of that capture.

    """
    tree = Reader.of(parse(listing, budget=_BUDGET), "listing")
    found = ((one.text("path"), one) for one in tree.objects("entries"))
    return tuple(
        TokenizerFile(path, Digest.git_blob(one.text("oid")), where)
        for path, one in found
        if is_vocabulary(path)
    )[:MOST_COPIES]
