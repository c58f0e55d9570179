from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.doors.git import Git, RemoteRef
from provenance.doors.git_process import Limits
from provenance.errors import Code, ReleaseError, SourceError, ToolError
from provenance.values.revision import Commit
from tests.doors.served import Answer, Hosted, git_answers, served

FILES = {"README.md": b"hello\n", "train.py": b"print()\n"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "hosted"


@pytest.fixture
def hosted(root: Path) -> Hosted:
    return Hosted(root, "n")


@pytest.fixture
def url(root: Path) -> Iterator[str]:
    with served(git_answers(root)) as address:
        yield address


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


def test_names_are_listed_with_the_commits_behind_annotated_tags(hosted: Hosted, url: str) -> None:
    commit = Commit(hosted.files(FILES))
    hosted.git("tag", "-a", "v1", "-m", "one", commit.hex)
    tag = Commit(hosted.git("rev-parse", "v1"))

    assert Git.find(named=(url,)).ls_remote(f"{url}/n") == (
        RemoteRef("HEAD", commit),
        RemoteRef("refs/heads/main", commit),
        RemoteRef("refs/tags/v1", tag, commit),
    )


def test_only_the_names_that_were_asked_for_are_listed(hosted: Hosted, url: str) -> None:
    commit = Commit(hosted.files(FILES, "refs/heads/main", "refs/heads/other"))

    found = Git.find(named=(url,)).ls_remote(f"{url}/n", ("refs/heads/other",))

    assert found == (RemoteRef("refs/heads/other", commit),)


def test_one_commit_is_fetched_and_nothing_before_it(hosted: Hosted, url: str, into: Path) -> None:
    first = hosted.files({"a": b"1"})
    last = hosted.files(FILES)

    repository = Git.find(named=(url,)).fetch(f"{url}/n", Commit(last), into).repository

    fetched = Hosted.at(repository)
    assert fetched.git("cat-file", "-t", last) == "commit"
    assert not fetched.has(first)
    assert list(repository.glob("hooks")) == []
    assert [path.name for path in into.iterdir()] == ["repository.git"]


def test_files_that_are_too_large_are_left_out(hosted: Hosted, url: str, into: Path) -> None:
    commit = hosted.files({"large": b"x" * 5000, "small": b"y"})
    large, small = (hosted.git("rev-parse", f"{commit}:{name}") for name in ("large", "small"))

    repository = (
        Git.find(named=(url,)).fetch(f"{url}/n", Commit(commit), into, largest=1000).repository
    )

    assert Hosted.at(repository).has(small)
    assert not Hosted.at(repository).has(large)


@pytest.mark.usefixtures("hosted")
def test_a_commit_that_is_not_there_is_told_apart(url: str, into: Path) -> None:
    with pytest.raises(SourceError) as caught:
        Git.find(named=(url,)).fetch(f"{url}/n", Commit("0" * 39 + "1"), into)

    assert caught.value.code is Code.GIT_REF


@pytest.mark.usefixtures("hosted")
def test_a_repository_that_is_not_there_is_a_dead_link(url: str, into: Path) -> None:
    git = Git.find(named=(url,))

    with pytest.raises(SourceError) as listed:
        git.ls_remote(f"{url}/gone")
    with pytest.raises(SourceError) as fetched:
        git.fetch(f"{url}/gone", Commit("1" * 40), into)

    assert listed.value.code is Code.LINK_DEAD
    assert fetched.value.code is Code.LINK_DEAD


def test_a_server_that_never_answers_is_given_up() -> None:
    with served(lambda _: Answer(hang=True)) as url:
        git = Git.find(named=(url,), limits=Limits(seconds=0.5))

        with pytest.raises(SourceError) as caught:
            git.ls_remote(f"{url}/n")

    assert caught.value.code is Code.TIMEOUT


def test_a_server_that_is_down_is_a_matter_of_the_network() -> None:
    with served(lambda _: Answer()) as url:
        git = Git.find(named=(url,))

    with pytest.raises(SourceError) as caught:
        git.ls_remote(f"{url}/n")

    assert caught.value.code is Code.NET_REFUSED


def test_a_login_is_never_asked_for_nor_given() -> None:
    challenge = {"WWW-Authenticate": 'Basic realm="x"'}
    with (
        served(lambda _: Answer(401, headers=challenge)) as url,
        pytest.raises(SourceError) as caught,
    ):
        Git.find(named=(url,)).ls_remote(f"{url}/n")

    assert caught.value.code is Code.LINK_DENIED


def test_a_page_that_is_not_git_has_no_names_and_no_commits(into: Path) -> None:
    with served(lambda _: Answer(200, b"<html>")) as url:
        git = Git.find(named=(url,))

        with pytest.raises(SourceError) as caught:
            git.fetch(f"{url}/n", Commit("1" * 40), into)

        assert git.ls_remote(f"{url}/n") == ()
    assert caught.value.code is Code.GIT_FAILED


def test_names_without_an_object_are_no_answer() -> None:
    packet = b"# service=git-upload-pack\n"
    line = b"g" * 40 + b" HEAD\0\n"
    body = b"".join(b"%04x%s" % (len(it) + 4, it) if it else b"0000" for it in (packet, b"", line))
    kind = {"Content-Type": "application/x-git-upload-pack-advertisement"}
    with (
        served(lambda _: Answer(200, body + b"0000", kind)) as url,
        pytest.raises(SourceError) as caught,
    ):
        Git.find(named=(url,)).ls_remote(f"{url}/n")

    assert caught.value.code is Code.GIT_FAILED


def test_an_origin_that_nobody_named_is_not_asked(hosted: Hosted, url: str, into: Path) -> None:
    commit = Commit(hosted.files(FILES))
    git = Git.find(named=("http://127.0.0.1:1/",))

    for call in (lambda: git.ls_remote(f"{url}/n"), lambda: git.fetch(f"{url}/n", commit, into)):
        with pytest.raises(SourceError) as caught:
            call()
        assert caught.value.code is Code.URL_FORBIDDEN


@pytest.mark.parametrize(
    ("address", "pin"),
    [("140.82.112.3", "140.82.112.3"), ("2606:50c0:8000::153", "[2606:50c0:8000::153]")],
)
def test_git_is_told_to_go_to_the_address_that_was_checked(
    tmp_path: Path, address: str, pin: str
) -> None:
    program = tmp_path / "git"
    told = tmp_path / "told"
    program.write_text(f'#!/bin/sh\necho "$@" >> {told}\necho git version 2.40.0\nexit 1\n')
    program.chmod(0o755)
    git = Git.find(path=str(tmp_path), resolver=lambda *_: [address])

    with pytest.raises(SourceError):
        git.ls_remote("https://provenance.invalid/o/n")

    last = told.read_text().splitlines()[-1]
    assert f"-c http.curloptResolve=provenance.invalid:443:{pin} ls-remote --" in last


def test_a_redirect_is_not_followed(hosted: Hosted, url: str) -> None:
    hosted.files(FILES)
    asked = []

    def elsewhere(request: object) -> Answer:
        asked.append(request)
        return Answer(302, headers={"Location": f"{url}/n/info/refs?service=git-upload-pack"})

    with served(elsewhere) as other, pytest.raises(SourceError) as caught:
        Git.find(named=(url, other)).ls_remote(f"{other}/n")

    assert len(asked) == 1
    assert caught.value.code is Code.GIT_MOVED


def test_no_setting_of_the_user_is_obeyed(
    hosted: Hosted, url: str, tmp_path: Path, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = Commit(hosted.files(FILES))
    canary = tmp_path / "canary"
    home = tmp_path / "home"
    home.mkdir()
    evil = (
        f'[url "http://127.0.0.1:1/"]\n\tinsteadOf = {url}\n[core]\n\tfsmonitor = touch {canary}\n'
    )
    (home / ".gitconfig").write_text(evil)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "url.http://127.0.0.1:1/.insteadOf")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", url)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_TRACE", str(canary))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")

    repository = Git.find(named=(url,)).fetch(f"{url}/n", commit, into).repository

    assert Hosted.at(repository).has(commit.hex)
    assert not canary.exists()
    assert not (tmp_path / "elsewhere").exists()


def test_what_a_repository_holds_is_not_run(
    hosted: Hosted, url: str, tmp_path: Path, into: Path
) -> None:
    canary = tmp_path / "canary"
    script = f"#!/bin/sh\ntouch {canary}\n".encode()
    blob = hosted.object("blob", script)
    hooks = hosted.tree(*(("100755", name, blob) for name in ("post-checkout", "post-merge")))
    config = hosted.object("blob", f"[core]\n\tfsmonitor = touch {canary}\n".encode())
    commit = hosted.commit(hosted.tree(("100644", "config", config), ("40000", "hooks", hooks)))

    repository = Git.find(named=(url,)).fetch(f"{url}/n", Commit(commit), into).repository

    assert "fsmonitor" not in (repository / "config").read_text()
    assert not canary.exists()


def test_a_repository_that_is_larger_than_its_bound_is_stopped(
    hosted: Hosted, url: str, into: Path
) -> None:
    noise = b"".join(hosted.object("blob", bytes([it])).encode() for it in range(250)) * 20
    commit = Commit(hosted.files({"noise": noise}))
    git = Git.find(named=(url,), limits=Limits(file=4096))

    with pytest.raises(SourceError) as caught:
        git.fetch(f"{url}/n", commit, into)

    assert caught.value.code is Code.RESOURCE
    assert sum(path.stat().st_size for path in into.rglob("*") if path.is_file()) < 16_384


@pytest.mark.parametrize("name", ["..", ".git", "a/b"])
def test_a_tree_with_a_name_that_leaves_it_is_refused(
    hosted: Hosted, url: str, into: Path, name: str
) -> None:
    tree = hosted.tree(("100644", name, hosted.object("blob", b"x")))
    commit = Commit(hosted.commit(tree))

    with pytest.raises(ReleaseError) as caught:
        Git.find(named=(url,)).fetch(f"{url}/n", commit, into)

    assert caught.value.code is Code.GIT_FSCK


def test_a_machine_without_git_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(ToolError) as caught:
        Git.find(path=str(tmp_path))

    assert caught.value.code is Code.GIT_MISSING
    assert "2.39.5" in caught.value.hint


@pytest.mark.parametrize("version", ["2.39.4", "1.99.9", "nonsense"])
def test_a_git_that_is_too_old_is_refused(tmp_path: Path, version: str) -> None:
    program = tmp_path / "git"
    program.write_text(f"#!/bin/sh\necho git version {version}\n")
    program.chmod(0o755)

    with pytest.raises(ToolError) as caught:
        Git.find(path=str(tmp_path))

    assert caught.value.code is Code.GIT_MISSING


@pytest.mark.parametrize("version", ["2.39.5", "2.39.5 (Apple Git-154)", "2.50.1", "3.0.0.rc1"])
def test_a_git_that_is_new_enough_is_found(tmp_path: Path, version: str) -> None:
    program = tmp_path / "git"
    program.write_text(f"#!/bin/sh\necho 'git version {version}'\n")
    program.chmod(0o755)

    assert Git.find(path=str(tmp_path)).program == program


def test_a_line_that_names_no_object_is_no_answer(tmp_path: Path) -> None:
    program = tmp_path / "git"
    program.write_text(
        '#!/bin/sh\ncase "$*" in *ls-remote*) echo rubbish;; *) echo git version 2.40.0;; esac\n'
    )
    program.chmod(0o755)

    with pytest.raises(SourceError) as caught:
        Git.find(path=str(tmp_path), named=("http://127.0.0.1:1",)).ls_remote(
            "http://127.0.0.1:1/n"
        )

    assert caught.value.code is Code.GIT_FAILED
