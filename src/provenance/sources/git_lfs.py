"""Files of a linked repository whose content is kept elsewhere: pointers, told of, not followed."""

from collections.abc import Iterable
from itertools import islice

from provenance.doors.git_objects import ObjectKind, Objects
from provenance.errors import Code
from provenance.sources.git_tree import Entry
from provenance.text.lfs_pointer import Pointer, pointer_in
from provenance.values.hazard import Hazard
from provenance.values.revision import Commit

# What a pointer of git-lfs has in bytes, with either kind of line end and at any address that it
# ever had: no other file is read for this.
_SIZES = range(100, 200)
MOST_POINTERS = 1000


def pointer_hazards(
    objects: Objects, entries: Iterable[Entry], *, most: int = MOST_POINTERS
) -> tuple[Hazard, ...]:
    """Return a hazard for each file that is a pointer: what is hashed is not what it stands for.

    At most ``most`` distinct files of a pointer's size are read; beyond them one hazard says so.

    Raises:
        ReleaseError: GIT_CORRUPT.
    """
    fitting = [one for one in entries if one.mode.regular and one.size in _SIZES]
    oids = dict.fromkeys(one.oid for one in fitting)
    meant = {oid: _meant(objects, oid) for oid in islice(oids, most)}
    found = [
        Hazard(Code.GIT_LFS, one.path, str(pointer))
        for one in fitting
        if (pointer := meant.get(one.oid))
    ]
    if len(oids) > most:
        found.append(Hazard(Code.RESOURCE, "", f"only {most} files were looked at for pointers"))
    return tuple(found)


def _meant(objects: Objects, oid: Commit) -> Pointer | None:
    return pointer_in(objects.read(oid, ObjectKind.BLOB, max(_SIZES)))
