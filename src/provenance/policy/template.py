"""A first policy to start from: every key with its meaning, most of them commented out."""

from collections.abc import Iterable

from provenance.errors import Code
from provenance.policy.file import LABELS
from provenance.values.component import Component
from provenance.values.digest import Digest
from provenance.values.inventory import How
from provenance.values.label import Label, Qualifier
from provenance.values.policy import OBSERVED, OnUnknown, Scope
from provenance.values.reproduction import Reproduction
from provenance.values.rung import Rung

_START = """\
# What its owner demands of a release. Whoever decides gives it, never a release or a bundle.
# Check it with: provenance policy explain FILE
schema = 1
# name = "production"

# What a demand comes to that only the unknown could meet ({unknown}); it never passes.
unknown = "{undecided}"

# The least label ({labels}).
label = "{open_weights}"
# Restrictions that the label may not carry ({qualifiers}).
# forbid-qualifiers = ["{gated}"]
# The least open class of the Model Openness Framework by evidence: 3, 2 or 1.
# mof-class = 3

# Codes that may not be found, as an audit prints them, and where: "{recipe}" is the release and
# what it links to, "{release}" the release's own files.
forbid-hazards = ["{pickle}", "{remote_code}"]
hazards-in = "{release}"

# How digests may be known ({observed}): what somebody merely claims never counts.
digest-evidence = ["{read}"]

# Reproductions that have to be recorded ({reproductions}).
# reproduction = ["{rebuild}"]

# Ages in whole days; the second needs a trusted timestamp.
max-audit-age-days = 365
# max-signature-age-days = 365

# The very commit that was signed, and not only the same content.
# exact-revision = true
# Executable bits as they were listed.
# same-modes = true

# The least rung of a component: {rungs}.
[rungs]
{parameters} = {retrieved}
# {code} = {retrieved}

# SPDX ids by the licence's text, or "open" for every open licence.
# [licenses]
# {parameters} = ["open"]
# {code} = ["Apache-2.0", "MIT"]
"""
_SIGNERS = """
# Who has to have signed: "any" of them, "all", or a number of different ones.
[signers]
require = "any"
"""
_SIGNER = """
[[signers.accept]]
key = "{fingerprint}"
"""
_NO_SIGNER = """
# Who has to have signed: "any" of them, "all", or a number of different ones.
# [signers]
# require = "any"
#
# [[signers.accept]]
# key = "sha256:<64 hexadecimal digits, as provenance key show prints them>"
"""


def template(keys: Iterable[Digest] = ()) -> str:
    """Return the text of a policy that can be used as it is; ``keys`` are those it accepts."""
    accepted = "".join(_SIGNER.format(fingerprint=key) for key in keys)
    start = _START.format(
        unknown=_listed(OnUnknown),
        undecided=OnUnknown.UNDECIDED,
        labels=_listed(LABELS),
        open_weights=Label.OPEN_WEIGHTS,
        qualifiers=_listed(Qualifier),
        gated=Qualifier.GATED,
        recipe=Scope.RECIPE,
        release=Scope.RELEASE,
        pickle=Code.PICKLE,
        remote_code=Code.REMOTE_CODE,
        observed=_listed(OBSERVED),
        read=How.READ,
        reproductions=_listed(Reproduction),
        rebuild=Reproduction.REBUILD,
        rungs=_listed(f"{rung:d} {rung.name.lower()}" for rung in Rung if rung > Rung.ABSENT),
        parameters=Component.FINAL_PARAMETERS.id,
        code=Component.TRAINING_CODE.id,
        retrieved=int(Rung.RETRIEVED),
    )
    return start + (_SIGNERS + accepted if accepted else _NO_SIGNER)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
