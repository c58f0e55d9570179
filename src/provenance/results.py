"""What the functions of the package return, and what these are made of: for annotations."""

from provenance.cli.explanation import Explanation
from provenance.exports.mof_record import Side
from provenance.flows.assess import Assessed
from provenance.flows.compare import Compared
from provenance.flows.loading.slices import TensorSlice
from provenance.flows.loading.tensors import VerifiedTensors
from provenance.flows.signing.closed_world import FilesDifferError
from provenance.flows.signing.sign import Bundles
from provenance.flows.signing.verify import Decision, PolicyUnmetError
from provenance.values.advice import Advice, Rule, Severity
from provenance.values.component_report import ComponentReport
from provenance.values.difference import Change, Difference
from provenance.values.finding import (
    Absent,
    Confirmed,
    Contradicted,
    Finding,
    Inapplicable,
    Unknown,
)
from provenance.values.hazard import Hazard, Limit
from provenance.values.inspection import Inspection, LinkSeen
from provenance.values.inventory import FileEntry, How, Inventory
from provenance.values.movement import Movement
from provenance.values.verified import Checked

__all__ = [
    "Absent",
    "Advice",
    "Assessed",
    "Bundles",
    "Change",
    "Checked",
    "Compared",
    "ComponentReport",
    "Confirmed",
    "Contradicted",
    "Decision",
    "Difference",
    "Explanation",
    "FileEntry",
    "FilesDifferError",
    "Finding",
    "Hazard",
    "How",
    "Inapplicable",
    "Inspection",
    "Inventory",
    "Limit",
    "LinkSeen",
    "Movement",
    "PolicyUnmetError",
    "Rule",
    "Severity",
    "Side",
    "TensorSlice",
    "Unknown",
    "VerifiedTensors",
]
