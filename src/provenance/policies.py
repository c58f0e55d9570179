"""Policies: writing one, saying what it demands, and handing a verdict on.

One is read by :func:`provenance.load_policy`, and held against a manifest by
:func:`provenance.judge`.
"""

from provenance.policy.explain import explain
from provenance.policy.schema import json_schema
from provenance.policy.template import template
from provenance.values.verdict import Answer, State, Verdict
from provenance.wire.summaries import Summary, encode_svr, encode_vsa

__all__ = [
    "Answer",
    "State",
    "Summary",
    "Verdict",
    "encode_svr",
    "encode_vsa",
    "explain",
    "json_schema",
    "template",
]
