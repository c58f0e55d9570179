import json
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import attrs
import pytest

from provenance.doors.git_process import Limits
from provenance.errors import Code, ReleaseError, SourceError, UsageError
from provenance.sources.git import LARGEST_FILE, GitFile, GitSource
from provenance.testing.repository import git_environment
from provenance.values.evidence import EvidenceKind
from provenance.values.locator import Locator, LocatorKind
from provenance.values.revision import Commit, Named, Revision
from provenance.values.settings import Budget, Mirror, Settings
from provenance.values.source import Confidence, HowPinned
from tests.doors.served import GIT, Answer, Hosted, Request, git_answers, served

NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)
FILES = {"README.md": b"hello\n", "train.py": b"print()\n"}
LINK = "https://github.com/n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "hosted"


@pytest.fixture
def hosted(root: Path) -> Hosted:
    return Hosted(root, "n")


@pytest.fixture
def settings(root: Path) -> Iterator[Settings]:
    with served(git_answers(root)) as url:
        yield Settings(mirrors=(Mirror("https://github.com/", f"{url}/"),))


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


def fetch(
    settings: Settings, into: Path, revision: Revision | None = None, limits: Limits | None = None
) -> GitSource:
    locator = Locator(LocatorKind.GIT, LINK, revision)
    return GitSource.fetch(locator, settings=settings, into=into, clock=lambda: NOON, limits=limits)


def test_a_commit_in_the_link_is_the_pin(hosted: Hosted, settings: Settings, into: Path) -> None:
    commit = Commit(hosted.files(FILES))
    hosted.files({"later": b""})

    with fetch(settings, into, commit) as source:
        assert source.pin.commit == commit
        assert source.pin.how_pinned is HowPinned.COMMIT_IN_LINK
        assert source.pin.confidence is Confidence.HIGH
        assert source.pin.tree.hex == hosted.git("rev-parse", f"{commit}^{{tree}}")
        assert source.refs is None


@pytest.mark.parametrize("name", ["v1", "refs/tags/v1"])
def test_an_annotated_tag_in_the_link_is_followed_to_its_commit(
    hosted: Hosted, settings: Settings, into: Path, name: str
) -> None:
    commit = hosted.files(FILES)
    hosted.git("tag", "-a", "v1", "-m", "one", commit)
    hosted.files({"later": b""})

    with fetch(settings, into, Named(name)) as source:
        assert source.pin.commit.hex == commit
        assert source.pin.how_pinned is HowPinned.TAG_IN_LINK
        assert source.refs is not None
        assert source.refs.kind is EvidenceKind.REFS
        assert json.loads(source.refs.payload) == [
            {"name": "refs/tags/v1", "oid": hosted.git("rev-parse", "v1"), "peeled": commit}
        ]


def test_a_tag_goes_before_a_branch_of_the_same_name(
    hosted: Hosted, settings: Settings, into: Path
) -> None:
    commit = hosted.files(FILES, "refs/tags/x")
    hosted.files({"later": b""}, "refs/heads/x")

    with fetch(settings, into, Named("x")) as source:
        assert (source.pin.commit.hex, source.pin.how_pinned) == (commit, HowPinned.TAG_IN_LINK)


@pytest.mark.parametrize("name", ["a/branch", "refs/heads/a/branch"])
def test_a_branch_in_the_link_is_followed(
    hosted: Hosted, settings: Settings, into: Path, name: str
) -> None:
    commit = hosted.files(FILES, "refs/heads/a/branch")

    with fetch(settings, into, Named(name)) as source:
        assert source.pin.commit.hex == commit
        assert source.pin.how_pinned is HowPinned.BRANCH_IN_LINK
        assert source.pin.confidence is Confidence.LOW


def test_a_bare_link_leads_to_the_default_branch(
    hosted: Hosted, settings: Settings, into: Path
) -> None:
    commit = hosted.files(FILES, "refs/heads/trunk")
    hosted.files({"other": b""}, "refs/heads/main")
    hosted.git("symbolic-ref", "HEAD", "refs/heads/trunk")

    with fetch(settings, into) as source:
        assert source.pin.commit.hex == commit
        assert source.pin.how_pinned is HowPinned.DEFAULT_BRANCH


def test_both_addresses_are_recorded(hosted: Hosted, settings: Settings, into: Path) -> None:
    hosted.files(FILES)

    with fetch(settings, into) as source:
        assert source.pin.uri == LINK
        assert source.pin.fetched_from == settings.mirrored(LINK)
        assert source.pin.fetched_from.startswith("http://127.0.0.1:")


@pytest.mark.parametrize("revision", [Commit("1" * 40), Named("gone")])
def test_a_revision_that_is_not_there_is_told_apart(
    hosted: Hosted, settings: Settings, into: Path, revision: Revision
) -> None:
    hosted.files(FILES)

    with pytest.raises(SourceError) as caught:
        fetch(settings, into, revision)

    assert caught.value.code is Code.GIT_REF


def test_an_id_that_is_no_commit_is_refused(hosted: Hosted, settings: Settings, into: Path) -> None:
    commit = hosted.files(FILES)
    tree = hosted.git("rev-parse", f"{commit}^{{tree}}")

    with pytest.raises((SourceError, ReleaseError)) as caught:
        fetch(settings, into, Commit(tree))

    assert caught.value.code in {Code.GIT_CORRUPT, Code.GIT_FAILED, Code.GIT_REF}


@pytest.mark.usefixtures("hosted")
@pytest.mark.parametrize("revision", [None, Named("main")])
def test_what_shows_no_names_is_not_said_to_lead_nowhere(
    settings: Settings, into: Path, revision: Revision | None
) -> None:
    with pytest.raises(SourceError, match="it is empty, or no git repository") as caught:
        fetch(settings, into, revision)

    assert caught.value.code is Code.GIT_FAILED


@pytest.mark.parametrize("revision", [None, Named("main"), Commit("1" * 64), Commit("1" * 40)])
def test_a_repository_of_sha256_is_called_one(
    root: Path, settings: Settings, into: Path, revision: Revision | None
) -> None:
    sha256_repository(root / "n")

    with pytest.raises(SourceError) as caught:
        fetch(settings, into, revision)

    assert caught.value.code is Code.GIT_FORMAT


def sha256_repository(path: Path) -> None:
    def git(*arguments: str, data: bytes = b"") -> str:
        command = (GIT, "-C", str(path), *arguments)
        done = subprocess.run(
            command, input=data, capture_output=True, check=True, env=git_environment()
        )
        return done.stdout.decode().strip()

    path.mkdir(parents=True)
    git("init", "--quiet", "--bare", "--object-format=sha256", "--initial-branch=main", ".")
    git("update-ref", "refs/heads/main", git("commit-tree", git("mktree"), "-m", "begin"))


def test_a_dead_link_is_told_apart(settings: Settings, into: Path) -> None:
    with pytest.raises(SourceError) as caught:
        fetch(settings, into)

    assert caught.value.code is Code.LINK_DEAD


def test_a_server_that_hangs_is_given_up(into: Path) -> None:
    with served(lambda _: Answer(hang=True)) as url:
        settings = Settings(mirrors=(Mirror("https://github.com/", f"{url}/"),))

        with pytest.raises(SourceError) as caught:
            fetch(settings, into, limits=Limits(seconds=0.5))

    assert caught.value.code is Code.TIMEOUT


def test_an_origin_that_nobody_named_is_not_asked(into: Path) -> None:
    asked: list[Request] = []

    def answer(request: Request) -> Answer:
        asked.append(request)
        return Answer(404)

    with served(answer) as url, pytest.raises(SourceError) as caught:
        GitSource.fetch(
            Locator(LocatorKind.GIT, f"{url}/n"),
            settings=Settings(),
            into=into,
            clock=lambda: NOON,
        )

    assert caught.value.code is Code.URL_FORBIDDEN
    assert asked == []


def test_offline_nothing_is_asked(settings: Settings, into: Path) -> None:
    with pytest.raises(SourceError) as caught:
        fetch(attrs.evolve(settings, offline=True), into)

    assert caught.value.code is Code.OFFLINE


def test_only_links_to_git_are_followed(settings: Settings, into: Path) -> None:
    with pytest.raises(UsageError):
        GitSource.fetch(
            Locator(LocatorKind.HUB_DATASET, "o/n"),
            settings=settings,
            into=into,
            clock=lambda: NOON,
        )


def test_the_tree_is_listed_as_canonical_json(
    hosted: Hosted, settings: Settings, into: Path
) -> None:
    commit = hosted.files(FILES)

    with fetch(settings, into) as source:
        listing = source.listing

    oids = {name: hosted.git("rev-parse", f"{commit}:{name}") for name in FILES}
    content = json.loads(listing.payload)
    assert content["commit"] == commit
    assert content["entries"] == [
        {"mode": "100644", "oid": oids[name], "path": name, "size": len(data)}
        for name, data in FILES.items()
    ]
    assert listing.uri == f"git:{LINK}@{commit}"
    assert (listing.kind, listing.seen_at) == (EvidenceKind.LISTING, NOON)
    assert json.dumps(content, sort_keys=True, separators=(",", ":")).encode() == listing.payload


def test_files_are_read_and_are_evidence(hosted: Hosted, settings: Settings, into: Path) -> None:
    commit = hosted.files(FILES)

    with fetch(settings, into) as source:
        read = {file.path: source.read(file.path) for file in source.files}
        captures = source.captures(read)

    assert read == FILES
    assert [capture.uri for capture in captures] == [
        f"git:{LINK}@{commit}/README.md",
        f"git:{LINK}@{commit}/train.py",
    ]
    assert captures[1].payload == b"print()\n"
    assert captures[1].kind is EvidenceKind.FILE


def test_links_are_told_of_and_not_among_the_files(
    hosted: Hosted, settings: Settings, into: Path
) -> None:
    link = hosted.object("blob", b"/etc/passwd")
    blob = hosted.object("blob", b"x")
    hosted.commit(hosted.tree(("100644", "a", blob), ("120000", "link", link)))

    with fetch(settings, into) as source:
        assert source.files == (GitFile("a", "100644", Commit(blob), 1),)
        assert [hazard.code for hazard in source.hazards] == [Code.GIT_SYMLINK]
        assert not source.truncated
        with pytest.raises(UsageError) as caught:
            source.read("link")

    assert caught.value.code is Code.PATH_MISSING


def test_a_file_that_is_too_large_is_listed_and_not_fetched(
    hosted: Hosted, settings: Settings, into: Path
) -> None:
    hosted.files({"data.bin": bytes(LARGEST_FILE + 1), "train.py": b"print()\n"})

    with fetch(settings, into) as source:
        assert [(file.path, file.size) for file in source.files] == [
            ("data.bin", None),
            ("train.py", 8),
        ]
        assert source.truncated
        assert source.read("train.py") == b"print()\n"
        with pytest.raises(SourceError) as caught:
            source.read("data.bin")

    assert caught.value.code is Code.RESOURCE


def test_no_more_is_read_than_was_allowed(hosted: Hosted, settings: Settings, into: Path) -> None:
    hosted.files(FILES)

    with fetch(settings, into) as source:
        assert source.read("train.py", 8) == b"print()\n"
        with pytest.raises(ReleaseError) as caught:
            source.read("train.py", 7)

    assert caught.value.code is Code.RESOURCE


def test_a_tree_bomb_is_stopped(hosted: Hosted, settings: Settings, into: Path) -> None:
    blob = hosted.object("blob", b"x")
    tree = hosted.tree(*(("100644", f"f{it}", blob) for it in range(10)))
    for _ in range(9):
        tree = hosted.tree(*(("40000", f"d{it}", tree) for it in range(10)))
    hosted.commit(tree)

    with pytest.raises(SourceError) as caught:
        fetch(settings, into)

    assert caught.value.code is Code.RESOURCE


def test_a_repository_beyond_its_budget_is_stopped(
    hosted: Hosted, settings: Settings, into: Path
) -> None:
    noise = b"".join(hosted.object("blob", bytes([it])).encode() for it in range(250)) * 20
    hosted.files({"noise": noise})
    small = attrs.evolve(settings, budget=Budget(repository=4096))

    with pytest.raises(SourceError) as caught:
        fetch(small, into)

    assert caught.value.code is Code.RESOURCE


def test_a_pack_that_changes_after_it_was_fetched_is_noticed(
    hosted: Hosted, settings: Settings, into: Path
) -> None:
    noise = "".join(hosted.object("blob", bytes([it])) for it in range(250))
    hosted.files({"noise": bytes.fromhex(noise)})

    with fetch(settings, into) as source:
        (pack,) = into.rglob("*.pack")
        pack.chmod(0o600)
        data = bytearray(pack.read_bytes())
        data[len(data) // 2] ^= 1
        pack.write_bytes(data)
        with pytest.raises(ReleaseError) as caught:
            source.read("noise")

    assert caught.value.code is Code.GIT_CORRUPT
