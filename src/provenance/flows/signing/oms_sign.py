"""Signing a model (OMS v1.0): its files are listed and hashed, and the list is signed."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import attrs

from provenance.doors.clock import utc_now
from provenance.errors import Code, ReleaseError
from provenance.flows.digesting.pointers import pointers_in
from provenance.flows.signing.model_files import DOWNLOAD_NOTES, ModelFiles, hash_model, model_files
from provenance.ports.progress import Progress
from provenance.ports.silence import Silence
from provenance.signers.signing import Signing
from provenance.values.hazard import Hazard
from provenance.values.model_signature import ModelSignature, Serialization
from provenance.values.path import RelPath
from provenance.values.settings import Settings
from provenance.values.sidecars import SIDECARS
from provenance.weights.table import ENDINGS
from provenance.wire.in_toto import PAYLOAD_TYPE
from provenance.wire.oms_bundle import encode_model_bundle
from provenance.wire.oms_ignore import (
    GIT_NAMES,
    require_not_listed,
    require_nothing_hidden,
)
from provenance.wire.oms_statement import encode_model, model_signature, parse_model


def sign_model(  # noqa: PLR0913 - one parameter for each thing that must be known
    target: str | Path,
    *,
    signing: Signing,
    serialization: Serialization | None = None,
    output: RelPath | None = None,
    settings: Settings | None = None,
    clock: Callable[[], datetime] = utc_now,
    progress: Progress | None = None,
) -> bytes:
    """Sign a model: a folder, or a single file. Return the bundle.

    The signature says who stands by these bytes. It does not say that anybody could make them
    again, nor that they are safe to use.

    Args:
        target: the model.
        signing: what to sign with, ``Signing.by_key(pem)`` for example.
        serialization: how to hash it, and what to leave out besides git's files and signatures.
        output: where in the folder the bundle will lie, if it will.
        settings: how many files, and threads.
        clock: tells the moment of the listing, and at which a certificate has to be valid.
        progress: told what is being done.

    Raises:
        UsageError: PATH_MISSING; KEY_FILE, CERTIFICATE_FILE.
        ReleaseError: for a model that no release may be like; EMPTY; FS_SYMLINK; NAME_PORTABLE;
            GIT_LFS for a pointer, whose bytes are elsewhere; OMS_IGNORE for weights, and more,
            below names that no signature covers.
        VerificationError: OMS_NO_RESOURCES and the other codes of statements: what nobody would
            accept is not signed.
    """
    signer = signing.signer(clock)
    payload = encode_model(
        list_model(
            target,
            serialization=serialization,
            output=output,
            settings=settings,
            clock=clock,
            progress=progress,
        )
    )
    # What we sign, we can read: names that differ in case only, and the like, end here.
    parse_model(payload)
    return encode_model_bundle(signer.seal(PAYLOAD_TYPE, payload))


def list_model(  # noqa: PLR0913 - as above
    target: str | Path,
    *,
    serialization: Serialization | None = None,
    output: RelPath | None = None,
    settings: Settings | None = None,
    clock: Callable[[], datetime] = utc_now,
    progress: Progress | None = None,
) -> ModelSignature:
    """List and hash a model as :func:`sign_model` does, and sign nothing."""
    chosen = serialization or Serialization()
    settings = settings or Settings()
    progress = progress or Silence()
    named = {*chosen.ignore_paths, *((output,) if output else ())}
    ignored = named | {RelPath(name) for name in GIT_NAMES | SIDECARS}
    model = model_files(
        Path(target),
        left_out=frozenset(path.text for path in ignored),
        settings=settings,
        clock=clock,
        follow=chosen.allow_symlinks,
    )
    _require_names(model)
    _require_no_pointer(model)
    require_nothing_hidden(
        map(RelPath, model.left_out),
        named=frozenset(path.text for path in named),
        endings=ENDINGS,
    )
    progress.step(f"hashing {len(model.files)} files")
    wanted = frozenset(entry.path for entry in model.files)
    resources = hash_model(model, wanted, chosen, settings=settings, progress=progress)
    if model.noted:
        ignored.add(DOWNLOAD_NOTES)
    full = attrs.evolve(chosen, ignore_paths=tuple(sorted(ignored)))
    require_not_listed(full.ignore_paths, wanted)
    return model_signature(model.name, resources, full)


def _require_names(model: ModelFiles) -> None:
    bad = next((one.path.text for one in model.files if "\\" in one.path.text), None)
    if bad is not None:
        raise ReleaseError(
            f"the name {bad[:120]!a} holds a backslash, which is no name on every system",
            hint="rename it",
            code=Code.NAME_PORTABLE,
        )


def _require_no_pointer(model: ModelFiles) -> None:
    """Refuse a clone without git-lfs: what would be signed are not the weights."""
    found = pointers_in(model.files, model.source)
    first = next((one for one in found if isinstance(one, Hazard)), None)
    if first is not None:
        raise ReleaseError(
            f"{first.path[:200]!a} is {first.detail}",
            hint="run `git lfs pull` first, or leave it out with --ignore-paths",
            code=Code.GIT_LFS,
        )
