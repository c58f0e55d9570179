"""The one way to talk to another git: fixed arguments, an environment built from nothing, bounds.

Nothing that a repository holds is run or obeyed: no hook, filter, submodule or work tree.
"""

import os
import re
import shutil
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Self

import attrs

from provenance.doors.authorities import bundle, trusting
from provenance.doors.git_errors import failure
from provenance.doors.git_fsck import DOWNGRADED, HARMLESS, broken_rules, only_harmless
from provenance.doors.git_process import Finished, Limits, run_bounded
from provenance.doors.journal import noted, through
from provenance.doors.network import Admitted, Resolver, admit
from provenance.doors.workspace import workspace
from provenance.errors import Code, InvalidValueError, SourceError, ToolError
from provenance.values.network import Network
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
    "core.deltaBaseCacheLimit": "32m",
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
# Deeper than any repository of training code; git's own source, of 2005, has fewer.
MOST_COMMITS = 100_000
_UNADVERTISED = b"unadvertised object"
_EVERY_NAME = ("+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*")
_PLAIN = "[core]\n\trepositoryformatversion = 0\n\tbare = true\n"


@attrs.frozen
class RemoteRef:
    """A name that a repository advertises, its object, and the commit behind an annotated tag."""

    name: str
    oid: Commit
    peeled: Commit | None = None


@attrs.frozen
class Fetched:
    """A bare repository on this disk, and the harmless rules of git's that its objects break.

    Those rules were only warnings in a second attempt, after git had refused a first one.
    """

    repository: Path
    broken_rules: tuple[str, ...] = ()


@attrs.frozen
class _Wanted:
    place: Admitted
    repository: Path


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
    other hosts, the system's own when there is none; ``network`` holds proxies and authorities.
    """

    program: Path
    limits: Limits
    named: tuple[str, ...] = ()
    resolver: Resolver | None = None
    network: Network = attrs.field(factory=Network)

    @classmethod
    def find(
        cls,
        named: tuple[str, ...] = (),
        *,
        limits: Limits | None = None,
        path: str | None = None,
        resolver: Resolver | None = None,
        network: Network | None = None,
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
        git = cls(Path(found).absolute(), limits or Limits(), named, resolver, network or Network())
        with workspace() as home:
            answer = git._run(("version",), home, home=home).output
        match = _VERSION.match(answer)
        if not match or tuple(map(int, match.groups())) < OLDEST:
            said = ascii(answer.decode("utf-8", "replace").strip())[:80]
            raise ToolError(f"this git is too old: {said}", hint=hint, code=Code.GIT_MISSING)
        return git

    def ls_remote(self, url: str, names: Sequence[str] = ()) -> tuple[RemoteRef, ...]:
        """Ask a repository for its names, or only for ``names`` (whole ones: ``refs/heads/main``).

        Raises:
            SourceError: URL_FORBIDDEN, LINK_DEAD, LINK_DENIED, NETWORK, TIMEOUT, RESOURCE,
                GIT_FAILED.
        """
        place = self._admitted(url)
        with workspace() as home:
            command = ("ls-remote", "--", place.url, *names)
            done = self._run(command, home, home=home, place=place)
        return _refs(_succeeded(done, place).output, place.url)

    def fetch(self, url: str, oid: Commit, into: Path, *, largest: int | None = None) -> Fetched:
        """Fetch one commit without its history into a new bare repository below ``into``.

        Files larger than ``largest`` bytes are left out where the server knows how. A server that
        gives only what its names point to is asked for all that they lead to: whether the commit
        is among it is for the reader to see.

        Raises:
            SourceError: URL_FORBIDDEN, LINK_DEAD, LINK_DENIED, GIT_REF, GIT_MOVED, NETWORK,
                TIMEOUT, RESOURCE, GIT_FAILED.
            ReleaseError: GIT_CORRUPT, GIT_FSCK, GIT_SUBMODULE, for objects that break git's rules.
        """
        sieve = () if largest is None else (f"--filter=blob:limit={largest}",)
        wanted = _Wanted(self._admitted(url), into / "repository.git")
        done, rules = self._attempts(wanted, (oid.hex,), ("--depth=1", *sieve))
        if done.status and _UNADVERTISED in done.errors:
            done, rules = self._attempts(wanted, _EVERY_NAME, (f"--depth={MOST_COMMITS}", *sieve))
        return _settled(wanted, done, rules)

    def fetch_history(self, url: str, tip: Commit, into: Path) -> Fetched:
        """Fetch a commit and those before it, at most MOST_COMMITS deep, but none of their files.

        Raises:
            SourceError, ReleaseError: as for :meth:`fetch`.
        """
        wanted = _Wanted(self._admitted(url), into / "history.git")
        # A depth, so that a server of plain files, which knows none, is not walked without end.
        options = (f"--depth={MOST_COMMITS}", "--filter=tree:0")
        return _settled(wanted, *self._attempts(wanted, (tip.hex,), options))

    def latest(self, history: Fetched, tip: Commit, until: datetime) -> Commit | None:
        """Return the last commit, from ``tip`` along first parents, not made after a moment.

        A commit whose date cannot be ends the search: what lies before it is not found.

        Raises:
            SourceError: TIMEOUT, RESOURCE, GIT_FAILED.
        """
        # git reads these as C's int; before 1970 there is no commit.
        moment = min(int(until.timestamp()), 2**31 - 1)
        if moment < 1:
            return None
        bounds = (f"--min-age={moment}", "--max-age=1")
        command = (f"--git-dir={history.repository}", "rev-list", "-1", "--first-parent", *bounds)
        with workspace() as home:
            done = self._run((*command, tip.hex, "--"), home, home=home)
        found = _succeeded(done).output.decode("ascii", "replace").strip()
        return Commit(found) if found else None

    def _attempts(
        self, wanted: "_Wanted", refs: Sequence[str], options: Sequence[str]
    ) -> tuple[Finished, tuple[str, ...]]:
        """Fetch by git's strict rules; where only harmless ones are broken, once more without.

        The second attempt leaves no files out, however large: the bounds hold for it, too.
        """
        done = self._attempt(wanted, refs, options, ())
        rules = broken_rules(done.errors)
        if not (done.status and only_harmless(rules)):
            return done, ()
        # Before 2.45 git forgets which rules are downgraded where it leaves files out.
        whole = [option for option in options if not option.startswith("--filter")]
        done = self._attempt(wanted, refs, whole, DOWNGRADED)
        return done, tuple(sorted({*rules, *broken_rules(done.errors)} & set(HARMLESS)))

    def _attempt(
        self,
        wanted: "_Wanted",
        refs: Sequence[str],
        options: Sequence[str],
        rules: Sequence[str],
    ) -> Finished:
        place, into = wanted.place, wanted.repository.parent
        create = ("init", "--quiet", "--bare", "--template=", "--initial-branch=main")
        command = (
            *rules,
            f"--git-dir={wanted.repository}",
            *("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head"),
            *options,
            *("--stdin", "--", place.url),
        )
        # The names come by a pipe, so that nothing is fetched before the limits are in force.
        names = "".join(f"{ref}\n" for ref in refs).encode()
        with workspace() as home:
            done = self._run((*create, str(wanted.repository)), into, home=home)
            _succeeded(done, place)
            # An attempt before this one may have noted a filter, which git would use again.
            (wanted.repository / "config").write_text(_PLAIN, encoding="ascii")
            return self._run(command, into, home=home, place=place, stdin=names)

    def _admitted(self, url: str) -> Admitted:
        return admit(url, named=self.named, resolver=self.resolver, network=self.network)

    def _run(
        self,
        command: Sequence[str],
        folder: Path,
        *,
        home: Path,
        place: Admitted | None = None,
        stdin: bytes = b"",
    ) -> Finished:
        """Run git; it may reach ``place``, and nothing where there is none."""
        settings = CONFIGURATION if place is None else {**CONFIGURATION, **self._way(place, home)}
        options = chain.from_iterable(("-c", f"{key}={text}") for key, text in settings.items())
        known = environment(self.program, home, place.scheme if place else "none")
        run = partial(
            run_bounded,
            (str(self.program), *options, *command),
            environment={**known, **_proxied(place)},
            folder=folder,
            stdin=stdin,
            limits=self.limits,
        )
        if place is None:
            return run()
        with noted(f"git, from {place.url}{through(place.proxy)}") as entry:
            done = run()
            entry.add(_size(folder) if folder != home else len(done.output))
            return done

    def _way(self, place: Admitted, home: Path) -> dict[str, str]:
        """Return how git gets to a place: to the address that was checked, and whom it trusts."""
        found: dict[str, str] = {}
        if place.pin is not None:
            address = f"[{place.pin}]" if ":" in place.pin else place.pin
            # A second look-up of the host must not give another address.
            found["http.curloptResolve"] = f"{place.host}:{place.port}:{address}"
        named = self.network.authorities
        if named is not None and place.scheme == "https":
            trusting(self.network)
            # That folder holds none: the system's own are not trusted besides.
            found |= {
                "http.sslCAInfo": str(bundle(self.network, home)),
                "http.sslCAPath": str(home),
            }
        return found


def _size(folder: Path) -> int:
    """Return how many bytes lie in the packs below a folder."""
    return sum(one.stat().st_size for one in folder.rglob("*.pack"))


def _proxied(place: Admitted | None) -> dict[str, str]:
    """Return what tells git of a proxy; not as arguments, which every user here can list."""
    proxy = place.proxy if place else None
    if proxy is None:
        return {}
    secret = proxy.secret
    found = {"http.proxy": f"http://{secret}@{proxy}" if secret else proxy.url}
    if secret:
        found["http.proxyAuthMethod"] = "basic"
    numbered = {
        f"GIT_CONFIG_{part}_{at}": text
        for at, pair in enumerate(found.items())
        for part, text in zip(("KEY", "VALUE"), pair, strict=True)
    }
    return {"GIT_CONFIG_COUNT": str(len(found)), **numbered}


def _succeeded(done: Finished, place: Admitted | None = None) -> Finished:
    if done.status:
        url = place.url if place else "the history"
        raise failure(done, url, proxy=place.proxy if place else None)
    return done


def _settled(wanted: _Wanted, done: Finished, rules: tuple[str, ...]) -> Fetched:
    _succeeded(done, wanted.place)
    # A fetch that leaves files out notes where to get them: what is not here is not to be got.
    (wanted.repository / "config").write_text(_PLAIN, encoding="ascii")
    return Fetched(wanted.repository, rules)


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
