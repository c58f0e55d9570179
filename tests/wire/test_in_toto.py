import json

from provenance.wire.in_toto import PAYLOAD_TYPE, STATEMENT_TYPE
from tests.model_signatures import SIGNED


def test_the_names_are_those_of_signatures_by_others() -> None:
    found = json.loads((SIGNED / "v1.1.0-elliptic-key" / "model.sig").read_bytes())["dsseEnvelope"]

    assert found["payloadType"] == PAYLOAD_TYPE
    assert STATEMENT_TYPE == "https://in-toto.io/Statement/v1"
