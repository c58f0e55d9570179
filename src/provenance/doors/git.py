"""The one way to talk to another git: fixed arguments, an environment built from nothing, bounds.

Nothing that a repository holds is run or obeyed: no hook, filter, submodule or work tree.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Self

import attrs

from provenance.doors.git_errors import failure
from provenance.doors.git_process import Finished, Limits, run_bounded
from provenance.doors.network import Admitted, Resolver, admit
from provenance.errors import Code, InvalidValueError, SourceError, ToolError
from provenance.values.revision import Commit

# The first release in which a missing object can be kept from being fetched (GIT_NO_LAZY_FETCH).
OLDEST = (2, 39, 5)
_VERSION = re.compile(rb"git version (\d{1,4})\.(\d{1,4})\.(\d{1,4})")

CONFIGURATION = {
    "core.hooksPath": "/dev/null",
    "core.fsmonitor": "false",
    "core.symlinks": "false",
    "core.bigFileThreshold": "4m",
    "core.packedGitWindowSize": "16m",
    "core.packedGitLimit": "128m",
    "credential.helper": "",
    "http.followRedirects": "false",
    "http.lowSpeedLimit": "1000",
    "http.lowSpeedTime": "20",
    "submodule.recurse": "false",
    "fetch.recurseSubmodules": "false",
    "fetch.fsckObjects": "true",
    # Always one pack, never loose objects: so the bound on one file is the bound on all bytes.
    "fetch.unpackLimit": "1",
    "fetch.writeCommitGraph": "false",
    "transfer.bundleURI": "false",
    "transfer.credentialsInUrl": "die",
    "pack.threads": "1",
    "index.threads": "1",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "protocol.version": "2",
}
_PLAIN = "[core]\n\trepositoryformatversion = 0\n\tbare = true\n"


@attrs.frozen
class RemoteRef:
    """A name that a repository advertises, its object, and the commit behind an annotated tag."""

    name: str
    oid: Commit
    peeled: Commit | None = None


def environment(program: Path, home: Path, protocol: str) -> dict[str, str]:
    """Return everything that git gets to know of the world; ``protocol`` is http or https."""
    return {
        "PATH": os.pathsep.join(dict.fromkeys((str(program.parent), "/usr/bin", "/bin"))),
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CEILING_DIRECTORIES": str(home.parent),
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "/bin/false",
        "SSH_ASKPASS": "/bin/false",
        "GIT_ALLOW_PROTOCOL": protocol,
        "GIT_PROTOCOL_FROM_USER": "0",
        "GIT_LFS_SKIP_SMUDGE": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
    }


@attrs.frozen
class Git:
    """A git program that is new enough, the origins that the caller named, and the bounds.

    ``named`` are addresses whose origins may be plain http or not public; ``resolver`` looks up all
    other hosts, the system's own when there is none.
    """

    program: Path
    limits: Limits
    named: tuple[str, ...] = ()
    resolver: Resolver | None = None

    @classmethod
    def find(
        cls,
        *,
        named: tuple[str, ...] = (),
        limits: Limits | None = None,
        path: str | None = None,
        resolver: Resolver | None = None,
    ) -> Self:
        """Return the git on ``path`` (folders as in ``PATH``; the caller's own when ``None``).

        Raises:
            ToolError: GIT_MISSING, when there is none or it is older than 2.39.5.
        """
        oldest = ".".join(map(str, OLDEST))
        hint = f"install git {oldest} or newer"
        found = shutil.which("git", path=path)
        if found is None:
            raise ToolError("there is no git on this machine", hint=hint, code=Code.GIT_MISSING)
        git = cls(Path(found).absolute(), limits or Limits(), named, resolver)
        with _home() as home:
            answer = git._run(("version",), home, home=home, protocol="none").output
        match = _VERSION.match(answer)
        if not match or tuple(map(int, match.groups())) < OLDEST:
            said = ascii(answer.decode("utf-8", "replace").strip())[:80]
            raise ToolError(f"this git is too old: {said}", hint=hint, code=Code.GIT_MISSING)
        return git

    def ls_remote(self, url: str, names: Sequence[str] = ()) -> tuple[RemoteRef, ...]:
        """Ask a repository for its names, or only for ``names`` (whole ones: ``refs/heads/main``).

        Raises:
            SourceError: URL_FORBIDDEN, LINK_DEAD, NETWORK, TIMEOUT, RESOURCE, GIT_FAILED.
        """
        place = self._admitted(url)
        with _home() as home:
            command = (*_pinned(place), "ls-remote", "--", place.url, *names)
            done = self._run(command, home, home=home, protocol=place.scheme)
        return _refs(_succeeded(done, place.url).output, place.url)

    def fetch(self, url: str, oid: Commit, into: Path, *, largest: int | None = None) -> Path:
        """Fetch one commit without its history into a new bare repository below ``into``.

        Files larger than ``largest`` bytes are left out where the server knows how.

        Returns:
            The folder of the repository.

        Raises:
            SourceError: URL_FORBIDDEN, LINK_DEAD, GIT_REF, NETWORK, TIMEOUT, RESOURCE, GIT_FAILED.
            ReleaseError: GIT_CORRUPT, for objects that break git's rules.
        """
        place = self._admitted(url)
        repository = into / "repository.git"
        sieve = () if largest is None else (f"--filter=blob:limit={largest}",)
        with _home() as home:
            create = ("init", "--quiet", "--bare", "--template=", "--initial-branch=main")
            done = self._run((*create, str(repository)), into, home=home, protocol="none")
            _succeeded(done, place.url)
            command = (
                *_pinned(place),
                f"--git-dir={repository}",
                "fetch",
                "--quiet",
                "--no-tags",
                "--no-recurse-submodules",
                "--no-write-fetch-head",
                "--depth=1",
                *sieve,
                "--stdin",
                "--",
                place.url,
            )
            # The name comes by a pipe, so that nothing is fetched before the limits are in force.
            done = self._run(
                command, into, home=home, protocol=place.scheme, stdin=f"{oid}\n".encode()
            )
        _succeeded(done, place.url)
        # A fetch that leaves files out notes where to get them: what is not here is not to be got.
        (repository / "config").write_text(_PLAIN, encoding="ascii")
        return repository

    def _admitted(self, url: str) -> Admitted:
        return admit(url, named=self.named, resolver=self.resolver)

    def _run(
        self,
        command: Sequence[str],
        folder: Path,
        *,
        home: Path,
        protocol: str,
        stdin: bytes = b"",
    ) -> Finished:
        settings = chain.from_iterable(
            ("-c", f"{key}={text}") for key, text in CONFIGURATION.items()
        )
        return run_bounded(
            (str(self.program), *settings, *command),
            environment=environment(self.program, home, protocol),
            folder=folder,
            stdin=stdin,
            limits=self.limits,
        )


@contextmanager
def _home() -> Iterator[Path]:
    """Yield an empty home, so that no configuration of the caller's is read."""
    with tempfile.TemporaryDirectory(prefix="provenance-home-") as folder:
        yield Path(folder)


def _pinned(place: Admitted) -> tuple[str, ...]:
    """Return the option that keeps a second look-up of the host from giving another address."""
    if place.pin is None:
        return ()
    address = f"[{place.pin}]" if ":" in place.pin else place.pin
    return (
        "-c",
        f"http.curloptResolve={place.host}:{place.port}:{address}",
    )


def _succeeded(done: Finished, url: str) -> Finished:
    if done.status:
        raise failure(done, url)
    return done


def _refs(output: bytes, url: str) -> tuple[RemoteRef, ...]:
    found: dict[str, RemoteRef] = {}
    for line in output.splitlines():
        oid, _, name = line.decode("utf-8", "replace").partition("\t")
        try:
            commit = Commit(oid)
        except InvalidValueError as cause:
            raise SourceError(
                f"{url} answered with a name that has no object",
                hint="look at the repository by hand",
                code=Code.GIT_FAILED,
            ) from cause
        whole = name.removesuffix("^{}")
        if whole != name and whole in found:
            found[whole] = attrs.evolve(found[whole], peeled=commit)
        else:
            found[name] = RemoteRef(name, commit)
    return tuple(found.values())
