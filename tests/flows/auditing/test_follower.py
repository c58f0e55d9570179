import math
from pathlib import Path

import attrs
import pytest

from provenance.errors import Code, SourceError
from provenance.flows.auditing.follower import Follower
from provenance.ports.silence import Silence
from provenance.stores.evidence import EvidenceStore
from provenance.values.settings import Budget, Settings
from tests.charlm import noon

SPENT = Settings(budget=attrs.evolve(Budget(), following=0.0))


def test_all_links_have_one_time_together() -> None:
    follower = Follower(SPENT, EvidenceStore(None), noon, Silence())

    with pytest.raises(SourceError, match="for all links together") as caught:
        follower.seconds_left()

    assert caught.value.code is Code.TIMEOUT


def test_a_replay_waits_for_nobody(tmp_path: Path) -> None:
    EvidenceStore(tmp_path).close()
    follower = Follower(SPENT, EvidenceStore(tmp_path, replayed=True), noon, Silence())

    assert follower.seconds_left() == math.inf
