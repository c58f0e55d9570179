"""Files whose content is kept elsewhere: pointers of git-lfs, which are told of and not followed.

https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
"""

import re
from collections.abc import Iterable
from itertools import islice

from provenance.doors.git_objects import ObjectKind, Objects
from provenance.errors import Code
from provenance.sources.git_tree import Entry
from provenance.values.hazard import Hazard
from provenance.values.revision import Commit

_POINTER = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n"
    rb"oid sha256:[0-9a-f]{64}\n"
    rb"size (?P<size>[0-9]{1,20})\n"
)
# A size of one digit, and one of twenty: no other file is read for this.
_SIZES = range(126, 146)
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
        Hazard(Code.GIT_LFS, one.path, f"a pointer of git-lfs: its {size} bytes are elsewhere")
        for one in fitting
        if (size := meant.get(one.oid))
    ]
    if len(oids) > most:
        found.append(Hazard(Code.RESOURCE, "", f"only {most} files were looked at for pointers"))
    return tuple(found)


def _meant(objects: Objects, oid: Commit) -> str | None:
    """Return the size of what a pointer stands for, or ``None`` for any other file."""
    match = _POINTER.fullmatch(objects.read(oid, ObjectKind.BLOB, max(_SIZES)))
    return match["size"].decode() if match else None
