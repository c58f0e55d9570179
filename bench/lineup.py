"""The line-ups: which tools meet on which data, floors first."""

from collections.abc import Sequence
from pathlib import Path

import attrs

from bench import tools
from bench.measure import Tool

COMMAND_SHA256 = "`provenance digest`, sha256"
COMMAND_TREE = "`provenance digest`, tree-sha256"
SHA256 = "provenance sha256"
TREE = "provenance tree-sha256"
LOAD_SHA256 = "provenance.load, by sha256"
LOAD_TREE = "provenance.load, by tree-sha256"
TOGETHER = "provenance sha256+gitblob+tree-sha256, one pass"
COMMAND_RECALL = "`provenance digest`, from its cache"
RECALL = "provenance sha256, from its cache"
SEPARATE = "provenance sha256, gitblob, tree-sha256, a pass for each"


@attrs.frozen
class Place:
    """Where a case runs: its data, the names of the files in it, and what lies beside them.

    ``expected`` is a file with the SHA-256 of each; ``aside`` is a folder for what tools remember.
    """

    folder: Path
    names: Sequence[str]
    expected: Path
    aside: Path


def _sha256() -> Tool:
    return tools.ours(SHA256, "digest", "sha256", ".", claim="sha256")


def large(place: Place) -> Sequence[Tool]:
    """Large files: all that hash whole files, and what hashes them in parts."""
    return (
        tools.read(),
        tools.hashlib(),
        _sha256(),
        tools.ours(TREE, "digest", "tree-sha256", ".", claim="tree-sha256"),
        tools.command(COMMAND_SHA256, "sha256"),
        tools.command(COMMAND_TREE, "tree-sha256"),
        tools.huggingface(place.expected),
        tools.signing("file", "sha256"),
        tools.signing("shard", "sha256"),
        tools.signing("file", "blake3"),
        tools.sha256sum(place.names),
        tools.b3sum(place.names),
    )


def small(place: Place) -> Sequence[Tool]:
    """Small files: where opening costs more than hashing."""
    return (
        tools.read(),
        tools.stat(),
        tools.hashlib(),
        tools.guarded(),
        _sha256(),
        tools.command(COMMAND_SHA256, "sha256"),
        tools.huggingface(place.expected),
        tools.signing("file", "sha256"),
        tools.signing("file", "blake3"),
        tools.sha256sum(place.names),
        tools.git(place.names),
        tools.b3sum(place.names),
    )


def again(place: Place) -> Sequence[Tool]:
    """Files that were hashed before, and that nobody touched."""
    return (
        tools.stat(),
        tools.read(),
        tools.recall(RECALL, place.aside / "cache"),
        tools.recall_command(COMMAND_RECALL, place.aside / "command"),
        _sha256(),
        tools.huggingface(place.expected),
    )


def passes(place: Place) -> Sequence[Tool]:
    """Several digests of one file."""
    return (
        tools.read(),
        tools.hashlib(),
        tools.ours(TOGETHER, "digest", "gitblob,sha256,tree-sha256", ".", claim="gitblob"),
        tools.ours(SEPARATE, "separate", "sha256,gitblob,tree-sha256", ".", claim="sha256"),
        tools.sha256sum(place.names),
        tools.git(place.names),
    )


def loading(place: Place) -> Sequence[Tool]:
    """Tensors into memory: what it costs to know that they are the right ones."""
    (name,) = place.names
    return (
        tools.read(),
        tools.memory(),
        tools.hashlib(),
        tools.load_file(name),
        tools.load(LOAD_SHA256, "sha256", name, place.aside / "sha256.json"),
        tools.load(LOAD_TREE, "tree-sha256", name, place.aside / "tree-sha256.json"),
    )


def sparse(_: Place) -> Sequence[Tool]:
    """A file larger than any memory: what counts is how much of it is held."""
    return (
        tools.nothing(),
        tools.ours(TREE, "digest", "tree-sha256", "."),
        tools.command(COMMAND_TREE, "tree-sha256"),
    )
