"""What a model signature says: which files a model has, and how they were hashed."""

from enum import StrEnum, unique

import attrs

from provenance.values.digest import Algorithm, Digest
from provenance.values.path import RelPath
from provenance.values.tolerance import Tolerance

# What files may be hashed with; every verifier knows the first.
HASH_TYPES = (Algorithm.SHA256, Algorithm.BLAKE2B, Algorithm.BLAKE3)
# The specification's default for shards, in bytes.
SHARD_SIZE = 1_000_000_000


@unique
class Method(StrEnum):
    """Whether files are hashed whole or in parts of one size."""

    FILES = "files"
    SHARDS = "shards"


@attrs.frozen
class Serialization:
    """How a model's files were listed and hashed; ``shard_size`` is in bytes, for shards only.

    ``ignore_paths`` is what the signer left out, each with all below it.
    """

    method: Method = Method.FILES
    hash_type: Algorithm = Algorithm.SHA256
    allow_symlinks: bool = False
    shard_size: int | None = None
    ignore_paths: tuple[RelPath, ...] = ()


@attrs.frozen
class Span:
    """Some bytes of a file: from ``start`` up to but not including ``end``."""

    start: int
    end: int


@attrs.frozen
class Resource:
    """A file, or the part of it that ``span`` says, and the digest of its bytes."""

    path: RelPath
    digest: Digest
    span: Span | None = None

    @property
    def name(self) -> str:
        """Return the name that the resource has in a statement."""
        if self.span is None:
            return self.path.text
        return f"{self.path.text}:{self.span.start}:{self.span.end}"


@attrs.frozen
class ModelSignature:
    """Everything that a model signature lists, in its order; ``name`` is only informative.

    ``root`` is the SHA-256 over the digests in that order; signatures of model signing 0.2.0 have
    none. ``tolerated`` says in which ways the signature was written otherwise than it is today.
    """

    name: str
    root: Digest | None
    resources: tuple[Resource, ...]
    serialization: Serialization
    tolerated: tuple[Tolerance, ...] = ()

    @property
    def paths(self) -> frozenset[RelPath]:
        """Return the paths of all files that are listed, each once."""
        return frozenset(resource.path for resource in self.resources)
