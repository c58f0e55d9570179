"""A release or dataset on a Hugging Face Hub, pinned to a commit."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, Self, assert_never

import attrs

from provenance.__about__ import __version__
from provenance.doors.disk import Root
from provenance.doors.journal import LOG
from provenance.doors.network import shown
from provenance.errors import Code, ReleaseError, SourceError, UsageError
from provenance.ports.progress import Progress
from provenance.ports.starts import Start, Wanted
from provenance.sources.hub_answers import access_of, commit_of, other_id
from provenance.sources.hub_client import speak_through
from provenance.sources.hub_download import MOST_LOST, Brought, Downloads
from provenance.sources.hub_listing import Listed, Told, listed, told
from provenance.sources.hub_starts import Beginnings
from provenance.sources.hub_stream import Line
from provenance.sources.hub_watch import asked_again, watched
from provenance.text.canonical_json import Encodable, encode
from provenance.values.access import Access
from provenance.values.address import Address
from provenance.values.digest import DigestSet
from provenance.values.evidence import Capture, EvidenceKind
from provenance.values.hazard import Hazard
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.listing import Listing
from provenance.values.locator import LocatorKind
from provenance.values.path import RelPath
from provenance.values.ref import Ref, Scheme
from provenance.values.settings import Settings
from provenance.values.stamp import Stamp

if TYPE_CHECKING:
    from huggingface_hub import DatasetInfo, HfApi, ModelInfo

_NAME = "provenance-verifier"


@attrs.frozen
class Patience:
    """How long the Hub may take: seconds for an answer, seconds without a sign of life.

    The Hub's rate limits are counted in windows of 300 seconds, which the client sits out.
    """

    answer: float = 30.0
    stall: float = 330.0


@attrs.frozen(eq=False)
class HubSource:
    """A repository of models or datasets at one commit, with what the Hub said of access to it.

    Nothing is listed or downloaded before it is asked for; files go below the cache folder, into
    ``hub/<models|datasets>/<org--name>/<commit>``.
    """

    ref: Ref
    kind: LocatorKind
    access: Access
    _settings: Settings
    _clock: Callable[[], datetime]
    _patience: Patience
    _api: "HfApi"
    # The id in the Hub's answer, where it is another: a fact to tell, never a name to ask for.
    answered_as: str | None = None
    _told: list[Listing] = attrs.field(factory=list)
    _starts: Beginnings = attrs.field(factory=Beginnings)
    # What each file was when it came; it was hashed on its way.
    _came: dict[RelPath, Stamp] = attrs.field(factory=dict)

    @classmethod
    def resolve(
        cls,
        ref: Ref,
        *,
        kind: LocatorKind = LocatorKind.HUB_MODEL,
        settings: Settings,
        clock: Callable[[], datetime],
        patience: Patience | None = None,
    ) -> Self:
        """Ask the Hub which commit ``ref`` stands for; its default branch when none is named.

        Raises:
            UsageError: for a reference or kind that is not one of the Hub's.
            SourceError: OFFLINE, HUB_UNKNOWN, HUB_HIDDEN, HUB_GATED, HUB_DENIED, HUB_DISABLED,
                NETWORK.
            ReleaseError: HUB_ANSWER, for an answer that cannot be.
        """
        if ref.scheme is not Scheme.HF:
            raise UsageError(f"{ref} is not on the Hub", hint="write org/name", code=Code.REF)
        repo_type = _repo_type(kind)
        if settings.offline:
            raise SourceError(
                f"{ref} was not looked up: offline",
                hint="leave --offline out, or audit a folder",
                code=Code.OFFLINE,
            )
        waiting = patience or Patience()
        api = _client(settings)
        question = _question(api, ref, repo_type, waiting.answer)

        def ask(answer: "Callable[[ModelInfo | DatasetInfo], None]") -> None:
            answer(asked_again(question))

        (info,) = watched(ask, what=str(ref), stall=waiting.stall)
        commit = commit_of(info.sha, ref)
        if info.disabled:
            raise SourceError(
                f"{ref} is disabled by the Hub", hint="nothing can be done", code=Code.HUB_DISABLED
            )
        return cls(
            ref=ref.at(commit),
            kind=kind,
            access=access_of(info.private, info.gated),
            settings=settings,
            clock=clock,
            patience=waiting,
            api=api,
            answered_as=other_id(info.id, ref, settings.token),
        )

    @property
    def address(self) -> Address:
        """Return where the repository stands at its commit, datasets told from models."""
        of = Address.dataset if self.kind is LocatorKind.HUB_DATASET else Address.of
        return of(self.ref)

    @property
    def _commit(self) -> str:
        return str(self.ref.revision)

    def listing(self) -> Listing:
        """List all files with the digests that the Hub claims; asked once, then remembered.

        Raises:
            SourceError: when the Hub cannot be asked.
            ReleaseError: HUB_ANSWER, for a list that cannot be.
        """
        if not self._told:
            found = self._listed()
            moment = self._clock()
            self._told.append(
                Listing(
                    found.inventory,
                    self._capture(found, moment),
                    self.access,
                    (*found.hazards, *self._moved()),
                    found.limits,
                )
            )
        return self._told[0]

    def _moved(self) -> tuple[Hazard, ...]:
        """Return that a model answers under another id; of a dataset its record tells that."""
        if self.answered_as is None or self.kind is not LocatorKind.HUB_MODEL:
            return ()
        return (Hazard(Code.HUB_MOVED, self.ref.name, f"the Hub has it as {self.answered_as}"),)

    def _listed(self) -> Listed:
        from huggingface_hub.hf_api import RepoFile  # noqa: PLC0415 - heavy

        most = self._settings.budget.files

        def ask(entry: Callable[[Told | None], None]) -> None:
            tree = self._api.list_repo_tree(
                self.ref.name,
                recursive=True,
                revision=self._commit,
                repo_type=_repo_type(self.kind),
            )
            for one in tree:
                if isinstance(one, RepoFile):
                    lfs = (one.lfs.size, one.lfs.sha256) if one.lfs else None
                    entry(told(one.path, one.size, one.blob_id, lfs))
                else:
                    entry(None)

        files = watched(ask, what=f"the files of {self.ref}", stall=self._patience.stall)
        return listed((one for one in files if one is not None), most=most)

    def _capture(self, found: Listed, moment: datetime) -> Capture:
        content: Encodable = {
            "commit": self._commit,
            "files": found.content,
            "repository": self.ref.name,
        }
        data = encode(content)
        return Capture(EvidenceKind.LISTING, self.address, "application/json", moment, data)

    def prepare(
        self, paths: Sequence[RelPath], progress: Progress | None = None
    ) -> Mapping[RelPath, DigestSet]:
        """Download these listed files, where they are not here yet; no link to them is followed.

        Returned are the digests of those that came now, taken while they came.

        Raises:
            UsageError: for a path that is not listed.
            ToolError: DISK_FULL, FS_PERMISSION, FS_IO.
            SourceError: HUB_GATED, HUB_DENIED, NETWORK; WORKSPACE, when no cache folder is set.
            ReleaseError: HUB_MISMATCH, for a file whose bytes are not what the Hub lists.
        """
        return self._downloads().bring(self._entries(paths), progress).came

    def bring_most(self, paths: Sequence[RelPath], progress: Progress | None = None) -> Brought:
        """Do as :meth:`prepare`, but tell of a few files that cannot be had why that is so."""
        return self._downloads().bring(self._entries(paths), progress, most_lost=MOST_LOST)

    def _entries(self, paths: Sequence[RelPath]) -> Sequence[FileEntry]:
        inventory = self.listing().inventory
        return [_entry(inventory, path) for path in paths]

    def open(self, path: RelPath) -> BinaryIO:
        """Open a listed file, which is downloaded first where it is not here yet."""
        self.prepare((path,))
        with Root(self._place() / self._commit) as root:
            return root.open(path)

    def stamp(self, path: RelPath) -> Stamp | None:
        """Return what a file was when it came, or is where it came earlier; ``None`` without it."""
        if path in self._came:
            return self._came[path]
        try:
            with Root(self._place() / self._commit) as root:
                return root.stamp(path.text)
        except (ReleaseError, UsageError):
            return None

    @contextmanager
    def within(self, folder: str) -> Iterator[Callable[[str], int]]:
        """Open downloaded files of one folder: see :meth:`provenance.doors.disk.Root.within`."""
        with Root(self._place() / self._commit) as root, root.within(folder) as opened:
            yield opened

    def starts(self, wanted: Sequence[Wanted]) -> Mapping[RelPath, Start]:
        """Return the beginnings of listed files; nothing is downloaded, and nothing proven.

        Raises:
            UsageError: for a path that is not listed.
            ReleaseError: HUB_MISMATCH, HUB_ANSWER.
        """
        inventory = self.listing().inventory
        pairs = [(_entry(inventory, one.path), one) for one in wanted]
        return self._starts.read(self._line(), pairs, self._patience.stall)

    def changed_at(self, path: RelPath) -> datetime | None:
        """Return when a listed file was last committed, by the Hub's word; ``None`` without one.

        Raises:
            UsageError: for a path that is not listed.
            SourceError: when the Hub cannot be asked.
            ReleaseError: HUB_ANSWER.
        """
        entry = _entry(self.listing().inventory, path)

        def ask(answer: Callable[[object], None]) -> None:
            found = self._api.get_paths_info(
                self.ref.name,
                [entry.path.text],
                expand=True,
                revision=self._commit,
                repo_type=_repo_type(self.kind),
            )
            commits = [getattr(one, "last_commit", None) for one in found]
            answer(getattr(commits[0], "date", None) if commits else None)

        (moment,) = watched(ask, what=str(self.ref), stall=self._patience.stall)
        return moment if isinstance(moment, datetime) and moment.tzinfo else None

    def branches(self) -> tuple[tuple[str, ...], Capture]:
        """Return the names of all branches and tags, and what the Hub said of them.

        Raises:
            SourceError: when the Hub cannot be asked.
        """

        def ask(answer: Callable[[tuple[str, str]], None]) -> None:
            found = self._api.list_repo_refs(self.ref.name, repo_type=_repo_type(self.kind))
            for one in (*found.branches, *found.tags):
                answer((one.name, one.target_commit))

        what = f"the branches of {self.ref.name}"
        told_of = sorted(watched(ask, what=what, stall=self._patience.stall))
        content = [{"commit": commit, "name": name} for name, commit in told_of]
        every = Address.of(attrs.evolve(self.ref, revision=None))
        capture = Capture(
            EvidenceKind.REFS, every, "application/json", self._clock(), encode(content)
        )
        return tuple(name for name, _ in told_of), capture

    def _line(self) -> Line:
        from huggingface_hub import utils  # noqa: PLC0415 - heavy

        headers = utils.build_hf_headers(  # type: ignore[attr-defined]
            token=self._settings.token or False,
            library_name=_NAME,
            library_version=__version__,
        )
        repo_type = _repo_type(self.kind)
        return Line(
            self._settings.endpoint,
            self.ref.name,
            repo_type,
            self._commit,
            self._patience.answer,
            headers,
        )

    def _place(self) -> Path:
        cache = self._settings.cache
        if cache is None:
            raise SourceError(
                "there is no folder to download to",
                hint="name one in PROVENANCE_CACHE, or set TMPDIR to one that you may write to",
                code=Code.WORKSPACE,
            )
        name = self.ref.name.replace("/", "--")
        return cache / "hub" / f"{_repo_type(self.kind)}s" / name

    def _downloads(self) -> Downloads:
        place = self._place()
        return Downloads(
            self._line(),
            place / self._commit,
            place / "quarantine" / self._commit,
            self._patience.stall,
            self._came,
        )


def _client(settings: Settings) -> "HfApi":
    from huggingface_hub import HfApi  # noqa: PLC0415 - heavy

    speak_through(settings.network)
    LOG.info("the Hub is %s", shown(settings.endpoint))
    return HfApi(
        endpoint=settings.endpoint,
        # Not None: the client would then look for a token in the environment and on disk.
        token=settings.token or False,
        library_name=_NAME,
        library_version=__version__,
    )


def _question(
    api: "HfApi", ref: Ref, repo_type: Literal["model", "dataset"], timeout: float
) -> "Callable[[], ModelInfo | DatasetInfo]":
    """Return the call that asks for commit and access, and for nothing else.

    The whole answer holds the card, which the client would read in its own way.
    """
    revision = str(ref.revision) if ref.revision else None
    if repo_type == "model":
        return lambda: api.model_info(
            ref.name,
            revision=revision,
            timeout=timeout,
            expand=["sha", "gated", "private", "disabled"],
        )
    return lambda: api.dataset_info(
        ref.name,
        revision=revision,
        timeout=timeout,
        expand=["sha", "gated", "private", "disabled"],
    )


def _repo_type(kind: LocatorKind) -> Literal["model", "dataset"]:
    match kind:
        case LocatorKind.HUB_MODEL:
            return "model"
        case LocatorKind.HUB_DATASET:
            return "dataset"
        case (
            LocatorKind.HUB_SPACE
            | LocatorKind.GIT
            | LocatorKind.ARXIV
            | LocatorKind.DOI
            | LocatorKind.SWHID
            | LocatorKind.HTTP
        ):
            raise UsageError(f"{kind} is no model or dataset", hint="follow it otherwise")
        case _:
            assert_never(kind)


def _entry(inventory: Inventory, path: RelPath) -> FileEntry:
    entry = inventory.get(path.text)
    if entry is None:
        raise UsageError(
            f"{path.text!a} is not listed", hint="name listed files only", code=Code.PATH_MISSING
        )
    return entry
