from datetime import datetime
from pathlib import Path

import attrs
import pytest

from provenance.flows.signing.verify import decide
from provenance.ports.silence import Silence
from provenance.signers import key
from provenance.values.bundle import Bundle
from provenance.values.settings import Settings
from provenance.values.verified import Opened
from tests.building import NOW, REF
from tests.flows.signed import PUBLIC, local, manifest, release, signed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return release(tmp_path)


@attrs.frozen
class Stamped:
    """Opens what a key signed, and vouches for a time, as a log does."""

    trust: key.KeyTrust
    at: datetime | None

    def open(self, bundle: Bundle) -> Opened:
        return attrs.evolve(self.trust.open(bundle), signed_at=self.at)


@pytest.mark.parametrize("at", [NOW, None])
def test_a_trusted_time_is_told_and_never_made_up(at: datetime | None, folder: Path) -> None:
    trust = Stamped(key.KeyTrust(key.load_public(PUBLIC)), at)

    decided = decide(
        signed(manifest(folder)),
        trust=(trust,),
        source=local(folder),
        expected=REF,
        settings=Settings(jobs=1),
        progress=Silence(),
    )

    checked = decided.verified.checked
    assert checked.signed_at == at
    assert checked.time.startswith("signed at 2026-01-02" if at else "no trusted time")
