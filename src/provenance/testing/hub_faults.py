"""What a fault does to an answer of the loopback Hub: headers, bytes, their end and their pace."""

import time
from collections.abc import Iterable, Iterator

import attrs

from provenance.testing.hub_requests import Refusal, Reply, Request
from provenance.testing.hub_state import Fault

# Pieces in which a slow answer leaves; so many in a second.
_DRIPS = 50
_INVERTED = bytes(byte ^ 0xFF for byte in range(256))


def refused(reply: Refusal) -> Reply:
    """Return the answer that refuses: the Hub's headers for it, and the words as JSON."""
    headers = dict(reply.headers) | ({"X-Error-Code": reply.code} if reply.code else {})
    headers |= {"X-Error-Message": reply.message} if reply.message else {}
    return attrs.evolve(Reply.of_json({"error": reply.message}, headers), status=reply.status)


def spoiled(reply: Reply, request: Request) -> Reply:
    """Return the answer with what the request's fault, if it met one, does to headers and bytes."""
    fault = request.fault
    if fault is None:
        return reply
    body = reply.body
    if fault.swap:
        body = (piece.translate(_INVERTED) for piece in body)
    if fault.corrupt:
        body = _first_byte_flipped(body)
    known = {name.lower() for name in fault.headers}
    kept = {name: value for name, value in reply.headers.items() if name.lower() not in known}
    return attrs.evolve(reply, body=body, headers=kept | dict(fault.headers))


def paced(body: Iterable[bytes], fault: Fault | None) -> Iterator[bytes]:
    """Yield the bytes as the fault lets them pass: not all of them, or slowly."""
    if fault is None:
        yield from body
        return
    left = fault.truncate
    for piece in _slowly(body, fault.rate) if fault.rate else body:
        yield piece if left is None else piece[:left]
        if left is not None and (left := left - len(piece)) <= 0:
            return


def _slowly(body: Iterable[bytes], rate: int) -> Iterator[bytes]:
    size = max(1, rate // _DRIPS)
    for piece in body:
        for start in range(0, len(piece), size):
            drip = piece[start : start + size]
            time.sleep(len(drip) / rate)
            yield drip


def _first_byte_flipped(body: Iterable[bytes]) -> Iterator[bytes]:
    flip = 1
    for piece in body:
        yield bytes((piece[0] ^ flip,)) + piece[1:] if piece else piece
        flip = 0 if piece else flip
