"""Identities for machines: who signed, as JSON."""

from typing import assert_never

from provenance.values.identity import Certificate, Identity, Key, Oidc


def identity_json(identity: Identity) -> dict[str, object]:
    """Return an identity as a JSON object, whose ``method`` says of which kind it is."""
    match identity:
        case Key():
            return {"method": "key", **_key(identity)}
        case Certificate():
            return {
                "method": "certificate",
                "fingerprint": str(identity.fingerprint),
                "subject": identity.subject,
                "names": list(identity.names),
                "organizations": list(identity.organizations),
                "key": _key(identity.key),
                "root": str(identity.root),
            }
        case Oidc(name, issuer):
            return {"method": "sigstore", "identity": name, "issuer": issuer}
        case _:
            assert_never(identity)


def _key(key: Key) -> dict[str, object]:
    return {"kind": key.kind, "fingerprint": str(key.fingerprint)}
