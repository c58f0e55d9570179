"""Looking into the files of a release that hold others, or are not what their names say."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, Final

import attrs

from provenance.errors import Code
from provenance.flows.auditing.archive_purse import ArchivePurse
from provenance.flows.auditing.archives import look_inside
from provenance.flows.auditing.desk import Desk
from provenance.flows.auditing.keras_models import is_behind_user_block, read_keras
from provenance.flows.auditing.license_files import binds_more
from provenance.flows.auditing.tar_members import Member
from provenance.flows.digesting.in_file import in_file
from provenance.recipe.code.loaded_code import (
    LARGEST_CONFIGURATION,
    Reading,
    imported_by_name,
    linked_by_pytorch,
    may_name_code,
    read_for_code,
)
from provenance.recipe.code.loader_rules import HANDLER, WHEEL
from provenance.recipe.licenses.license_text import LONGEST_TEXT, is_read, more_terms, read_license
from provenance.values.address import Address
from provenance.values.answers import InsideRead
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.loaded_code import LoadedCode
from provenance.values.look import Seen, Unseen
from provenance.weights.heads import HEAD, Head, cannot_be_pickle, head_of
from provenance.weights.table import SHARED, is_pickle_by_name

#: Bytes of HDF5 that are searched in one release.
MOST_SEARCHED: Final = 2 * 2**30
#: Files whose first bytes are read.
MOST_HEADS: Final = 100_000
_BY_NAME: Final = {
    ".zip": Head.ZIP,
    ".whl": Head.ZIP,
    ".egg": Head.ZIP,
    ".conda": Head.ZIP,
    ".jar": Head.ZIP,
    ".keras": Head.ZIP,
    ".mar": Head.ZIP,
    ".nemo": Head.TAR,
    ".tar": Head.TAR,
    ".tgz": Head.GZIP,
    ".gz": Head.GZIP,
    ".bz2": Head.BZIP2,
    ".xz": Head.XZ,
    ".tbz2": Head.BZIP2,
    ".txz": Head.XZ,
    ".zst": Head.ZSTANDARD,
    ".tzst": Head.ZSTANDARD,
    **dict.fromkeys((".br", ".cab", ".cpio", ".deb", ".dmg", ".iso", ".lz", ".lz4"), Head.OTHER),
    **dict.fromkeys((".lzma", ".lzo", ".rpm", ".sqsh", ".squashfs", ".z"), Head.OTHER),
    ".7z": Head.SEVEN_ZIP,
    ".rar": Head.RAR,
    ".h5": Head.HDF5,
    ".hdf5": Head.HDF5,
}


_NEMO: Final = ".nemo"
# Where TensorFlow keeps what Keras says of a model.
_GRAPHS: Final = frozenset({"saved_model.pb", "keras_metadata.pb"})
_WEIGHTS_OF_KERAS: Final = "model.weights.h5"
_MOST_TOLD: Final = 5
_SOURCES: Final = frozenset({".gz", ".tgz", ".bz2", ".xz", ".zip", ".tar"})
# Beside the programs of training another ``setup.py`` may stand; this one installs the archive.
_SETUP: Final = re.compile(r"(?:\./)?[\w.]+-\d[\w.]*/setup\.py")
# Packages of programs, whose licences are those of others.
_OF_OTHERS: Final = frozenset({".whl", ".egg", ".conda", ".jar"})
_PROGRAMS: Final = {".whl": WHEEL, ".egg": WHEEL, ".mar": HANDLER}


def read_inside(inventory: Inventory, desk: Desk) -> InsideRead:
    """Look at the first bytes of every file that was read, and into those that hold others.

    Of what was not read, other limits tell. Archives in archives are not opened: each is a limit.
    """
    looker = _Looker(desk)
    told = [one for one in inventory if one.observed]
    for entry in told[:MOST_HEADS]:
        looker.look(entry)
    if len(told) > MOST_HEADS:
        why = f"of {len(told)} files, the first bytes of {MOST_HEADS} were looked at"
        looker.limits.append(Limit(Code.ARCHIVE_UNSEEN, told[MOST_HEADS].path.text, why))
    return InsideRead(
        tuple(sorted(looker.code)),
        tuple(sorted(looker.hazards)),
        tuple(sorted(looker.limits)),
        tuple(sorted(looker.terms)),
    )


@attrs.define
class _Looker:
    """Looks into one file after the other, and remembers what it found."""

    desk: Desk
    code: list[LoadedCode] = attrs.Factory(list)
    hazards: list[Hazard] = attrs.Factory(list)
    limits: list[Limit] = attrs.Factory(list)
    terms: list[tuple[str, str]] = attrs.Factory(list)
    left: int = MOST_SEARCHED
    purse: ArchivePurse = attrs.Factory(ArchivePurse)

    def look(self, entry: FileEntry) -> None:
        path, suffix = entry.path.text, entry.path.suffix
        by_name = suffix != _NEMO and is_pickle_by_name(path)
        with in_file(path), self.desk.source.open(entry.path) as file:
            start = _start(file)
            head = head_of(start)
            named = _BY_NAME.get(suffix)
            kind = head or named
            # A zip is read from its end: whatever stands before it does not count.
            if named is Head.ZIP and head is not named:
                self._open(path, suffix, named, file)
            if by_name:
                if head is Head.ZIP:
                    self._open_pickled(path, file)
            elif head is Head.PICKLE or (head is None and _may_be_pickle(path, start, entry.size)):
                what = "begins as a pickle, whatever its name says; listed, never loaded"
                self.hazards.append(Hazard(Code.PICKLE, path, what))
            elif kind not in {None, Head.HDF5} and (head or kind is not Head.ZIP):
                self._open(path, suffix, kind, file)
            graph = entry.path.name in _GRAPHS
            if kind is Head.HDF5 or graph or is_behind_user_block(file, entry.size):
                self._search(path, entry.size, file, registered=not graph)

    def _search(self, path: str, size: int, file: BinaryIO, *, registered: bool) -> None:
        """Look for layers that are code in the text that such a file keeps of a model."""
        self.left -= size
        if self.left < 0:
            why = f"its {size} bytes were not searched for layers that are functions"
            self.limits.append(Limit(Code.CODE_UNSEEN, path, why))
            return
        read = read_keras(file, registered=registered)
        self.code += (LoadedCode(path, name, rule.id) for rule, name in read.named)
        if read.doubt:
            self.limits.append(Limit(Code.CODE_UNSEEN, path, read.doubt))

    def _open_pickled(self, path: str, file: BinaryIO) -> None:
        """Look for programs in what counts as a pickle already, whatever else is in it."""
        file.seek(0)
        inside = look_inside(file, Head.ZIP, path, lambda _: 0, self.purse)
        names = [one.name for one in inside.members]
        self.code += linked_by_pytorch(path, names)
        if inside.doubt:
            self.limits.append(Limit(Code.CODE_UNSEEN, path, inside.doubt))

    def _open(self, path: str, suffix: str, kind: Head, file: BinaryIO) -> None:
        file.seek(0)
        inside = look_inside(file, kind, path, _wanted, self.purse)
        names = [one.name for one in inside.members]
        pickles = [one.name for one in inside.members if _is_pickle(one)]
        if pickles and suffix != _NEMO:
            what = f"holds {_shown(pickles)}, which can run code when it is loaded; never loaded"
            self.hazards.append(Hazard(Code.PICKLE, path, what))
        self.code += (one for member in inside.members for one in _named(path, suffix, member))
        self.code += linked_by_pytorch(path, names)
        self.code += _imported(path, names)
        if suffix not in _OF_OTHERS:
            self.terms += ((path, one.name) for one in inside.members if _binds_more(one))
        doubts = [inside.doubt] if inside.doubt else []
        if nested := [one.name for one in inside.members if _is_nested(one)]:
            doubts.append(f"{_shown(nested)} in it is an archive, which is not opened")
        for one in inside.members:
            doubts += _doubt(one)
        if doubts:
            self.limits.append(Limit(Code.ARCHIVE_UNSEEN, path, "; ".join(doubts[:_MOST_TOLD])))


def _start(file: BinaryIO) -> bytes:
    parts: list[bytes] = []
    left = HEAD
    while left and (part := file.read(left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _wanted(name: str) -> int:
    if more_terms(None, (name,)):
        return LONGEST_TEXT
    return LARGEST_CONFIGURATION + 1 if may_name_code(name) else HEAD


def _binds_more(member: Member) -> bool:
    """Tell whether a member holds terms that may bind more than an open licence does."""
    if not more_terms(None, (member.name,)):
        return False
    read = (
        read_license(member.start, address=Address.parse(member.name))
        if is_read(member.name)
        else None
    )
    whole = read is not None and len(member.start) == member.size
    return binds_more(member.name, Seen(read) if read and whole else Unseen("it was not read"))


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _may_be_pickle(name: str, start: bytes, size: int) -> bool:
    """Tell whether what ends as PyTorch's files do is one, unless its bytes cannot be."""
    return _suffix(name) == SHARED and not cannot_be_pickle(start, size)


def _is_pickle(member: Member) -> bool:
    head = head_of(member.start)
    may_be = head is None and _may_be_pickle(member.name, member.start, member.size)
    return head is Head.PICKLE or may_be or is_pickle_by_name(member.name)


def _is_nested(member: Member) -> bool:
    suffix = _suffix(member.name)
    if is_pickle_by_name(member.name) or member.name == _WEIGHTS_OF_KERAS:
        return False
    kind = head_of(member.start) or _BY_NAME.get(suffix)
    return kind is not None and kind is not Head.PICKLE


def _reading(member: Member) -> Reading:
    if member.size > LARGEST_CONFIGURATION:
        return Reading(doubt=f"{member.size} bytes are not read")
    if not member.size:
        return Reading(doubt="it is empty, or a link")
    if len(member.start) < member.size:
        return Reading(doubt="it was not read whole")
    return read_for_code(member.name, member.start)


def _named(path: str, suffix: str, member: Member) -> Iterator[LoadedCode]:
    """Yield the code that a member names, or is, in an archive that is loaded by its kind."""
    if may_name_code(member.name):
        for rule, name in _reading(member).named:
            yield LoadedCode(path, name, rule.id, member.name)
    # A source distribution of Python runs its ``setup.py`` when it is installed.
    built = suffix in _SOURCES and _SETUP.fullmatch(member.name)
    rule_of_kind = WHEEL if built else _PROGRAMS.get(suffix)
    if rule_of_kind and member.name.endswith(".py"):
        yield LoadedCode(path, member.name, rule_of_kind.id, member.name)


def _imported(path: str, names: list[str]) -> Iterator[LoadedCode]:
    """Yield the members that are imported for their names where such an archive is unpacked."""
    plain = {name.removeprefix("./"): name for name in names}
    tops = {name.partition("/")[0] for name in plain}
    cut = len(f"{tops.pop()}/") if len(tops) == 1 else 0
    under = {name[cut:]: member for name, member in plain.items() if name[cut:]}
    for them in (plain, under) if cut else (plain,):
        for one in imported_by_name(them, lambda *_: False):
            yield LoadedCode(path, one.name, one.rule, them[one.path])


def _doubt(member: Member) -> Iterator[str]:
    if may_name_code(member.name) and (doubt := _reading(member).doubt):
        yield f"{member.name[:200]!a} in it: {doubt}"


def _shown(names: list[str]) -> str:
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"{names[0][:200]!a}{more}"
