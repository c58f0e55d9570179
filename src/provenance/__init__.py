"""Say what a model release really contains, with evidence for every word.

>>> import provenance
>>> provenance.Ref.parse("org/name@main").uri
'hf:org/name'

What stands around these names is in ``provenance.digests``, ``evidence``, ``executors``, ``keys``,
``oms``, ``policies``, ``results`` and ``testing``; what lies below may change without a word.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from provenance.__about__ import __version__

if TYPE_CHECKING:
    from provenance.cli.explanation import explain
    from provenance.errors import (
        Code,
        ProvenanceError,
        ReleaseError,
        SourceError,
        ToolError,
        UsageError,
        VerificationError,
    )
    from provenance.flows.assess import assess_mof
    from provenance.flows.auditing.audit import audit
    from provenance.flows.compare import compare
    from provenance.flows.digesting.digest import digest
    from provenance.flows.export import export_mot
    from provenance.flows.inspect import inspect
    from provenance.flows.lint import lint
    from provenance.flows.loading.load import load
    from provenance.flows.signing.sign import dump_manifest, load_manifest, sign, sign_release
    from provenance.flows.signing.verify_target import decide, verify
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
    from provenance.values.verdict import Failed, Passed, Undecided
    from provenance.values.verified import Verified

# Loaded when first asked for: a program that only verifies never pays for the Hub's client.
_HOMES = {
    "ANY_RELEASE": "provenance.values.ref:ANY_RELEASE",
    "Code": "provenance.errors:Code",
    "Component": "provenance.values.component:Component",
    "Failed": "provenance.values.verdict:Failed",
    "Label": "provenance.values.label:Label",
    "Manifest": "provenance.values.manifest:Manifest",
    "Mirror": "provenance.values.settings:Mirror",
    "Passed": "provenance.values.verdict:Passed",
    "Policy": "provenance.values.policy:Policy",
    "ProvenanceError": "provenance.errors:ProvenanceError",
    "Ref": "provenance.values.ref:Ref",
    "ReleaseError": "provenance.errors:ReleaseError",
    "Rung": "provenance.values.rung:Rung",
    "Settings": "provenance.values.settings:Settings",
    "SourceError": "provenance.errors:SourceError",
    "ToolError": "provenance.errors:ToolError",
    "Undecided": "provenance.values.verdict:Undecided",
    "UsageError": "provenance.errors:UsageError",
    "VerificationError": "provenance.errors:VerificationError",
    "Verified": "provenance.values.verified:Verified",
    "assess_mof": "provenance.flows.assess:assess_mof",
    "audit": "provenance.flows.auditing.audit:audit",
    "compare": "provenance.flows.compare:compare",
    "decide": "provenance.flows.signing.verify_target:decide",
    "digest": "provenance.flows.digesting.digest:digest",
    "dump_manifest": "provenance.flows.signing.sign:dump_manifest",
    "explain": "provenance.cli.explanation:explain",
    "export_mot": "provenance.flows.export:export_mot",
    "generate_key": "provenance.signers.key:generate",
    "inspect": "provenance.flows.inspect:inspect",
    "judge": "provenance.policy.judge:judge",
    "lint": "provenance.flows.lint:lint",
    "load": "provenance.flows.loading.load:load",
    "load_manifest": "provenance.flows.signing.sign:load_manifest",
    "load_policy": "provenance.policy.file:parse",
    "sign": "provenance.flows.signing.sign:sign",
    "sign_release": "provenance.flows.signing.sign:sign_release",
    "verify": "provenance.flows.signing.verify_target:verify",
}

__all__ = [
    "ANY_RELEASE",
    "Code",
    "Component",
    "Failed",
    "Label",
    "Manifest",
    "Mirror",
    "Passed",
    "Policy",
    "ProvenanceError",
    "Ref",
    "ReleaseError",
    "Rung",
    "Settings",
    "SourceError",
    "ToolError",
    "Undecided",
    "UsageError",
    "VerificationError",
    "Verified",
    "__version__",
    "assess_mof",
    "audit",
    "compare",
    "decide",
    "digest",
    "dump_manifest",
    "explain",
    "export_mot",
    "generate_key",
    "inspect",
    "judge",
    "lint",
    "load",
    "load_manifest",
    "load_policy",
    "sign",
    "sign_release",
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
