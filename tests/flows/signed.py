"""A small release in a folder, its manifest, and the key that signs it."""

from pathlib import Path

import attrs

from provenance.flows.digesting.observe import observe
from provenance.flows.signing.sign import dump_manifest, sign
from provenance.flows.signing.verify import decide, require_passed
from provenance.ports.silence import Silence
from provenance.signers.key import KeyTrust, generate, load_public
from provenance.signers.signing import Signing
from provenance.sources.local import LocalSource
from provenance.values.manifest import Manifest
from provenance.values.policy import Policy
from provenance.values.ref import AnyRelease, Ref
from provenance.values.settings import Budget, Settings
from provenance.values.verified import Verified
from tests.building import MANIFEST, NOW, REF

PRIVATE, PUBLIC = generate()
SETTINGS = Settings(jobs=1)

FILES = {
    ".gitattributes": b"*.safetensors filter=lfs\n",
    "README.md": b"# A model\n",
    "code/train.py": b"print('training')\n",
    "config.json": b"{}\n",
    "empty": b"",
    "model.safetensors": bytes(range(200)),
    "twin.safetensors": bytes(range(200, 0, -1)),
}


def release(folder: Path) -> Path:
    """Write the release into a new folder and return it."""
    for name, data in FILES.items():
        path = folder / "release" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder / "release"


def local(folder: Path, name: Ref | None = None) -> LocalSource:
    """Return a folder as a source."""
    return LocalSource(folder, name=name, budget=Budget(), clock=lambda: NOW)


def manifest(folder: Path, ref: Ref = REF) -> Manifest:
    """Return a manifest that lists a folder's files as they are now."""
    source = local(folder)
    seen = observe(source, source.listing(), settings=SETTINGS, progress=Silence())
    return attrs.evolve(
        MANIFEST,
        inventory=seen.inventory,
        release=attrs.evolve(MANIFEST.release, ref=ref),
    )


def signed(found: Manifest, *, unsafe_claimed_digests: bool = False) -> bytes:
    """Return the bundle of a manifest."""
    return sign(
        dump_manifest(found),
        signing=Signing.by_key(PRIVATE),
        unsafe_claimed_digests=unsafe_claimed_digests,
    )


def verified(
    bundle: bytes,
    folder: Path,
    expected: Ref | AnyRelease = REF,
    *,
    public_key: bytes = PUBLIC,
    policy: Policy | None = None,
    settings: Settings = SETTINGS,
    name: Ref | None = None,
) -> Verified[Manifest]:
    """Verify a folder against a bundle."""
    return require_passed(
        decide(
            bundle,
            trust=(KeyTrust(load_public(public_key)),),
            source=local(folder, name),
            expected=expected,
            policy=policy,
            now=NOW,
            settings=settings,
            progress=Silence(),
        )
    )
