"""The release root: one digest for all files of a release, with their names, sizes and kinds."""

import hashlib
from typing import TYPE_CHECKING

from provenance.errors import Code, ReleaseError
from provenance.values.digest import Algorithm, Digest
from provenance.values.inventory import Inventory
from provenance.wire.scalars import LARGEST

if TYPE_CHECKING:
    from hashlib import _Hash

DOMAIN = b"provenance-verifier/release-root/v1\0"


def release_root(inventory: Inventory) -> Digest:
    r"""Return the SHA-256 over every entry of an inventory, in order of the code points of paths.

    The bytes that are hashed, integers as 8 bytes, most significant first::

        "provenance-verifier/release-root/v1" 00
        the number of entries
        and for each entry:
            the length of its kind, its kind ("file", "executable" or "link")
            the length of its path in bytes, its path in UTF-8
            its size in bytes
            the 32 bytes of its SHA-256

    Raises:
        ReleaseError: MANIFEST_NO_SUBJECT, when there is no entry, or one has no SHA-256 or a size
            that no file has;
            INVENTORY_INCOMPLETE, when something is there that is not listed.
    """
    if not inventory.complete:
        raise ReleaseError(
            "the inventory is not complete: something is there that it does not list",
            hint="look at the manifest's hazards and limits, mend the release, audit it again",
            code=Code.INVENTORY_INCOMPLETE,
        )
    if not inventory.entries:
        raise _no_subject("the inventory lists no file")
    state = hashlib.sha256(DOMAIN + _number(len(inventory)))
    for entry in inventory:
        if entry.sha256 is None:
            raise _no_subject(f"{entry.path.text[:200]!a} is listed without a SHA-256")
        if entry.size > LARGEST:
            raise _no_subject(f"{entry.path.text[:200]!a} is listed with a size that no file has")
        _add_text(state, entry.kind.value)
        _add_text(state, entry.path.text)
        state.update(_number(entry.size) + entry.sha256.value)
    return Digest(Algorithm.SHA256, state.digest())


def _number(number: int) -> bytes:
    return number.to_bytes(8, "big")


def _add_text(state: "_Hash", text: str) -> None:
    encoded = text.encode()
    state.update(_number(len(encoded)) + encoded)


def _no_subject(what: str) -> ReleaseError:
    return ReleaseError(
        f"{what}: there is nothing to sign",
        hint="audit the release again, with its bytes read",
        code=Code.MANIFEST_NO_SUBJECT,
    )
