"""Verifying a model signature (OMS v1.0): today's files answer to it, or an error says why not."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import attrs

from provenance.doors.clock import utc_now
from provenance.flows.signing.closed_world import FilesDifferError
from provenance.flows.signing.model_files import ModelFiles, hash_model, model_files
from provenance.flows.signing.stages import Stages
from provenance.ports.progress import Progress
from provenance.ports.silence import Silence
from provenance.signers.opening import open_by
from provenance.signers.table import further_kinds
from provenance.signers.trust import Trust
from provenance.values.difference import Change, Difference
from provenance.values.identity import Certificate, Key
from provenance.values.inventory import FileEntry, How
from provenance.values.model_signature import Method, ModelSignature, Resource
from provenance.values.path import RelPath
from provenance.values.settings import Settings
from provenance.values.sidecars import SIDECARS
from provenance.values.terms import Legacy, Terms
from provenance.values.tolerance import Tolerance
from provenance.values.verified import Checked, Match, Opened, Stage, Verified
from provenance.weights.table import ENDINGS
from provenance.wire.oms_bundle import parse_model_bundle
from provenance.wire.oms_ignore import (
    GIT_NAMES,
    covers,
    hidden_by_default,
    ignored_weights,
    require_weights_covered,
)
from provenance.wire.oms_statement import parse_model


@attrs.frozen
class Leave:
    """What the caller agrees to leave unlooked at; neither bundle nor model has a say in it.

    Git's own files at the top and signatures under their usual names are left aside by default, as
    the specification says, where the signature does not list them.

    Attributes:
        paths: more of the model that is not covered, each with all below it.
        unsigned: accept whatever is there and not listed.
        links: accept links among the files, while they lead to the model's own.
    """

    paths: frozenset[RelPath] = frozenset()
    unsigned: bool = False
    links: bool = False


def verify_model(  # noqa: PLR0913 - one parameter for each thing that must be known
    target: str | Path,
    *,
    bundle: bytes,
    trust: Trust,
    leave: Leave | None = None,
    allow_legacy: bool = False,
    settings: Settings | None = None,
    clock: Callable[[], datetime] = utc_now,
    progress: Progress | None = None,
) -> Verified[ModelSignature]:
    """Verify that a model, a folder or a single file, is what a signature says it is.

    Args:
        target: the model as it is today.
        bundle: the signature.
        trust: who is trusted, ``Trust.by_key(pem)`` for example; nobody else is.
        leave: what the caller agrees to leave unlooked at.
        allow_legacy: accept signatures of model signing 0.2.0, too.
        settings: how many files, and threads.
        clock: tells the moment of the listing, and at which certificates have to be valid.
        progress: told what is being done.

    Raises:
        VerificationError: for any doubt; there is no boolean to forget. Files that differ are a
            FilesDifferError.
        UsageError, ReleaseError: for a model that is not there, or that no release may be like.
    """
    leave = leave or Leave()
    settings = settings or Settings()
    progress = progress or Silence()
    verifiers = trust.verifiers(_terms(clock, allow_legacy=allow_legacy))
    stages = Stages()
    with stages.at(Stage.SIGNATURE, Stage.IDENTITY):
        # 1. A strict parse, within a budget. 2. The media type is known.
        parsed = parse_model_bundle(bundle, further=further_kinds())
        # 3. The one signature covers exactly these bytes. 4. Time. 5. The signer is trusted.
        opened = open_by(parsed.bundle, verifiers)
    with stages.at(Stage.SUBJECT):
        # 6. Types and subject. 7. Only now are the bytes parsed.
        signature = parse_model(opened.payload, legacy=opened.legacy)
        ignored = signature.serialization.ignore_paths
        require_weights_covered(ignored, allowed=_allowed(leave), endings=ENDINGS)
    with stages.at(Stage.FILES):
        # 8. Closed world: today's files are those that are listed; no more, no fewer, no others.
        model = _today(target, signature, leave, settings, clock)
        _require_nothing_hidden(model, leave)
        found = _compare(_named_as(model, signature), model, leave, settings, progress)
    tolerated = (*parsed.tolerated, *signature.tolerated)
    return Verified(signature, _checked(opened, model, found, tolerated))


def _terms(clock: Callable[[], datetime], *, allow_legacy: bool) -> Terms:
    return Terms(clock, legacy=Legacy.ALLOWED if allow_legacy else Legacy.REFUSED)


def _allowed(leave: Leave) -> frozenset[str]:
    return GIT_NAMES | SIDECARS | {path.text for path in leave.paths}


def _today(
    target: str | Path,
    signature: ModelSignature,
    leave: Leave,
    settings: Settings,
    clock: Callable[[], datetime],
) -> ModelFiles:
    listed = {path.text for path in signature.paths}
    # What is listed is looked at, under whatever name: nobody may leave out what was signed.
    out = {name for name in _allowed(leave) if not _holds(name, listed)}
    return model_files(
        Path(target),
        left_out=frozenset(out),
        settings=settings,
        clock=clock,
        follow=leave.links or signature.serialization.allow_symlinks,
    )


def _require_nothing_hidden(model: ModelFiles, leave: Leave) -> None:
    """Refuse what only a default leaves out: weights, and folders that are called as signatures."""
    named = frozenset(path.text for path in leave.paths)
    for path in hidden_by_default(map(RelPath, model.left_out), named=named, endings=ENDINGS):
        if path.suffix in ENDINGS:
            raise ignored_weights(path)
        added = Difference(path, Change.ADDED, "is not listed: only a file is a signature")
        raise FilesDifferError.about((added,))


def _named_as(model: ModelFiles, signature: ModelSignature) -> ModelSignature:
    """Return the signature of a single file, under the name that the file has today.

    In a signature that names it ``.``, the file has no name of its own.
    """
    if not model.single or Tolerance.SINGLE_FILE_DOT not in signature.tolerated:
        return signature
    (entry,) = model.files
    renamed = tuple(attrs.evolve(one, path=entry.path) for one in signature.resources)
    return attrs.evolve(signature, resources=renamed)


def _holds(name: str, listed: set[str]) -> bool:
    """Tell whether a name is listed, or is that of a folder around what is."""
    return name in listed or any(path.startswith(f"{name}/") for path in listed)


@attrs.frozen
class _Found:
    files: int
    unsigned: tuple[str, ...]


def _compare(
    signature: ModelSignature,
    model: ModelFiles,
    leave: Leave,
    settings: Settings,
    progress: Progress,
) -> _Found:
    """Hold today's files against those that are listed; bytes are read only when names agree."""
    listed = signature.paths
    today = {entry.path: entry for entry in model.files}
    # With shards, a file without bytes has no part that could be listed: it is told of instead.
    empty = {path for path, one in today.items() if _needs_no_part(signature, one)}
    more = [] if leave.unsigned else sorted(today.keys() - listed - empty)
    _require_weights(signature, more)
    differences = [
        *(_added(path, signature) for path in more),
        *(
            Difference(path, Change.REMOVED, "is listed, and is not there")
            for path in sorted(listed - today.keys())
        ),
    ]
    if not differences:
        progress.step(f"hashing {len(listed)} files")
        read = hash_model(
            model, listed, signature.serialization, settings=settings, progress=progress
        )
        differences = list(_changes(signature.resources, read))
    if differences:
        raise FilesDifferError.about(tuple(sorted(differences)))
    return _Found(len(listed), tuple(sorted(path.text for path in today.keys() - listed)))


def _added(path: RelPath, signature: ModelSignature) -> Difference:
    ignored = frozenset(one.text for one in signature.serialization.ignore_paths)
    detail = "is not listed"
    if covers(ignored, path.text):
        # What a signer left out is not covered: only the caller can say that it need not be.
        detail = "is not listed: its signer left it out; accept that with --ignore-paths, if you do"
    return Difference(path, Change.ADDED, detail)


def _needs_no_part(signature: ModelSignature, entry: FileEntry) -> bool:
    return signature.serialization.method is Method.SHARDS and entry.size == 0


def _require_weights(signature: ModelSignature, more: list[RelPath]) -> None:
    """Say it plainly where weights are not listed because the signature leaves them out."""
    ignored = frozenset(path.text for path in signature.serialization.ignore_paths)
    for path in more:
        if path.suffix in ENDINGS and covers(ignored, path.text):
            raise ignored_weights(path)


def _changes(listed: tuple[Resource, ...], read: tuple[Resource, ...]) -> Iterator[Difference]:
    before = {one.name: one for one in listed}
    after = {one.name: one for one in read}
    changed: dict[RelPath, str] = {}
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old and new and old.digest == new.digest:
            continue
        if old and new:
            detail = f"has the digest {new.digest}, and is listed with {old.digest}"
        else:
            detail = "has another size than is listed"
        path = (old or after[name]).path
        changed.setdefault(path, detail)
    for path, detail in changed.items():
        yield Difference(path, Change.CHANGED, detail)


def _checked(
    opened: Opened, model: ModelFiles, found: _Found, tolerated: tuple[Tolerance, ...]
) -> Checked:
    return Checked(
        signature=f"holds over {len(opened.payload)} bytes",
        time=_time(opened),
        identity=opened.signer,
        subject=Match.MODEL_IN_HAND,
        files=found.files,
        how=(How.READ,),
        signed_at=opened.signed_at,
        evidence="a model signature lists files, and no evidence",
        not_covered=(*model.left_out, *model.noted, *found.unsigned),
        remarks=(*opened.remarks, *tolerated),
    )


def _time(opened: Opened) -> str:
    if opened.signed_at is not None:
        return f"signed at {opened.signed_at:%Y-%m-%d %H:%M:%S} UTC"
    if isinstance(opened.signer, Key):
        return "no trusted time: a key signature without a timestamp"
    if isinstance(opened.signer, Certificate):
        return "no trusted time: the certificates are valid now"
    return "no trusted time"
