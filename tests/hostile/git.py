"""Repositories that lead astray, swell or break git's rules, and some that do none of it."""

import hashlib
import zlib
from collections.abc import Callable

import attrs

from provenance.errors import Code
from tests.doors.served import Answer, Hosted
from tests.hostile.corpus import Ends
from tests.hostile.git_servers import (
    Answers,
    after_the_pack,
    always,
    as_it_is,
    dumb,
    more_objects,
    only_post,
    other_bytes,
    other_size,
)


@attrs.frozen
class GitCase:
    """A repository that ``build`` makes, how its server answers, and how looking at it ends."""

    id: str
    ends: Ends
    build: Callable[[Hosted], object]
    code: Code | None = None
    serve: Callable[[Answers], Answers] = as_it_is


def clean(
    case_id: str, build: Callable[[Hosted], object], serve: Callable[[Answers], Answers] = as_it_is
) -> GitCase:
    """Return a benign case: refusing it would be too strict."""
    return GitCase(case_id, Ends.CLEAN, build, None, serve)


def reported(case_id: str, code: Code, build: Callable[[Hosted], object]) -> GitCase:
    """Return a case that the source must name."""
    return GitCase(case_id, Ends.REPORTED, build, code)


def refused(
    case_id: str,
    code: Code,
    build: Callable[[Hosted], object],
    serve: Callable[[Answers], Answers] = as_it_is,
) -> GitCase:
    """Return a case that must end in an error of this code."""
    return GitCase(case_id, Ends.REFUSED, build, code, serve)


def canary(hosted: Hosted) -> str:
    """Return a command of a shell that says that it was run."""
    return f"touch {hosted.path.parent.parent / 'CANARY'}"


def plain(hosted: Hosted) -> str:
    """Commit one small file."""
    return hosted.files({"train.py": b"print(1)\n"})


def entries(*wanted: tuple[str, str | bytes, bytes]) -> Callable[[Hosted], str]:
    """Return what commits a tree of these (mode, name, bytes of the file)."""

    def build(hosted: Hosted) -> str:
        found = [(mode, name, hosted.object("blob", data)) for mode, name, data in wanted]
        return hosted.commit(hosted.tree(*found))

    return build


def below(name: str | bytes) -> Callable[[Hosted], str]:
    """Return what commits a folder of this name with a file in it."""

    def build(hosted: Hosted) -> str:
        inner = hosted.tree(("100644", "evil", hosted.object("blob", b"x")))
        return hosted.commit(hosted.tree(("40000", name, inner)))

    return build


def case_collision(hosted: Hosted) -> str:
    """Commit a folder ``A`` and a link ``a`` to git's own: CVE-2024-32002, CVE-2021-21300."""
    blob = hosted.object("blob", b".git")
    inner = hosted.tree(("100644", "x", blob))
    return hosted.commit(hosted.tree(("40000", "A", inner), ("120000", "a", blob)))


def modules(url: str = "https://github.com/o/r", name: str = "sub", more: str = "") -> str:
    """Return a `.gitmodules` of one submodule."""
    return f'[submodule "{name}"]\n\tpath = sub\n\turl = {url}\n{more}'


def submodule(text: Callable[[str], str]) -> Callable[[Hosted], str]:
    """Return what commits a submodule, and a `.gitmodules` made with the canary's command."""

    def build(hosted: Hosted) -> str:
        blob = hosted.object("blob", text(canary(hosted)).encode())
        tree = hosted.tree(("100644", ".gitmodules", blob), ("160000", "sub", "1" * 40))
        return hosted.commit(tree)

    return build


POINTER = (
    b"version https://git-lfs.github.com/spec/v1\n"
    b"oid sha256:" + b"0" * 64 + b"\nsize 99999999999999\n"
)


def tree_bomb(hosted: Hosted) -> str:
    """Commit 10^10 paths in twelve objects."""
    blob = hosted.object("blob", b"one laugh\n")
    tree = hosted.tree(*(("100644", f"f{it}", blob) for it in range(10)))
    for _ in range(9):
        tree = hosted.tree(*(("40000", f"d{it}", tree) for it in range(10)))
    return hosted.commit(tree)


def loose(hosted: Hosted, kind: str, data: bytes) -> str:
    """Write an object without git's help, and return its id."""
    whole = f"{kind} {len(data)}\0".encode() + data
    oid = hashlib.sha1(whole, usedforsecurity=False).hexdigest()
    path = hosted.path / "objects" / oid[:2] / oid[2:]
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(zlib.compress(whole, 1))
    return oid


def deep(hosted: Hosted, depth: int) -> str:
    """Commit a file below so many folders."""
    tree = hosted.tree(("100644", "f", hosted.object("blob", b"x")))
    for _ in range(depth):
        tree = loose(hosted, "tree", b"40000 d\0" + bytes.fromhex(tree))
    return hosted.commit(tree)


def zeros(mebibytes: int) -> Callable[[Hosted], str]:
    """Return what commits one file of zeros, a thousandth of it on the wire."""

    def build(hosted: Hosted) -> str:
        zero = bytes(2**20)
        head = b"blob %d\0" % (mebibytes * 2**20)
        digest = hashlib.sha1(head, usedforsecurity=False)
        squeezed = zlib.compressobj(1)
        parts = [squeezed.compress(head)]
        for _ in range(mebibytes):
            digest.update(zero)
            parts.append(squeezed.compress(zero))
        oid = digest.hexdigest()
        path = hosted.path / "objects" / oid[:2] / oid[2:]
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"".join((*parts, squeezed.flush())))
        return hosted.commit(hosted.tree(("100644", "w.bin", oid)))

    return build


def without_filters(build: Callable[[Hosted], object]) -> Callable[[Hosted], object]:
    """Return what builds the same on a server that knows no filters."""

    def built(hosted: Hosted) -> object:
        hosted.git("config", "uploadpack.allowFilter", "false")
        return build(hosted)

    return built


def wrong_hash(what: str) -> Callable[[Hosted], None]:
    """Return what puts other bytes under the name of an object; ``what`` follows the commit."""

    def build(hosted: Hosted) -> None:
        oid = hosted.git("rev-parse", f"{plain(hosted)}{what}")
        blob = hosted.object("blob", b"evil")
        tree = b"100644 train.py\0" + bytes.fromhex(blob)
        evil = (b"tree", tree) if what == "^{tree}" else (b"blob", b"evil\n")
        path = hosted.path / "objects" / oid[:2] / oid[2:]
        path.chmod(0o644)
        path.write_bytes(zlib.compress(b"%s %d\0" % (evil[0], len(evil[1])) + evil[1]))

    return build


def alternates(hosted: Hosted) -> None:
    """Have the repository look for objects in another folder of the server's."""
    plain(hosted)
    info = hosted.path / "objects" / "info"
    info.mkdir(exist_ok=True)
    (info / "alternates").write_text("/etc\n")
    (info / "http-alternates").write_text("http://169.254.169.254/objects\n")


def evil_config(hosted: Hosted) -> None:
    """Have configuration, hooks and attributes that would run a program."""
    command = canary(hosted)
    script = f"#!/bin/sh\n{command}\n"
    attributes = b"* filter=evil diff=evil merge=evil\n"
    hosted.files({".gitattributes": attributes, "train.py": b"print(1)\n", "hooks": b"x"})
    hooks = hosted.path / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-checkout", "post-merge", "reference-transaction", "pre-auto-gc"):
        (hooks / name).write_text(script)
        (hooks / name).chmod(0o755)
    with (hosted.path / "config").open("a") as file:
        file.write(f"[core]\n\tfsmonitor = {command}\n\tsshCommand = {command}\n")
        file.write(f"\tpager = {command}\n\thooksPath = hooks\n")
        file.write(f'[filter "evil"]\n\tsmudge = {command}\n\tclean = {command}\n')
        file.write(f"[uploadpack]\n\tpackObjectsHook = {command}\n")


def ref_names(hosted: Hosted) -> None:
    """Have branches that look like an option, like another commit and like HEAD."""
    good = hosted.files({"a": b"good"})
    evil = hosted.files({"a": b"evil"}, "refs/heads/other")
    for name in (good, "a" * 40, "--upload-pack=x", "HEAD"):
        path = hosted.path / "refs" / "heads" / name
        path.write_text(f"{evil}\n")


def replaced(hosted: Hosted) -> None:
    """Have git's own replacement of a file by another."""
    commit = plain(hosted)
    oid = hosted.git("rev-parse", f"{commit}:train.py")
    hosted.git("update-ref", f"refs/replace/{oid}", hosted.object("blob", b"evil\n"))


def twice(hosted: Hosted) -> str:
    """Commit a tree with two files of one name."""
    one, two = (hosted.object("blob", data) for data in (b"1", b"2"))
    return hosted.commit(hosted.tree(("100644", "a", one), ("100644", "a", two)))


def unsorted(hosted: Hosted) -> str:
    """Commit a tree whose order hides a file from those who search it by halves."""
    blob = hosted.object("blob", b"x")
    return hosted.commit(hosted.tree(("100644", "b", blob), ("100644", "a", blob)))


def padded(hosted: Hosted) -> str:
    """Commit what a program of 2008 wrote: a mode with a zero before it."""
    inner = hosted.tree(("100644", "a", hosted.object("blob", b"x")))
    return hosted.commit(hosted.tree(("040000", "d", inner)))


def bundles(hosted: Hosted) -> None:
    """Advertise a bundle at an address inside the server's network."""
    plain(hosted)
    hosted.git("config", "uploadpack.advertiseBundleURIs", "true")
    hosted.git("config", "bundle.version", "1")
    hosted.git("config", "bundle.mode", "all")
    hosted.git("config", "bundle.one.uri", "http://169.254.169.254/one.bundle")


def promised(hosted: Hosted) -> str:
    """Commit a file that is not here but promised by another server."""
    commit = plain(hosted)
    oid = hosted.git("rev-parse", f"{commit}:train.py")
    (hosted.path / "objects" / oid[:2] / oid[2:]).unlink()
    hosted.git("config", "remote.other.promisor", "true")
    hosted.git("config", "remote.other.url", f"ext::sh -c {canary(hosted).replace(' ', '% ')}")
    hosted.git("config", "extensions.partialClone", "other")
    return commit


def dumb_alternates(hosted: Hosted) -> None:
    """Have plain files that lead to another server's objects."""
    alternates(hosted)
    hosted.git("update-server-info")


# A list of plain files' names, of 20 MiB.
NAMES = b"".join(b"1" * 40 + b"\trefs/heads/%0200d\n" % number for number in range(84_000))
URLS = {
    "gt_submodule_ext": "ext::sh -c touch% CANARY",
    "gt_submodule_dash_url": "--upload-pack=touch CANARY",
    "gt_submodule_file": "file:///etc",
    "gt_url_path": "/etc",
    "gt_url_relative": "../../x",
    "gt_url_credentials": "https://user:secret@github.com/o/r",
    "gt_url_token": "https://token@github.com/o/r",
    "gt_url_ssh": "ssh://-oProxyCommand=x/y",
    "gt_url_scp": "git@-oProxyCommand=x:y",
    "gt_url_git": "git://github.com/o/r",
    "gt_url_plain": "http://github.com/o/r",
    "gt_url_descriptor": "fd::17",
    "gt_url_upwards": "https://github.com/o/../../x",
    "gt_url_hostless": "https:///evil.example/r",
    "gt_url_line": "https://github.com/o/r\r\nX: y",
    "gt_url_shell": "https://github.com/o/r;touch CANARY",
    "gt_url_query": "https://github.com/o/r?x=y",
    "gt_url_inward": "https://127.0.0.1/o/r",
    "gt_url_metadata": "https://169.254.169.254/o/r",
    "gt_url_port": "https://140.82.112.3:8443/o/r",
}
REVISIONS = ("--upload-pack=touch CANARY", "-u", "a..b", "a b", "a\nb", "refs/heads/x:refs/y", "^a")

CASES: tuple[GitCase, ...] = (
    clean("gt_ok", plain),
    clean("gt_evil_config", evil_config),
    clean("gt_alternates", alternates),
    clean("gt_replaced", replaced),
    clean("gt_bundle_uri", bundles),
    reported("gt_symlink_escape", Code.GIT_SYMLINK, entries(("120000", "data", b"/etc/passwd"))),
    reported("gt_case_collision", Code.NAME_CASEFOLD, case_collision),
    reported(
        "gt_submodule_ext",
        Code.GIT_SUBMODULE,
        submodule(lambda run: modules(f"ext::sh -c {run.replace(' ', '% ')}")),
    ),
    reported("gt_submodule_file", Code.GIT_SUBMODULE, submodule(lambda _: modules("file:///etc"))),
    refused(
        "gt_submodule_dash_url",
        Code.GIT_SUBMODULE,
        submodule(lambda run: modules(f"--upload-pack={run}")),
    ),
    refused(
        "gt_submodule_update_cmd",
        Code.GIT_SUBMODULE,
        submodule(lambda run: modules(more=f"\tupdate = !{run}\n")),
    ),
    refused(
        "gt_submodule_name_traversal",
        Code.GIT_SUBMODULE,
        submodule(lambda _: modules(name="../../hooks")),
    ),
    reported(
        "gt_lfs_pointers",
        Code.GIT_LFS,
        entries(
            ("100644", ".gitattributes", b"*.bin filter=lfs diff=lfs merge=lfs\n* filter=evil\n"),
            ("100644", ".lfsconfig", b"[lfs]\n\turl = http://169.254.169.254/\n"),
            ("100644", "w.bin", POINTER),
        ),
    ),
    reported("gt_ref_names", Code.GIT_REF, ref_names),
    reported("gt_padded_mode", Code.GIT_FSCK, padded),
    reported("gt_escape", Code.NAME_CTRL, entries(("100644", "x\x1b[2K", b""))),
    reported("gt_not_utf8", Code.NAME_ENCODING, entries(("100644", b"\xff", b""))),
    reported("gt_backslash", Code.NAME_PORTABLE, entries(("100644", "a\\..\\b", b""))),
    refused("gt_dotdot_entry", Code.GIT_FSCK, below("..")),
    refused("gt_dot_entry", Code.GIT_FSCK, below(".")),
    refused("gt_slash_in_name", Code.GIT_FSCK, entries(("100644", "../../evil", b"x"))),
    refused("gt_git_entry", Code.GIT_FSCK, below(".git")),
    refused("gt_git_entry_case", Code.GIT_FSCK, below(".GiT")),
    refused("gt_git_entry_short", Code.GIT_FSCK, below("git~1")),
    refused("gt_git_entry_ignored", Code.GIT_FSCK, below(".g\u200cit".encode())),
    refused("gt_modules_link", Code.GIT_SUBMODULE, entries(("120000", ".gitmodules", b"x"))),
    refused("gt_twice", Code.GIT_FSCK, twice),
    refused("gt_unsorted", Code.GIT_FSCK, unsorted),
    refused("gt_tree_bomb", Code.RESOURCE, tree_bomb),
    refused("gt_big_blob", Code.RESOURCE, zeros(256)),
    refused("gt_big_blob_unfiltered", Code.RESOURCE, without_filters(zeros(64))),
    refused("gt_promised", Code.GIT_FAILED, promised),
    refused("gt_wrong_object_hash", Code.GIT_CORRUPT, wrong_hash("^{tree}")),
    refused("gt_wrong_file_hash", Code.RESOURCE, wrong_hash(":train.py")),
    refused("gt_pack_count", Code.RESOURCE, plain, after_the_pack(more_objects)),
    refused("gt_pack_size", Code.GIT_CORRUPT, plain, after_the_pack(other_size)),
    refused("gt_pack_bytes", Code.GIT_CORRUPT, plain, after_the_pack(other_bytes)),
    refused("gt_hangs", Code.TIMEOUT, plain, always(Answer(hang=True))),
    refused("gt_pack_hangs", Code.TIMEOUT, plain, only_post(lambda said: said._replace(hang=True))),
    refused("gt_pack_cut", Code.NETWORK, plain, only_post(lambda said: said._replace(cut=60))),
    refused("gt_dumb", Code.GIT_FAILED, dumb_alternates, dumb),
    refused("gt_many_names", Code.RESOURCE, plain, always(Answer(200, NAMES))),
    refused("gt_page", Code.GIT_FAILED, plain, always(Answer(200, b"<html>"))),
)
