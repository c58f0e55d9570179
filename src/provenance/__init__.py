"""Say what a model release really contains, with evidence for every word.

>>> import provenance
>>> provenance.Ref.parse("org/name@main").uri
'hf:org/name'
"""

from importlib import import_module
from typing import TYPE_CHECKING

from provenance.__about__ import __version__

if TYPE_CHECKING:
    from provenance.errors import (
        ProvenanceError,
        ReleaseError,
        SourceError,
        ToolError,
        UsageError,
        VerificationError,
    )
    from provenance.flows.audit import audit
    from provenance.flows.load import load
    from provenance.flows.sign import dump_manifest, load_manifest, sign
    from provenance.flows.verify_target import verify
    from provenance.policy.file import parse as load_policy
    from provenance.policy.judge import judge
    from provenance.signers.key import generate as generate_key
    from provenance.values.component import Component
    from provenance.values.label import Label
    from provenance.values.manifest import Manifest
    from provenance.values.policy import Policy
    from provenance.values.ref import ANY_RELEASE, Ref
    from provenance.values.rung import Rung
    from provenance.values.settings import Mirror, Settings
    from provenance.values.verified import Verified

# Loaded when first asked for: a program that only verifies never pays for the Hub's client.
_HOMES = {
    "ANY_RELEASE": "provenance.values.ref:ANY_RELEASE",
    "Component": "provenance.values.component:Component",
    "Label": "provenance.values.label:Label",
    "Manifest": "provenance.values.manifest:Manifest",
    "Mirror": "provenance.values.settings:Mirror",
    "Policy": "provenance.values.policy:Policy",
    "ProvenanceError": "provenance.errors:ProvenanceError",
    "Ref": "provenance.values.ref:Ref",
    "ReleaseError": "provenance.errors:ReleaseError",
    "Rung": "provenance.values.rung:Rung",
    "Settings": "provenance.values.settings:Settings",
    "SourceError": "provenance.errors:SourceError",
    "ToolError": "provenance.errors:ToolError",
    "UsageError": "provenance.errors:UsageError",
    "VerificationError": "provenance.errors:VerificationError",
    "Verified": "provenance.values.verified:Verified",
    "audit": "provenance.flows.audit:audit",
    "dump_manifest": "provenance.flows.sign:dump_manifest",
    "generate_key": "provenance.signers.key:generate",
    "judge": "provenance.policy.judge:judge",
    "load": "provenance.flows.load:load",
    "load_manifest": "provenance.flows.sign:load_manifest",
    "load_policy": "provenance.policy.file:parse",
    "sign": "provenance.flows.sign:sign",
    "verify": "provenance.flows.verify_target:verify",
}

__all__ = [
    "ANY_RELEASE",
    "Component",
    "Label",
    "Manifest",
    "Mirror",
    "Policy",
    "ProvenanceError",
    "Ref",
    "ReleaseError",
    "Rung",
    "Settings",
    "SourceError",
    "ToolError",
    "UsageError",
    "VerificationError",
    "Verified",
    "__version__",
    "audit",
    "dump_manifest",
    "generate_key",
    "judge",
    "load",
    "load_manifest",
    "load_policy",
    "sign",
    "verify",
]


def __getattr__(name: str) -> object:
    """Load a public name from where it lives, once."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, attribute = home.partition(":")
    value: object = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
