import re
from pathlib import Path

from provenance.testing.hub_state import Fault, HubState, Seen


def test_a_fault_meets_only_the_requests_that_it_is_for(tmp_path: Path) -> None:
    state = HubState(tmp_path, {})
    state.faults.append(Fault("GET", re.compile("/a"), 1, status=500))

    met = [
        state.met(Seen(method, path, None, authorized=False))
        for method, path in (("HEAD", "/a"), ("GET", "/b"), ("GET", "/a"), ("GET", "/a"))
    ]

    assert [bool(one) for one in met] == [False, False, True, False]
    assert len(state.requests) == 4
