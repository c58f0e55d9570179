"""A container without anything: nobody's user, no home, nothing that can be written, no git."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.testing.hub import LoopbackHub
from tests.cli.processes import command, ran
from tests.cli.running import FILES, my_model

CARD = b"---\nlicense: mit\n---\n# M\n\nTrained with [code](https://github.com/o/r).\n"
#: Nobody, and somebody whom the system does not know.
NOBODY, STRANGER = 65534, 54321
#: Such a user, who may read what root may, in a world that is mounted read-only.
CONFINE = """
mount -o remount,bind,ro / && mount -t tmpfs -o ro none /dev/shm || exit 99
if [ -n "$1" ]; then mount -t tmpfs -o mode=1777 none "$1" || exit 99; fi
shift
user=$1; shift
exec setpriv --reuid $user --regid $user --clear-groups \
    --inh-caps +dac_read_search --ambient-caps +dac_read_search "$@"
"""
UNSHARED = ["unshare", "--mount", "true"]
ROOT_ONLY = pytest.mark.skipif(
    os.geteuid() != 0
    or not all(shutil.which(name) for name in ("setpriv", "unshare"))
    or subprocess.run(UNSHARED, check=False, capture_output=True).returncode != 0,
    reason="only root can become nobody and mount the world read-only",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a release, its manifest and both bundles, and a public key."""
    folder = tmp_path_factory.mktemp("container")
    model = my_model(folder)
    key = folder / "a.pem"
    for words in (
        ("key", "generate", "-o", key),
        ("audit", model, "--offline", "-o", folder / "m.json"),
        ("sign", folder / "m.json", "--key", key, "-o", folder / "m.sigstore.json"),
        ("oms", "sign", model, "--key", key, "-o", folder / "model.sig"),
    ):
        assert ran(*words).returncode == 0, words
    return opened(folder)


def opened(folder: Path) -> Path:
    """Let everybody read below a folder of this run's: its parents are this user's alone."""
    for place in (folder, *folder.parents):
        if place.is_relative_to(Path(tempfile.gettempdir()) / "") and place.owner() == "root":
            place.chmod(place.stat().st_mode | 0o055)
    return folder


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LoopbackHub]:
    with LoopbackHub(tmp_path / "hub") as there:
        there.add_model("org/m").commit({**FILES, "README.md": CARD}, message="m")
        there.add_git("github.com/o/r").commit({"train.py": b"x = 1\n"}, message="m")
        yield there


def confined(
    *arguments: str | Path, user: int = NOBODY, writable: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command as nobody, where nothing but a folder can be written, if any."""
    prefix = ["unshare", "--mount", "/bin/sh", "-c", CONFINE, "confine"]
    prefix += [str(writable or ""), str(user)]
    return subprocess.run(
        [*prefix, *command(*arguments)],
        capture_output=True,
        check=False,
        cwd="/",
        env={"PATH": os.environ["PATH"], **environment},
        text=True,
        timeout=50,
    )


#: What works on files that are here.
HERE = {
    "audit": ("audit", "my-model", "--offline"),
    "audit online": ("audit", "my-model"),
    "audit cached": ("audit", "my-model", "--cached"),
    "inspect": ("inspect", "my-model"),
    "lint": ("lint", "my-model"),
    "digest": ("digest", "my-model"),
    "explain": ("explain", "PICKLE"),
    "verify": (
        *("verify", "my-model", "--as", "local:my-model"),
        *("--bundle", "m.sigstore.json", "--public-key", "a.pem.pub"),
    ),
    "oms verify": (
        *("oms", "verify", "my-model", "--signature", "model.sig"),
        *("--public-key", "a.pem.pub"),
    ),
}


def spelled(words: tuple[str, ...], place: Path) -> tuple[str, ...]:
    """Return a command with its files named from the root."""
    return tuple(str(place / word) if (place / word).exists() else word for word in words)


@ROOT_ONLY
@pytest.mark.parametrize("words", HERE.values(), ids=HERE)
def test_what_fetches_nothing_needs_no_folder_to_write_in(
    place: Path, words: tuple[str, ...]
) -> None:
    done = confined(*spelled(words, place))

    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


@ROOT_ONLY
@pytest.mark.parametrize("home", ["/", "/nonexistent", "relative", ""])
def test_no_home_is_as_good_as_another(place: Path, home: str) -> None:
    words = spelled(HERE["audit cached"], place)

    done = confined(*words, user=STRANGER, HOME=home, XDG_CACHE_HOME=home)

    assert done.returncode == 0, done.stderr


@ROOT_ONLY
def test_a_folder_for_temporary_files_is_enough_for_the_hub_and_git(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    folder = tmp_path / "t"
    folder.mkdir()
    mirror = f"https://github.com/={hub.url}/git/github.com/"

    done = confined(
        *("audit", "org/m", "--endpoint", hub.url, "--mirror", mirror),
        user=STRANGER,
        writable=folder,
        TMPDIR=str(folder),
    )

    assert done.returncode == 0, done.stderr
    assert "WORKSPACE" not in done.stdout
    assert any(one.path.startswith("/git/github.com/o/r/git-upload-pack") for one in hub.requests)


@ROOT_ONLY
def test_without_any_folder_a_release_that_must_be_fetched_is_not(hub: LoopbackHub) -> None:
    done = confined("audit", "org/m", "--endpoint", hub.url)

    assert done.returncode == 4
    assert "error [WORKSPACE]" in done.stderr
    assert "TMPDIR" in done.stderr
    assert "Traceback" not in done.stderr


@ROOT_ONLY
def test_an_output_that_cannot_be_written_is_told_first(place: Path) -> None:
    done = confined(*spelled(HERE["audit"], place), "-o", place / "new.json")

    assert done.returncode == 4
    assert "error [FS_PERMISSION]" in done.stderr
    assert "reading" not in done.stderr


@pytest.mark.parametrize(
    ("environment", "code"),
    [({"PATH": "/nonexistent"}, "GIT_MISSING"), ({"TMPDIR": "/nonexistent"}, None)],
)
def test_a_link_that_cannot_be_followed_here_stays_unknown_and_ends_nothing(
    hub: LoopbackHub, tmp_path: Path, environment: dict[str, str], code: str | None
) -> None:
    model = my_model(tmp_path)
    (model / "README.md").write_bytes(CARD)
    mirror = f"https://github.com/={hub.url}/git/github.com/"

    done = ran("audit", model, "--mirror", mirror, environment=environment)

    assert done.returncode == 0, done.stderr
    assert code is None or f"[{code}]" in done.stdout


@ROOT_ONLY
def test_nor_does_one_that_needs_a_folder(place: Path, hub: LoopbackHub, tmp_path: Path) -> None:
    model = my_model(opened(tmp_path))
    (model / "README.md").write_bytes(CARD)
    mirror = f"https://github.com/={hub.url}/git/github.com/"

    done = confined("audit", model, "--mirror", mirror)

    del place
    assert done.returncode == 0, done.stderr
    assert "[WORKSPACE]" in done.stdout


def test_no_folder_is_called_by_a_tilde(tmp_path: Path) -> None:
    model = my_model(tmp_path)

    done = ran("audit", model, "--cached", environment={"HOME": ""}, folder=tmp_path)

    assert done.returncode == 0, done.stderr
    assert sorted(one.name for one in tmp_path.iterdir()) == ["my-model"]
