"""Tolerances: in which ways older and other signers write model signatures, and none else."""

from enum import StrEnum, unique


@unique
class Tolerance(StrEnum):
    """One way in which a bundle differs from OMS v1.0 as this package writes it; read, and told."""

    KEYID_ABSENT = "keyid is absent"
    KEYID_NULL = "keyid is null"
    LOG_ABSENT = "tlogEntries is absent"
    HINT_ABSENT = "the bundle does not name its key: it is the one that the caller gave"
    KEY_EMBEDDED = "the public key is embedded, not named by a hint (before 1.1.0)"
    TIMESTAMPS = "timestamps are there, and were not looked at"
    PREDICATE_MINOR = "a later 1.x of the predicate, read as 1.0"
    IGNORE_ABSENT = "ignore_paths is absent (before 1.1.0)"
    SHARD_SIZE_FLOAT = "shard_size is a float"
    SHARDED_ALGORITHM = "the algorithms of shards are named with their size"
    ORDER_BY_PARTS = "resources are sorted by the parts of their paths, not by code points"
    ORDER_BY_OFFSETS = "shards are sorted by their offsets, not by code points"
    SINGLE_FILE_DOT = "the model is one file, named '.' (before 1.1.0)"
    RESOURCE_FIELDS = "resources have fields of their own, left aside as the format says"
    SUBJECT_FIELDS = "the subject has fields or digests of its own, left aside"
    LEGACY = "signed as model signing 0.2.0 did: no root digest, and its own encoding"
