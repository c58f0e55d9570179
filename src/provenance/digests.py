"""Digests of files and folders: public names around :func:`provenance.digest`."""

from provenance.flows.digesting.check_digests import Checked, Expected, check_digests, read_list
from provenance.flows.digesting.digest import Digesting
from provenance.flows.digesting.known_digests import Memory
from provenance.hashing.share import merge
from provenance.stores.digest_cache import DigestCache
from provenance.values.digest import Algorithm, Digest
from provenance.values.digest_list import DigestList, Row, Share, Trouble
from provenance.values.tensor_digest import TensorDigest
from provenance.wire.digests_json import encode_digests, parse_digests

__all__ = [
    "Algorithm",
    "Checked",
    "Digest",
    "DigestCache",
    "DigestList",
    "Digesting",
    "Expected",
    "Memory",
    "Row",
    "Share",
    "TensorDigest",
    "Trouble",
    "check_digests",
    "encode_digests",
    "merge",
    "parse_digests",
    "read_list",
]
