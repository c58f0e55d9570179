"""The evidence store: every capture under the digest of its bytes, for who checks an audit."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar, cast, overload

from provenance.doors.disk import Root, link_inside, read_limited
from provenance.doors.writing import publish_below
from provenance.errors import Code, ReleaseError, UsageError
from provenance.text.canonical_json import Encodable, encode, parse_canonical
from provenance.text.shape import Reader
from provenance.text.strict_json import JsonValue
from provenance.values.address import Address
from provenance.values.digest import Digest
from provenance.values.evidence import Capture, Evidence, EvidenceKind
from provenance.values.path import RelPath
from provenance.wire.evidence_json import encode_evidence, parse_evidence
from provenance.wire.notes_json import Note

T = TypeVar("T")
INDEX = "index.json"
# What the audit was told besides captures: which commit a name stood for, what could not be had.
RECORDING = "recording.json"
# What is read back into memory at once.
LARGEST = 64 * 2**20


class EvidenceStore:
    """Captures by their digests: ``sha256/<2 hex digits>/<64 hex digits>`` and an index of them.

    Without a folder no bytes are kept, only what they were. A store that is ``replayed`` answers
    with what an earlier audit saw and noted, and when it saw it.
    """

    def __init__(self, folder: Path | None, *, replayed: bool = False) -> None:
        """Keep captures below ``folder``.

        Raises:
            UsageError: PATH_MISSING, when there is nothing to replay; FS_SYMLINK for a folder with
                a link anywhere inside.
            ReleaseError: FS_CHANGED, FS_PERMISSION, FS_IO, RESOURCE for an index or a recording
                that cannot be read.
            TextError: for one that is not written as ours are.
        """
        self._folder = folder
        self.replayed = replayed
        self._evidence: dict[_Key, Evidence] = {}
        self._kept: set[Digest] = set()
        self._known: dict[_Key, Evidence] = {}
        self._notes: dict[str, Encodable] = {}
        if folder:
            _require_no_link(folder)
        if folder and replayed:
            self._known = {_key(one): one for one in read_index(folder)}
            self._notes = dict(read_recording(folder))

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Return everything that was kept, each once, in order of address and digest."""
        return tuple(sorted(self._evidence.values(), key=_order))

    def keep(self, capture: Capture) -> Evidence:
        """Keep a capture and return the evidence that it is: what was seen before was seen then.

        Raises:
            ToolError: DISK_FULL, FS_PERMISSION, FS_IO.
        """
        evidence = capture.evidence
        key = _key(evidence)
        if key in self._evidence:
            return self._evidence[key]
        if key in self._known:
            evidence = self._known[key]
        elif self._folder and evidence.digest not in self._kept:
            publish_below(self._folder, _place(evidence.digest).text, capture.payload)
            self._kept.add(evidence.digest)
        self._evidence[key] = evidence
        return evidence

    def known(self) -> tuple[Evidence, ...]:
        """Return what the replayed audit saw, in order of address and digest."""
        return tuple(sorted(self._known.values(), key=_order))

    def recall(self, evidence: Evidence) -> Capture:
        """Return what an earlier audit saw, with its bytes, which are hashed again.

        Raises:
            UsageError: PATH_MISSING, when the store has no folder.
            ReleaseError: FILE_CHANGED, also when the bytes are gone; RESOURCE; FS_IO.
        """
        try:
            data = self.read(evidence.digest)
        except ReleaseError as cause:
            if cause.code is Code.FS_CHANGED:
                raise _changed(evidence.digest) from cause
            raise
        return Capture(evidence.kind, evidence.address, evidence.media_type, evidence.seen_at, data)

    @overload
    def answer(self, question: str, note: Note[T], ask: Callable[[], T]) -> T: ...

    @overload
    def answer(self, question: str, note: Note[T], ask: Callable[[], T | None]) -> T | None: ...

    def answer(self, question: str, note: Note[T], ask: Callable[[], T | None]) -> T | None:
        """Return the answer to a question: as the replayed audit was told, or else asked now.

        It is noted either way, so that it can be told again; ``None`` from ``ask`` is no answer,
        and is not noted. What ``ask`` raises is not noted, either.

        Raises:
            ReleaseError: FILE_CHANGED, when a capture of the answer is not what was kept.
            TextError: for a note that is not written as ours are.
        """
        told = self.told(question, note)
        answer = ask() if told is None else told
        if answer is not None:
            self.note(question, note, answer)
        return answer

    def note(self, question: str, note: Note[T], answer: T) -> None:
        """Note an answer, and keep its captures."""
        self._notes[question] = note.encode(answer, self.keep)

    def told(self, question: str, note: Note[T]) -> T | None:
        """Return what the replayed audit was told, if it asked.

        Raises:
            ReleaseError, TextError: as for :meth:`answer`.
        """
        if not self.replayed or question not in self._notes:
            return None
        return note.parse(cast("JsonValue", self._notes[question]), self.recall)

    def read(self, digest: Digest) -> bytes:
        """Return the bytes that were kept under a SHA-256 digest, after hashing them again.

        Raises:
            UsageError: PATH_MISSING, when the store has no folder.
            ReleaseError: FILE_CHANGED, when they are not those bytes any more; RESOURCE over
                ``LARGEST`` bytes; FS_CHANGED, when they are gone; FS_PERMISSION; FS_IO.
        """
        if not self._folder:
            raise UsageError(
                "this store keeps no bytes", hint="give it a folder", code=Code.PATH_MISSING
            )
        with Root(self._folder) as root, root.open(_place(digest)) as file:
            data = read_limited(file, LARGEST)
        if hashlib.sha256(data).digest() != digest.value:
            raise _changed(digest)
        return data

    def close(self) -> None:
        """Write ``index.json``, which says what all the captures are, and ``recording.json``.

        Raises:
            ToolError: DISK_FULL, FS_PERMISSION, FS_IO.
        """
        if self._folder:
            index = encode([encode_evidence(one) for one in self.evidence])
            publish_below(self._folder, INDEX, index)
            publish_below(self._folder, RECORDING, encode(self._notes))


_Key = tuple[EvidenceKind, Address, Digest]


def _key(evidence: Evidence) -> _Key:
    return evidence.kind, evidence.address, evidence.digest


def is_recorded(folder: Path) -> bool:
    """Whether an audit that ended kept its evidence in a folder."""
    return (folder / RECORDING).is_file()


def read_index(folder: Path) -> tuple[Evidence, ...]:
    """Return what a folder of evidence holds, as its index says.

    Raises:
        UsageError: PATH_MISSING, when it is no folder of evidence; FS_SYMLINK for a link in it.
        ReleaseError: FS_PERMISSION, FS_IO, RESOURCE, for an index that cannot be read.
        TextError: for one that is not written as ours are.
    """
    found = Reader.of({"index": parse_canonical(_own(folder, INDEX))})
    return tuple(parse_evidence(one) for one in found.objects("index"))


def read_recording(folder: Path) -> Mapping[str, JsonValue]:
    """Return what an audit noted besides captures, by the names of its notes.

    Raises:
        UsageError: PATH_MISSING, when it is no folder of evidence; FS_SYMLINK for a link in it.
        ReleaseError: FS_PERMISSION, FS_IO, RESOURCE, for a recording that cannot be read.
        TextError: for one that is not written as ours are.
    """
    return Reader.of(parse_canonical(_own(folder, RECORDING)), RECORDING).values


def _own(folder: Path, name: str) -> bytes:
    """Return a file that a store wrote beside its captures."""
    _require_no_link(folder)
    try:
        with Root(folder) as root, root.open(RelPath(name)) as file:
            return read_limited(file, LARGEST)
    except ReleaseError as cause:
        if cause.code is not Code.FS_CHANGED:
            raise
        raise UsageError(
            f"there is no evidence of an audit in {str(folder)!a}",
            hint="name the folder that an audit was given with --evidence",
            code=Code.PATH_MISSING,
        ) from cause


def _require_no_link(folder: Path) -> None:
    """Refuse a folder whose inside leads elsewhere: all of the evidence lies in it."""
    found = link_inside(folder)
    if found is not None:
        raise UsageError(
            f"the evidence in {str(folder)!a} holds a link, {found[:200]!a}",
            hint="take it away, or name another folder",
            code=Code.FS_SYMLINK,
        )


def _changed(digest: Digest) -> ReleaseError:
    return ReleaseError(
        f"the evidence {digest} was changed after it was kept",
        hint="audit the release again",
        code=Code.FILE_CHANGED,
    )


def _order(evidence: Evidence) -> tuple[str, Digest, str]:
    return evidence.uri, evidence.digest, evidence.seen_at.isoformat()


def _place(digest: Digest) -> RelPath:
    return RelPath(f"sha256/{digest.hex[:2]}/{digest.hex}")
