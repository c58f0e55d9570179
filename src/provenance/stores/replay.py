"""A source as an earlier audit saw it: what is not here any more is told from its evidence."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import BinaryIO, TypeVar, overload

import attrs

from provenance.doors.disk import read_range
from provenance.errors import Code, SourceError
from provenance.ports.progress import Progress
from provenance.ports.repository import Repository
from provenance.ports.source import Source
from provenance.ports.starts import Start, Wanted
from provenance.stores.evidence import EvidenceStore
from provenance.stores.kept_parts import open_parts
from provenance.values.access import Access
from provenance.values.address import Address
from provenance.values.answers import Answered
from provenance.values.digest import DigestSet
from provenance.values.evidence import Evidence
from provenance.values.file_parts import FileParts
from provenance.values.listing import Listing
from provenance.values.look import Seen
from provenance.values.path import RelPath
from provenance.values.ref import Ref
from provenance.wire.notes_json import ANSWERED, UNSEEN, Note

T = TypeVar("T")


@attrs.frozen(eq=False)
class ReplayedSource:
    """A source as an earlier audit saw it: its list, and the bytes that were kept."""

    answered: Answered
    store: EvidenceStore
    kept: Mapping[Address, tuple[Evidence, ...]] = attrs.field(repr=False)

    @property
    def ref(self) -> Ref:
        """Return the reference, pinned as it was."""
        return self.answered.ref

    @property
    def address(self) -> Address:
        """Return where its files stand."""
        return self.answered.address

    @property
    def access(self) -> Access:
        """Return who could have it then."""
        return self.answered.access

    @property
    def answered_as(self) -> str | None:
        """Return the name that answered, where it was not the one that was asked for."""
        return self.answered.answered_as

    def listing(self) -> Listing:
        """Return the list as it was."""
        return self.answered.listing

    def prepare(
        self, paths: Sequence[RelPath], progress: Progress | None = None
    ) -> Mapping[RelPath, DigestSet]:
        """Do nothing: what was kept is here, and nothing else can be had."""
        del paths, progress
        return {}

    def open(self, path: RelPath) -> BinaryIO:
        """Open a file that was kept; of a weight file, the parts that were read.

        Raises:
            SourceError: OFFLINE, when nothing of it was kept.
            ReleaseError: FILE_CHANGED, when it is not what was kept.
        """
        address = self.address.file(path.text)
        if address not in self.kept:
            raise _not_kept(str(address))
        first, *others = (self.store.recall(one) for one in self.kept[address])
        if not others:
            return io.BytesIO(first.payload)
        entry = self.listing().inventory.get(path.text)
        parts = FileParts(path, entry.size if entry else 0)
        for one in (first, *others):
            parts = parts.with_part(_begin(one.address) or 0, one.payload)
        return open_parts(parts)

    def starts(self, wanted: Sequence[Wanted]) -> Mapping[RelPath, Start]:
        """Return the parts that were kept."""
        return {one.path: self._start(one) for one in wanted}

    def _start(self, wanted: Wanted) -> Start:
        address = self.address.file(wanted.path.text)
        for text in (str(address), address.as_before):
            if unseen := self.store.told(f"unseen {text}", UNSEEN):
                return unseen
        with self.open(wanted.path) as file:
            return Seen(read_range(file, wanted.start, wanted.size))


def noted_source(store: EvidenceStore, asked: str, ask: Callable[[], Repository]) -> Repository:
    """Return what answers to what is asked for: as the replayed audit saw it, or else asked now.

    Raises:
        SourceError, ReleaseError: what ``ask`` raises; FILE_CHANGED, when a list that is replayed
            is not what was kept.
        TextError: for a note that is not written as ours are.
    """
    question = f"source {asked}"
    if answered := store.told(question, ANSWERED):
        return ReplayedSource(answered, store, _kept(store.known()))
    source = ask()
    names = source.ref, source.address, source.access, source.answered_as
    store.note(question, ANSWERED, Answered(*names, source.listing()))
    return source


@overload
def answer_about(
    source: Source, question: str, note: Note[T], ask: Callable[[], T], store: EvidenceStore
) -> T: ...


@overload
def answer_about(
    source: Source, question: str, note: Note[T], ask: Callable[[], T | None], store: EvidenceStore
) -> T | None: ...


def answer_about(
    source: Source, question: str, note: Note[T], ask: Callable[[], T | None], store: EvidenceStore
) -> T | None:
    """Return an answer that takes the source's bytes: told again only where they are not here.

    The files of a folder are here in a replay, too, and are looked at again. ``None`` from ``ask``
    is no answer, and is not noted.

    Raises:
        SourceError: OFFLINE, when the replayed audit did not ask.
        ReleaseError, TextError: as for :meth:`EvidenceStore.answer`.
    """
    replayed = isinstance(source, ReplayedSource)
    answer = store.told(question, note) if replayed else ask()
    if answer is not None:
        store.note(question, note, answer)
    elif replayed:
        raise _not_kept(question)
    return answer


def _not_kept(what: str) -> SourceError:
    return SourceError(
        f"{what[:200]!a} is not among the evidence",
        hint="audit the release again with a connection",
        code=Code.OFFLINE,
    )


def _kept(known: Iterable[Evidence]) -> Mapping[Address, tuple[Evidence, ...]]:
    """Return the captures of each file: the last of it, or the parts of it that were read."""
    found: dict[Address, dict[int | None, Evidence]] = {}
    for one in known:
        begin = _begin(one.address)
        parts = found.setdefault(one.address.whole, {})
        if begin is None or None in parts:
            parts.clear()
        parts[begin] = one
    return {address: tuple(parts.values()) for address, parts in found.items()}


def _begin(address: Address) -> int | None:
    """Return where in its file a part begins, ``None`` for a capture that is no part."""
    return address.range.start if address.range else None
