"""Model signatures, as OpenSSF Model Signing (OMS) v1.0 has them."""

from provenance.flows.signing.oms_sign import list_model, sign_model
from provenance.flows.signing.oms_verify import Leave, verify_model
from provenance.values.model_signature import (
    Method,
    ModelSignature,
    Resource,
    Serialization,
    Span,
)

__all__ = [
    "Leave",
    "Method",
    "ModelSignature",
    "Resource",
    "Serialization",
    "Span",
    "list_model",
    "sign_model",
    "verify_model",
]
