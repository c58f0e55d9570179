import attrs
import pytest

from provenance.errors import Code
from provenance.policy.files_demands import files_answers
from provenance.values.digest import Digest, DigestSet
from provenance.values.hazard import Hazard, Limit
from provenance.values.identity import Key
from provenance.values.inventory import FileEntry, How, Inventory
from provenance.values.manifest import Manifest
from provenance.values.path import RelPath
from provenance.values.policy import Policy, Scope
from provenance.values.verdict import Answer, State
from provenance.values.verified import Checked, Match
from tests.building import MANIFEST, SHA

CHECKED = Checked(
    signature="holds",
    time="none",
    identity=Key(Digest.sha256("0" * 64), "EC P-256"),
    subject=Match.SAME_REVISION,
    files=1,
    evidence="listed",
    how=(How.READ,),
)
PICKLE = Policy(forbidden_hazards=(Code.PICKLE,))
OWN = attrs.evolve(PICKLE, hazards_in=Scope.RELEASE)
LINKS = (
    "hub-dataset:org/data@main",
    "https://example.org/code",
    "hf:datasets/org/data@" + "c" * 40,
)


def answer(policy: Policy, manifest: Manifest = MANIFEST, checked: Checked | None = None) -> Answer:
    (found,) = files_answers(policy, manifest, checked)
    return found


def hazardous(path: str, code: Code = Code.PICKLE) -> Manifest:
    return attrs.evolve(MANIFEST, hazards=(Hazard(code, path, "listed"),))


def limited(*what: str) -> Manifest:
    limits = tuple(Limit(Code.OFFLINE, one, "offline") for one in what)
    return attrs.evolve(MANIFEST, limits=limits)


@pytest.mark.parametrize(
    ("policy", "manifest", "state"),
    [
        (PICKLE, MANIFEST, State.MET),
        (PICKLE, hazardous("a.bin"), State.UNMET),
        (PICKLE, hazardous(""), State.UNMET),
        (PICKLE, hazardous("a.bin", Code.BIDI), State.MET),
        (PICKLE, hazardous(LINKS[0]), State.UNMET),
        (PICKLE, limited("model.bin"), State.OPEN),
        (PICKLE, limited(LINKS[0]), State.OPEN),
        (OWN, hazardous("a.bin"), State.UNMET),
        (OWN, hazardous(""), State.UNMET),
        (OWN, limited("the list of files"), State.OPEN),
        (OWN, limited("model.bin"), State.OPEN),
        *((OWN, limited(link), State.MET) for link in LINKS),
        *((OWN, hazardous(link), State.MET) for link in LINKS),
        (OWN, attrs.evolve(MANIFEST, inventory=Inventory((), complete=False)), State.OPEN),
    ],
)
def test_a_hazard_is_forbidden_where_the_policy_says(
    policy: Policy, manifest: Manifest, state: State
) -> None:
    found = answer(policy, manifest)

    assert (found.demand, found.state) == ("forbid-hazards.PICKLE", state)


@pytest.mark.parametrize(
    ("name", "state"),
    [
        *(
            (name, State.UNMET)
            for name in ("git:model.pkl", "hub-dataset:a/b", "https:x", "http:y")
        ),
        # A folder of the release, and a link that only begins as one of its files does.
        ("hub-dataset:org", State.UNMET),
        ("hub-dataset:org/other", State.MET),
    ],
)
def test_a_file_that_is_named_as_a_link_is_one_of_the_release_s_own(
    name: str, state: State
) -> None:
    files = [name] if state is State.UNMET and name != "hub-dataset:org" else []
    entries = [
        FileEntry(RelPath(one), 1, how=How.READ, digests=DigestSet((SHA,)))
        for one in (*files, "hub-dataset:org/data")
    ]
    inventory = Inventory(tuple(entries))
    found = answer(OWN, attrs.evolve(hazardous(name), inventory=inventory))
    unread = answer(OWN, attrs.evolve(limited(name), inventory=inventory))

    assert found.state is state
    assert unread.state is (State.OPEN if state is State.UNMET else State.MET)


def test_who_asks_for_less_than_reading_is_told_that_verifying_reads() -> None:
    assert (
        "accept read" in answer(Policy(digest_evidence=(How.KERNEL,)), with_files(How.READ)).to_do
    )
    assert (
        "read every byte"
        in answer(Policy(digest_evidence=(How.READ,)), with_files(How.CACHED)).to_do
    )


def test_what_was_not_looked_at_is_named_and_the_rest_counted() -> None:
    few = answer(PICKLE, limited("a", "b"))
    many = answer(PICKLE, limited("a", "b", "c", "d", "e"))

    assert few.reason.endswith("not everything was looked at: a, b")
    assert many.reason.endswith(": a, b, c and 2 more")
    assert "hazards-in" in few.to_do
    assert "hazards-in" not in answer(OWN, limited("a")).to_do


def with_files(*hows: How) -> Manifest:
    entries = (
        FileEntry(
            RelPath(str(number)),
            1,
            how=how,
            digests=DigestSet() if how is How.UNREAD else DigestSet((SHA,)),
        )
        for number, how in enumerate(hows)
    )
    return attrs.evolve(MANIFEST, inventory=Inventory(tuple(entries)))


@pytest.mark.parametrize(
    ("accepted", "hows", "today", "state"),
    [
        ((How.READ,), (How.READ, How.READ), None, State.MET),
        ((How.READ,), (How.READ, How.CACHED), None, State.UNMET),
        ((How.READ, How.CACHED), (How.READ, How.CACHED), None, State.MET),
        ((How.READ,), (How.READ, How.CLAIMED), None, State.OPEN),
        ((How.READ,), (How.READ, How.UNREAD), None, State.OPEN),
        ((How.READ,), (How.CACHED, How.CLAIMED), None, State.UNMET),
        ((How.KERNEL,), (How.READ,), None, State.UNMET),
        ((How.READ,), (), None, State.OPEN),
        # What verification read today counts as well as what the audit did.
        ((How.READ,), (How.READ,), (How.READ,), State.MET),
        ((How.READ,), (How.READ,), (How.CACHED, How.READ), State.UNMET),
    ],
)
def test_digests_have_to_be_known_as_the_policy_says(
    accepted: tuple[How, ...], hows: tuple[How, ...], today: tuple[How, ...] | None, state: State
) -> None:
    checked = attrs.evolve(CHECKED, how=today) if today else None

    found = answer(Policy(digest_evidence=accepted), with_files(*hows), checked)

    assert (found.demand, found.state) == ("digest-evidence", state)


@pytest.mark.parametrize(
    ("checked", "state"),
    [
        (None, State.OPEN),
        (CHECKED, State.MET),
        (attrs.evolve(CHECKED, modes=(RelPath("train.py"),)), State.UNMET),
    ],
)
def test_executable_bits_are_compared_by_verification_only(
    checked: Checked | None, state: State
) -> None:
    found = answer(Policy(same_modes=True), MANIFEST, checked)

    assert (found.demand, found.state) == ("same-modes", state)
