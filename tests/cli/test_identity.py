import json

import pytest

from provenance.cli.identity import identity_json
from provenance.values.digest import Digest
from provenance.values.identity import Certificate, Identity, Key, Oidc

KEY = Key(Digest.sha256("0" * 64), "EC P-256")


@pytest.mark.parametrize(
    ("identity", "method"),
    [
        (KEY, "key"),
        (Certificate(KEY, Digest.sha256("1" * 64), Digest.sha256("2" * 64), "CN=a"), "certificate"),
        (Oidc("a@example.org", "https://issuer.example"), "sigstore"),
    ],
)
def test_an_identity_says_by_which_method_it_is_known(identity: Identity, method: str) -> None:
    written = json.loads(json.dumps(identity_json(identity)))

    assert written["method"] == method
    assert (method == "sigstore") is not ("fingerprint" in written)
