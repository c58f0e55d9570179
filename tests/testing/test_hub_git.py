import subprocess
from pathlib import Path

from provenance.testing.hub import LoopbackHub
from provenance.testing.repository import git_environment


def git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ("git", *arguments),  # noqa: S607 - the caller's git
        capture_output=True,
        check=False,
        env=git_environment(),
    )


def test_git_fetches_a_commit_by_its_id(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        commit = hub.add_git("github.com/o/r").commit({"a": b"1"}, message="m")
        hub.add_model("org/m").commit({"b": b"2"}, message="m")
        folder = str(tmp_path / "clone")
        git("init", "--quiet", folder)

        fetched = git("-C", folder, "fetch", "--depth=1", f"{hub.url}/git/github.com/o/r", commit)
        own = git("ls-remote", f"{hub.url}/org/m")
        nothing = git("ls-remote", f"{hub.url}/git/github.com/o/nothing")

    assert (fetched.returncode, own.returncode) == (0, 0)
    assert nothing.returncode != 0
