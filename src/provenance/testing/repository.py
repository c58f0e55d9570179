"""A bare git repository with an LFS store: what a Hub keeps behind each id.

Everything about a commit is given (author, date, message, files), so equal input gives equal ids,
whatever the user's own git configuration says.
"""

import hashlib
import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Self

import attrs

MEBIBYTE = 2**20
DATE = "2026-01-01T00:00:00+00:00"
# What a Hub keeps in LFS: files of these kinds, and every file from 10 MiB on.
LFS_SUFFIXES = frozenset(
    [
        ".bin",
        ".ckpt",
        ".gguf",
        ".h5",
        ".model",
        ".msgpack",
        ".npz",
        ".onnx",
        ".parquet",
        ".pt",
        ".pth",
        ".safetensors",
        ".zip",
    ]
)
LFS_SIZE = 10 * MEBIBYTE
_POINTER_HEAD = b"version https://git-lfs.github.com/spec/v1\noid sha256:"
_LONGEST_POINTER = 200


@attrs.frozen
class TreeEntry:
    """One file of a commit: path, git object id, size in bytes, and LFS digest if it has one.

    ``pointer_size`` is the size of the LFS pointer's text, 0 where there is none.
    """

    path: str
    oid: str
    size: int
    lfs: str | None = None
    pointer_size: int = 0


@attrs.frozen
class Repository:
    """A bare repository and its LFS store (files named by their SHA-256)."""

    path: Path
    lfs: Path
    # A commit never changes: its files are listed once.
    _listed: dict[str, tuple[TreeEntry, ...]] = attrs.field(factory=dict, eq=False, repr=False)

    @classmethod
    def create(cls, path: Path, *, lfs: Path | None = None) -> Self:
        """Make an empty repository at ``path``; large files go to ``lfs``, else beside it."""
        store = lfs or path.with_name(f"{path.name}-lfs")
        store.mkdir(parents=True, exist_ok=True)
        path.mkdir(parents=True)
        made = cls(path, store)
        made.git("init", "--quiet", "--bare", "--template=", "--initial-branch=main", ".")
        for key in ("uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"):
            made.git("config", key, "true")
        return made

    def git(
        self,
        *arguments: str,
        data: bytes | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> bytes:
        """Run git in the repository and return what it prints; it sees no other configuration."""
        done = subprocess.run(  # noqa: S603 - our own arguments
            ("git", "-C", str(self.path), *arguments),  # noqa: S607 - the caller's git
            input=data,
            capture_output=True,
            check=True,
            env=git_environment() | dict(environment or {}),
        )
        return done.stdout

    def commit(
        self,
        files: Mapping[str, bytes | Path],
        *,
        message: str,
        date: str = DATE,
        ref: str = "refs/heads/main",
        delete: Iterable[str] = (),
    ) -> str:
        """Add files (bytes, or a path that is read in chunks) on top of ``ref``.

        Args:
            files: contents by path; a file that belongs into LFS becomes a pointer.
            message: the commit's message.
            date: the author's and committer's date, ISO 8601.
            ref: the ref that moves; its tip, if it has one, is the parent.
            delete: paths to take away.

        Returns:
            The commit's 40 hex digits.

        """
        parent = self.resolve(ref)
        index = {"GIT_INDEX_FILE": str(self.path / "index.tmp")}
        self.git("read-tree", *([parent] if parent else ["--empty"]), environment=index)
        kept = self._store({path: self._text(path, data) for path, data in files.items()})
        rows = [f"100644 {oid}\t{path}\0" for path, oid in kept.items()]
        rows += [f"0 {'0' * 40}\t{path}\0" for path in delete]
        self.git(
            "update-index", "-z", "--index-info", data="".join(rows).encode(), environment=index
        )
        tree = self.git("write-tree", environment=index).decode().strip()
        dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        parents = ["-p", parent] if parent else []
        made = self.git("commit-tree", tree, *parents, "-m", message, environment=dates)
        commit = made.decode().strip()
        self.git("update-ref", ref, commit)
        Path(index["GIT_INDEX_FILE"]).unlink()
        return commit

    def tag(self, name: str, commit: str) -> None:
        """Name a commit."""
        self.git("update-ref", f"refs/tags/{name}", commit)

    def resolve(self, revision: str) -> str | None:
        """Return the commit that a commit, ref, branch or tag names, or ``None``."""
        if revision in self._listed:
            return revision
        for name in (revision, f"refs/heads/{revision}", f"refs/tags/{revision}"):
            try:
                found = self.git("rev-parse", "--quiet", "--verify", f"{name}^{{commit}}")
            except subprocess.CalledProcessError:
                continue
            return found.decode().strip()
        return None

    def entries(self, commit: str) -> tuple[TreeEntry, ...]:
        """Return the files of a commit, in git's order."""
        if commit not in self._listed:
            rows = self.git("ls-tree", "-r", "-l", "-z", "--full-tree", commit).split(b"\0")
            found = [_entry(row) for row in rows if row]
            texts = self._pointers(found)
            self._listed[commit] = tuple(_led(one, texts.get(one.oid, b"")) for one in found)
        return self._listed[commit]

    def folders(self, commit: str) -> tuple[TreeEntry, ...]:
        """Return the folders of a commit, in git's order."""
        listed = self.git("ls-tree", "-r", "-d", "-z", "--full-tree", commit).split(b"\0")
        rows = (row.split(b"\t", 1) for row in listed if row)
        return tuple(TreeEntry(name.decode(), meta.split()[2].decode(), 0) for meta, name in rows)

    def blob(self, oid: str) -> bytes:
        """Return the bytes of a git object: for a file in LFS, those of its pointer."""
        return self.git("cat-file", "blob", oid)

    def _pointers(self, entries: Iterable[TreeEntry]) -> Mapping[str, bytes]:
        """Return the text of every small object: one of them may be a pointer."""
        small = sorted({entry.oid for entry in entries if entry.size <= _LONGEST_POINTER})
        printed = self.git("cat-file", "--batch", data="".join(f"{it}\n" for it in small).encode())
        texts, at = {}, 0
        for oid in small:
            start = printed.index(b"\n", at) + 1
            size = int(printed[at : start - 1].split()[2])
            texts[oid], at = printed[start : start + size], start + size + 1
        return texts

    def _text(self, path: str, data: bytes | Path) -> bytes:
        """Return what git itself holds of a file; what belongs into LFS is put there."""
        size = data.stat().st_size if isinstance(data, Path) else len(data)
        if belongs_in_lfs(path, size):
            return self._pointer(data, size)
        return data.read_bytes() if isinstance(data, Path) else data

    def _store(self, texts: Mapping[str, bytes]) -> Mapping[str, str]:
        """Write objects, all with one command, and return their ids."""
        stream = b"".join(b"blob\ndata %d\n%b\n" % (len(it), it) for it in texts.values())
        self.git("fast-import", "--quiet", "--done", data=stream + b"done\n")
        return {path: _blob_id(text) for path, text in texts.items()}

    def _pointer(self, data: bytes | Path, size: int) -> bytes:
        """Put the bytes into the LFS store and return the pointer to them."""
        if isinstance(data, bytes):
            digest = hashlib.sha256(data).hexdigest()
            (self.lfs / digest).write_bytes(data)
        else:
            digest = _sha256(data)
            kept = self.lfs / digest
            if not kept.exists():
                kept.symlink_to(data.resolve())
        return _POINTER_HEAD + f"{digest}\nsize {size}\n".encode()


def belongs_in_lfs(path: str, size: int) -> bool:
    """Tell whether a Hub keeps a file of this name and size, in bytes, in LFS."""
    return Path(path).suffix.lower() in LFS_SUFFIXES or size >= LFS_SIZE


def _entry(row: bytes) -> TreeEntry:
    meta, name = row.split(b"\t", 1)
    _, _, oid, size = meta.decode().split()
    return TreeEntry(name.decode(), oid, int(size))


def _led(entry: TreeEntry, text: bytes) -> TreeEntry:
    """Return the entry of the file that a pointer leads to; any other text leads nowhere."""
    if not text.startswith(_POINTER_HEAD):
        return entry
    digest, _, rest = text.removeprefix(_POINTER_HEAD).partition(b"\n")
    real = int(rest.removeprefix(b"size "))
    return TreeEntry(entry.path, entry.oid, real, digest.decode(), entry.size)


def _blob_id(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def git_environment() -> dict[str, str]:
    """Return the environment for git: the caller's PATH, and nothing of its configuration."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": os.devnull,
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "provenance",
        "GIT_AUTHOR_EMAIL": "provenance@example.org",
        "GIT_COMMITTER_NAME": "provenance",
        "GIT_COMMITTER_EMAIL": "provenance@example.org",
    }
