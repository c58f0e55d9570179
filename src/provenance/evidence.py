"""Evidence that an audit kept: what is in a folder, and what a finding points to."""

from provenance.flows.auditing.kept_facts import KeptFact
from provenance.flows.shown_evidence import OnlyFacts, Shown, list_evidence, show_evidence
from provenance.values.evidence import Evidence, EvidenceKind, Where

__all__ = [
    "Evidence",
    "EvidenceKind",
    "KeptFact",
    "OnlyFacts",
    "Shown",
    "Where",
    "list_evidence",
    "show_evidence",
]
