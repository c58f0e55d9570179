"""Releases of weights in a folder, with manifests that list them as they are."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

import attrs
import numpy as np
import safetensors.numpy
from numpy.typing import NDArray

from provenance.values.digest import Algorithm, Digest, DigestSet
from provenance.values.inventory import FileEntry, How, Inventory
from provenance.values.manifest import Manifest
from provenance.values.path import RelPath
from provenance.values.tree import LEAF, Leaves
from provenance.values.tree_hash import TreeHash
from tests.building import MANIFEST

Arrays = Mapping[str, NDArray[np.generic]]

#: Three leaves and a bit: `first` crosses a leaf's end, `last` begins and ends in the last one.
ARRAYS: Arrays = {
    "first": np.arange(LEAF // 4 + 1000, dtype=np.float32),
    "middle": np.arange(LEAF // 2, dtype=np.int32).reshape(2, -1),
    "last": np.arange(100, dtype=np.uint8),
}
NAME = "model.safetensors"


def release(folder: Path, files: Mapping[str, Arrays] | None = None) -> Path:
    """Write safetensors files into a folder and return it."""
    for name, arrays in (files or {NAME: ARRAYS}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(safetensors.numpy.save(dict(arrays), metadata={"format": "np"}))
    return folder


def leaves_of(path: Path) -> Leaves:
    """Return the leaves of a file."""
    tree = TreeHash()
    tree.update(path.read_bytes())
    return tree.leaves


def entry(folder: Path, name: str, *, tree: bool) -> FileEntry:
    """Return what a manifest lists of a file, with the root of its tree or without."""
    data = (folder / name).read_bytes()
    digests = [Digest(Algorithm.SHA256, hashlib.sha256(data).digest())]
    if tree:
        digests.append(leaves_of(folder / name).root)
    return FileEntry(RelPath(name), len(data), how=How.READ, digests=DigestSet(tuple(digests)))


def listing(*entries: FileEntry) -> Manifest:
    """Return a manifest that lists these files."""
    return attrs.evolve(MANIFEST, inventory=Inventory(entries))


def manifest(folder: Path, *, tree: bool) -> Manifest:
    """Return a manifest that lists every file of a folder as it is now."""
    files = (path for path in folder.rglob("*") if path.is_file())
    names = [path.relative_to(folder).as_posix() for path in files]
    return listing(*(entry(folder, name, tree=tree) for name in names))


def flip(path: Path, at: int) -> None:
    """Change one bit of a file, and nothing else that can be seen of it."""
    status = path.stat()
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
