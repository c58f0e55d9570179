import re
from pathlib import Path

from provenance.testing.hub_state import Discussion, Fault, HubState, Seen, User


def test_a_fault_meets_only_the_requests_that_it_is_for(tmp_path: Path) -> None:
    state = HubState(tmp_path, {})
    state.faults.append(Fault("GET", re.compile("/a"), 1, status=500))

    met = [
        state.met(Seen(method, path, None, authorized=False))
        for method, path in (("HEAD", "/a"), ("GET", "/b"), ("GET", "/a"), ("GET", "/a"))
    ]

    assert [bool(one) for one in met] == [False, False, True, False]
    assert len(state.requests) == 4


def test_a_user_writes_to_their_own_repositories_and_those_of_their_organizations() -> None:
    user = User("alice", granted=frozenset({"other/m"}), orgs=frozenset({"org"}))

    ids = ("alice/m", "org/m", "other/m", "alice-2/m", "organization/m")
    assert [user.may_write(one) for one in ids] == [True, True, False, False, False]


def test_a_pull_request_has_its_ref_by_its_number() -> None:
    assert Discussion("title", "text", "alice", number=3).ref == "refs/pr/3"
