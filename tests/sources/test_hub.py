import json
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from huggingface_hub import constants

from provenance.errors import (
    Code,
    ProvenanceError,
    ReleaseError,
    SourceError,
    UsageError,
)
from provenance.sources.hub import HubSource
from provenance.values.access import Access
from provenance.values.evidence import EvidenceKind
from provenance.values.inventory import How
from provenance.values.locator import LocatorKind
from provenance.values.path import RelPath
from provenance.values.ref import Ref
from provenance.values.revision import Commit
from provenance.values.settings import Budget, Settings
from tests.doors.served import Answer, Request, served
from tests.sources.hubs import COMMIT, NOON, entry, error, hub

FILES = {"README.md": b"# Hello\n", "weights/model.bin": b"w" * 5000}


def refused(action: Callable[[], object]) -> ProvenanceError:
    with pytest.raises(ProvenanceError) as caught:
        action()
    return caught.value


def test_a_reference_is_pinned_to_the_commit_that_the_hub_names() -> None:
    with hub(FILES) as there:
        source = there.source("org/name")

    assert source.ref == Ref.parse(f"hf:org/name@{COMMIT}")
    assert str(source.address) == f"hf:org/name@{COMMIT}"
    assert source.access is Access.PUBLIC


def test_the_revision_in_the_reference_is_what_is_asked_for() -> None:
    with hub(FILES) as there:
        there.source("org/name@a/branch")

    assert there.requests[0].path.startswith("/api/models/org/name/revision/a%2Fbranch?")


def test_a_dataset_is_asked_for_as_one() -> None:
    with hub(FILES) as there:
        source = there.source(kind=LocatorKind.HUB_DATASET)
        source.listing()

    assert all(it.path.startswith("/api/datasets/org/name") for it in there.requests)
    assert str(source.address) == f"hf:datasets/org/name@{COMMIT}"


@pytest.mark.parametrize(
    ("info", "access"),
    [
        ({"private": True}, Access.PRIVATE),
        ({"gated": "auto"}, Access.AUTO_GATE),
        ({"gated": "manual"}, Access.MANUAL_GATE),
        ({"gated": "paid"}, Access.UNKNOWN),
        ({"gated": None}, Access.UNKNOWN),
        ({"private": None}, Access.UNKNOWN),
        ({"private": "no"}, Access.UNKNOWN),
    ],
)
def test_access_is_what_the_hub_says(info: dict[str, object], access: Access) -> None:
    with hub(FILES, info=info) as there:
        assert there.source().access is access


@pytest.mark.parametrize(
    ("info", "code"),
    [
        ({"sha": None}, Code.HUB_ANSWER),
        ({"sha": "main"}, Code.HUB_ANSWER),
        ({"sha": COMMIT.upper()}, Code.HUB_ANSWER),
        ({"sha": COMMIT + "\n"}, Code.HUB_ANSWER),
        ({"sha": "../../" + COMMIT[6:]}, Code.HUB_ANSWER),
        ({"sha": 7}, Code.HUB_ANSWER),
        ({"disabled": True}, Code.HUB_DISABLED),
        ([], Code.HUB_ANSWER),
        ("text", Code.HUB_ANSWER),
        (7, Code.HUB_ANSWER),
    ],
)
def test_an_answer_that_cannot_be_is_refused(info: object, code: Code) -> None:
    with hub(FILES, info=info) as there:
        assert refused(there.source).code is code


@pytest.mark.parametrize("name", ["../x", "a/b/c", "", None, 7.5, "new/hf_canary"])
def test_an_id_that_is_none_or_that_repeats_the_token_is_refused(name: object) -> None:
    with hub(FILES, info={"id": name}) as there:
        caught = refused(lambda: there.source(token="hf_canary"))  # noqa: S106 - a canary

    assert caught.code is Code.HUB_ANSWER
    assert "canary" not in str(caught)


def test_another_id_than_the_one_that_was_asked_for_is_told_and_not_used() -> None:
    with hub(FILES, info={"id": "new/id"}) as there:
        source = there.source()
        source.listing()

        assert (source.answered_as, source.ref.name) == ("new/id", "org/name")
        assert not any("new/id" in request.path for request in there.requests)
    with hub(FILES) as there:
        assert there.source().answered_as is None


def test_another_commit_than_the_one_that_was_asked_for_is_refused() -> None:
    with hub(FILES) as there:
        assert there.source(f"org/name@{COMMIT}").ref.commit == Commit(COMMIT)
        assert refused(lambda: there.source("org/name@" + "1" * 40)).code is Code.HUB_ANSWER


GATED = "Access to model org/name is restricted."
DISABLED = "Access to this resource is disabled."
REFUSALS = [
    (error(401, "RepoNotFound"), Code.HUB_HIDDEN),
    (error(404, "RepoNotFound"), Code.HUB_UNKNOWN),
    (error(404, "RevisionNotFound"), Code.HUB_UNKNOWN),
    (error(404), Code.HUB_UNKNOWN),
    (error(403, "GatedRepo", GATED), Code.HUB_GATED),
    (error(401, "GatedRepo", GATED), Code.HUB_GATED),
    (error(403, "", DISABLED), Code.HUB_DISABLED),
    (error(403), Code.HUB_DENIED),
    (error(401, "", "Invalid credentials in Authorization header"), Code.HUB_DENIED),
    (error(400), Code.NETWORK),
    (error(429), Code.NETWORK),
    (error(500), Code.NETWORK),
    (error(503), Code.NETWORK),
    (Answer(200, b"<html>"), Code.HUB_ANSWER),
    (Answer(200, b"{}"), Code.HUB_ANSWER),
    (Answer(200, b"[" * 100_000), Code.NETWORK),
    (Answer(200, b"{}" * 50, cut=10), Code.NETWORK),
    (Answer(hang=True), Code.NETWORK),
    (Answer(302, headers={"Location": "http://[::1"}), Code.NETWORK),
    (Answer(302, headers={"Location": "file:///etc/passwd"}), Code.NETWORK),
]


@pytest.mark.parametrize(("answer", "code"), REFUSALS)
def test_each_refusal_has_one_meaning(answer: Answer, code: Code) -> None:
    with hub(FILES, fault=lambda _: answer) as there:
        found = refused(there.source)

    assert found.code is code
    assert isinstance(found, ReleaseError if code is Code.HUB_ANSWER else SourceError)


def test_a_hub_that_is_down_is_a_matter_of_the_network() -> None:
    with served(lambda _: Answer()) as url:
        pass

    settings = Settings(endpoint=url)
    ref = Ref.parse("org/name")
    found = refused(lambda: HubSource.resolve(ref, settings=settings, clock=lambda: NOON))

    assert found.code is Code.NET_REFUSED


def test_offline_nothing_is_asked() -> None:
    with hub(FILES) as there:
        assert refused(lambda: there.source(offline=True)).code is Code.OFFLINE
        assert there.requests == []


def test_only_models_and_datasets_of_the_hub_are_resolved() -> None:
    with hub(FILES) as there:
        assert isinstance(refused(lambda: there.source("local:folder")), UsageError)
        assert isinstance(refused(lambda: there.source(kind=LocatorKind.GIT)), UsageError)
        assert there.requests == []


def test_files_are_listed_with_what_the_hub_claims() -> None:
    with hub(FILES) as there:
        listing = there.source().listing()

    assert [(it.path.text, it.size, it.how) for it in listing.inventory] == [
        ("README.md", 8, How.CLAIMED),
        ("weights/model.bin", 5000, How.CLAIMED),
    ]
    assert [[str(digest.algorithm) for digest in it.claimed] for it in listing.inventory] == [
        ["gitblob"],
        ["sha256"],
    ]


def test_the_listing_is_evidence_of_what_was_read() -> None:
    with hub(FILES) as there:
        capture = there.source().listing().capture

    assert (capture.kind, capture.seen_at) == (EvidenceKind.LISTING, NOON)
    content = json.loads(capture.payload)
    assert content["commit"] == COMMIT
    assert [it["path"] for it in content["files"]] == ["README.md", "weights/model.bin"]
    assert json.dumps(content, sort_keys=True, separators=(",", ":")).encode() == capture.payload


def test_the_list_is_asked_for_once() -> None:
    with hub(FILES) as there:
        source = there.source()
        assert source.listing() is source.listing()

    assert len(there.requests) == 2


FOLDER = {"type": "directory", "path": "weights", "oid": "1" * 40, "size": 0}


def test_folders_are_no_files() -> None:
    with hub(tree=[FOLDER, entry("weights/a", b"1")]) as there:
        assert [it.path.text for it in there.source().listing().inventory] == ["weights/a"]


@pytest.mark.parametrize(
    "tree",
    [
        {"error": "none"},
        [7],
        ["a"],
        [{"type": "file"}],
        [{"type": "file", "path": "a", "size": 1}],
        [entry("a", b"1") | {"oid": "xyz"}],
        [entry("a", b"1") | {"size": -1}],
        [entry("a", b"1") | {"lfs": {}}],
        [entry("a", b"1" * 2000) | {"size": 1999}],
        [entry("a", b"1" * 2000) | {"oid": "1" * 40}],
        [entry("a", b"1"), entry("a", b"2")],
        [entry("a", b"1"), entry("a/b", b"2")],
    ],
)
def test_a_list_that_cannot_be_is_refused(tree: object) -> None:
    with hub(tree=tree) as there:
        found = refused(there.source().listing)

    assert found.code is Code.HUB_ANSWER


def test_a_name_that_cannot_be_makes_the_listing_incomplete(tmp_path: Path) -> None:
    with hub(tree=[entry("../../evil", b"1"), entry("a", b"1")]) as there:
        listing = there.source(cache=tmp_path).listing()

    assert not listing.inventory.complete
    assert [(it.code, it.path) for it in listing.hazards] == [(Code.NAME, "../../evil")]


def test_a_list_beyond_the_budget_is_cut() -> None:
    with hub(tree=[entry(f"f{it}", b"1") for it in range(20)]) as there:
        listing = there.source(budget=Budget(files=10)).listing()

    assert len(listing.inventory) == 10
    assert [limit.code for limit in listing.limits] == [Code.RESOURCE]


def test_a_list_that_never_comes_is_given_up() -> None:
    def fault(request: Request) -> Answer | None:
        return Answer(hang=True) if "/tree/" in request.path else None

    with hub(FILES, fault=fault) as there:
        source = there.source()
        assert refused(source.listing).code is Code.NETWORK


def test_a_list_that_names_the_next_page_for_ever_is_cut() -> None:
    def fault(request: Request) -> Answer | None:
        if "/tree/" not in request.path:
            return None
        host = request.headers["host"]
        page = request.path.rpartition("page=")[2]
        number = int(page) + 1 if page.isdecimal() else 1
        link = f'<http://{host}/api/models/org/name/tree/x?page={number}>; rel="next"'
        body = json.dumps([entry(f"f{number}", b"1")]).encode()
        return Answer(200, body, {"Link": link})

    with hub(FILES, fault=fault) as there:
        listing = there.source(budget=Budget(files=10)).listing()

    assert len(listing.inventory) == 10


def test_files_are_downloaded_once_and_opened_from_the_cache(tmp_path: Path) -> None:
    with hub(FILES) as there:
        source = there.source(cache=tmp_path)
        source.prepare([RelPath(name) for name in FILES])
        asked = len(there.requests)
        for name, data in FILES.items():
            with source.open(RelPath(name)) as file:
                assert file.read() == data
        source.prepare([RelPath(name) for name in FILES])

    assert len(there.requests) == asked
    folder = tmp_path / "hub/models/org--name" / COMMIT
    kept = {it.relative_to(folder).as_posix() for it in folder.rglob("*") if it.is_file()}
    assert kept == set(FILES)


def test_opening_brings_the_file(tmp_path: Path) -> None:
    with (
        hub(FILES) as there,
        there.source(cache=tmp_path, kind=LocatorKind.HUB_DATASET).open(
            RelPath("README.md")
        ) as file,
    ):
        assert file.read() == b"# Hello\n"

    assert (tmp_path / "hub/datasets/org--name" / COMMIT / "README.md").is_file()


def test_a_file_that_is_not_listed_is_not_asked_for(tmp_path: Path) -> None:
    with hub(FILES) as there:
        source = there.source(cache=tmp_path)
        source.listing()
        asked = len(there.requests)

        found = refused(lambda: source.open(RelPath("other")))
        assert found.code is Code.PATH_MISSING
        assert len(there.requests) == asked


def test_without_a_cache_nothing_is_downloaded() -> None:
    with hub(FILES) as there:
        source = there.source()

        found = refused(lambda: source.open(RelPath("README.md")))

    assert isinstance(found, SourceError)
    assert found.code is Code.WORKSPACE


def test_no_token_of_this_machine_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token = tmp_path / "token"
    token.write_text("hf_ambient")
    monkeypatch.setenv("HF_TOKEN", "hf_ambient")
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(token))

    with hub(FILES) as there:
        there.source(cache=tmp_path / "cache").prepare([RelPath("README.md")])

    assert all("authorization" not in request.headers for request in there.requests)
    assert "hf_ambient" not in repr(there.requests)


def test_the_token_of_the_caller_is_sent_and_never_repeated(tmp_path: Path) -> None:
    def echo(request: Request) -> Answer | None:
        said = request.headers.get("authorization", "")
        return error(403, "", f"no: {said}") if "/tree/" in request.path else None

    with hub(FILES, fault=echo) as there:
        source = there.source(cache=tmp_path, token="hf_canary")  # noqa: S106 - a canary
        with pytest.raises(SourceError) as caught:
            source.listing()

    assert there.requests[0].headers["authorization"] == "Bearer hf_canary"
    assert caught.value.code is Code.HUB_DENIED
    chain: BaseException | None = caught.value
    while chain is not None:
        assert "hf_canary" not in f"{chain} {chain!r}"
        chain = chain.__cause__ or (None if chain.__suppress_context__ else chain.__context__)
    assert "hf_canary" not in repr(source)


def test_the_environment_is_left_alone(tmp_path: Path) -> None:
    before = dict(os.environ)

    with hub(FILES) as there:
        there.source(cache=tmp_path).prepare([RelPath("README.md")])

    assert dict(os.environ) == before


def test_nothing_is_shown(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with hub(FILES) as there:
        there.source(cache=tmp_path).prepare([RelPath(name) for name in FILES])

    assert capfd.readouterr() == ("", "")


def test_no_thread_stays_behind(tmp_path: Path) -> None:
    before = set(threading.enumerate())

    with hub(FILES) as there:
        there.source(cache=tmp_path).prepare([RelPath(name) for name in FILES])

    started = (it for it in threading.enumerate() if it not in before)
    left = [it for it in started if it.name.startswith("provenance")]
    for thread in left:
        thread.join(5)
    assert not any(thread.is_alive() for thread in left)
