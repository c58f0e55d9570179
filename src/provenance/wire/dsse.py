"""DSSE: the envelope around a payload, and the bytes that a signature covers.

https://github.com/secure-systems-lab/dsse/blob/master/protocol.md
"""

import base64

from provenance.errors import Code, TextError
from provenance.text.shape import Reader
from provenance.values.bundle import Envelope
from provenance.wire.scalars import JsonObject


def pae(payload_type: str, payload: bytes) -> bytes:
    """Return the pre-authentication encoding: what is signed.

    >>> pae("text/plain", b"hello")
    b'DSSEv1 10 text/plain 5 hello'
    """
    kind = payload_type.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def legacy_pae(payload_type: str, payload: bytes) -> bytes:
    """Return what model signing 0.2.0 signed instead: the payload as Python shows its bytes.

    >>> legacy_pae("text/plain", b"hello")
    b"DSSEV1 10 text/plain 5 b'hello'"
    """
    return f"DSSEV1 {len(payload_type)} {payload_type} {len(payload)} {payload!r}".encode()


def encode_envelope(envelope: Envelope) -> JsonObject:
    """Return the envelope as a Sigstore bundle has it."""
    return {
        "payload": _base64(envelope.payload),
        "payloadType": envelope.payload_type,
        "signatures": [{"keyid": "", "sig": _base64(envelope.signature)}],
    }


def parse_envelope(reader: Reader) -> Envelope:
    """Read an envelope with exactly one signature; a key id is a hint, and there may be none.

    Raises:
        TextError: the reader's code; SIGNATURE_COUNT; BUNDLE_BASE64 for what is not standard
            base64 with padding, in the one way to write its bytes.
    """
    reader.only_keys("payload", "payloadType", "signatures")
    signatures = reader.objects("signatures")
    if len(signatures) != 1:
        raise TextError(
            f"{reader.at('signatures')}: expected one, found {len(signatures)}",
            hint="give a bundle with one signature",
            code=Code.SIGNATURE_COUNT,
        )
    signature = signatures[0]
    signature.only_keys("keyid", "sig")
    if signature.values.get("keyid") not in {None, ""}:
        raise signature.wrong("keyid", "the key is named by the bundle's hint, not here")
    return Envelope(
        payload_type=reader.text("payloadType"),
        payload=parse_base64(reader, "payload"),
        signature=parse_base64(signature, "sig"),
    )


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def parse_base64(reader: Reader, key: str) -> bytes:
    """Read the bytes that a text stands for, when it is the one text that stands for them.

    Raises:
        TextError: BUNDLE_BASE64.
    """
    text = reader.text(key)
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as cause:
        raise _not_base64(reader, key) from cause
    if _base64(data) != text:
        raise _not_base64(reader, key)
    return data


def _not_base64(reader: Reader, key: str) -> TextError:
    return TextError(
        f"{reader.at(key)}: not base64 as RFC 4648, section 4, writes it",
        hint="keep the bundle as it was written",
        code=Code.BUNDLE_BASE64,
    )
