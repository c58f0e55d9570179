"""Folders with names, links and files that lead astray, and some that do not."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

from provenance.errors import Code
from tests.hostile.corpus import Build, Case, clean, files, refused, reported
from tests.hostile.weights import ENTRY, raw

BASE = {"config.json": b"{}", "model.safetensors": raw(b'{"a":' + ENTRY + b"}")}


def base(more: Callable[[Path], object] | None = None, **names: bytes) -> Build:
    """Return what writes a small release and something beside it."""

    def build(folder: Path) -> None:
        files(BASE | names)(folder)
        if more is not None:
            more(folder)

    return build


def named(name: str) -> Build:
    """Return what writes a small release with one more file of this name."""
    return base(lambda folder: (folder / name).write_bytes(b"x"))


def link(target: str, name: str = "tokenizer.json") -> Build:
    """Return what writes a small release with a link."""
    return base(lambda folder: (folder / name).symlink_to(target))


def _socket(folder: Path) -> None:
    here = Path.cwd()
    os.chdir(folder)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("w.bin")
    os.chdir(here)


def _not_utf8(folder: Path) -> None:
    with open(os.fsencode(folder) + b"/w\xff.bin", "wb"):  # noqa: PTH123 - a name in bytes
        pass


def _sparse(folder: Path) -> None:
    with (folder / "weights.dat").open("wb") as file:
        file.truncate(10 * 2**40)


def _hard_link(folder: Path) -> None:
    (folder.parent / "secret").write_bytes(b"S")
    os.link(folder.parent / "secret", folder / "x.dat")


def _inside(folder: Path) -> None:
    (folder / "blobs").mkdir()
    (folder / "blobs" / "a").write_bytes(b"x")
    (folder / "b.txt").symlink_to("blobs/a")


CASES: tuple[Case, ...] = (
    clean("fs_plain", base()),
    clean("fs_unicode", named("模型-é-😀.txt")),
    clean("fs_dash", named("--upload-pack=touch CANARY")),
    clean("fs_long_name", named("n" * 255)),
    clean("fs_link_inside", base(_inside)),
    refused("fs_link_absolute", Code.FS_SYMLINK_ESCAPE, link("/etc/passwd")),
    refused("fs_link_out", Code.FS_SYMLINK_ESCAPE, link("../secret")),
    refused("fs_link_card", Code.FS_SYMLINK_ESCAPE, link("/etc/passwd", "README.md")),
    refused("fs_link_loop", Code.FS_SYMLINK_LOOP, link("tokenizer.json")),
    refused("fs_link_folder", Code.FS_SYMLINK_LOOP, link(".", "loop")),
    refused("fs_link_broken", Code.FS_SYMLINK_BROKEN, link("nowhere")),
    refused("fs_link_device", Code.FS_SPECIAL, link("/dev/zero")),
    refused("fs_pipe", Code.FS_SPECIAL, base(lambda folder: os.mkfifo(folder / "w.bin"))),
    refused("fs_socket", Code.FS_SPECIAL, base(_socket)),
    refused("fs_not_utf8", Code.NAME_ENCODING, base(_not_utf8)),
    refused("fs_empty", Code.EMPTY, lambda folder: (folder / "x").mkdir()),
    reported("fs_sparse", Code.RESOURCE, base(_sparse)),
    reported("fs_hard_link", Code.FS_HARDLINK, base(_hard_link)),
    reported("fs_new_line", Code.NAME_CTRL, named("a\n0000  config.json")),
    reported("fs_escape", Code.NAME_CTRL, named("x\x1b[2K\x1b[1Gverified OK")),
    reported("fs_look_alike", Code.NAME_CONFUSABLE, named("\u0441onfig.json")),
    reported("fs_backslash", Code.NAME_PORTABLE, named("a\\..\\b.dat")),
    reported("fs_reserved", Code.NAME_PORTABLE, named("aux.json")),
    reported("fs_case", Code.NAME_CASEFOLD, named("Config.json")),
)
