"""Files in a release that speak for it: manifests, attestations, grades. They prove nothing."""

import re

_NAMED = re.compile(
    r"(?:.*/)?[\w.-]*(?:manifest|provenance|attestation|in-?toto|sigstore|slsa|audit|openness|mof|"
    r"recipe)[\w.-]*\.(?:json|jsonl|ya?ml|sig)|(?:.*/)?[\w.-]+\.(?:sig|sigstore|intoto\.jsonl)",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    rb"in-toto\.io/|application/vnd\.in-toto|vnd\.dev\.sigstore|predicateType|"
    rb"(?<![\w-])[\"']?(?:label|mof_class|openness|grade|verdict|reproducible|verified)[\"']?\s*:",
)


def may_praise(path: str) -> bool:
    """Tell whether a file's name is that of a manifest, an attestation or a signature."""
    return _NAMED.fullmatch(path) is not None


def praises(data: bytes) -> bool:
    """Tell whether a file is an attestation, or gives the release a grade."""
    return _SPEAKS.search(data) is not None
