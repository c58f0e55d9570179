"""Asking a loopback Hub without the Hub's client: for what the client would never ask."""

import http.client
from collections.abc import Mapping
from urllib.parse import urlsplit


def ask(
    url: str,
    path: str,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: str = "",
) -> tuple[int, bytes, dict[str, str]]:
    """Return status, body and headers of one request on a connection of its own."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        connection.request(method, path, body=body or None, headers=dict(headers or {}))
        answer = connection.getresponse()
        return answer.status, answer.read(), dict(answer.getheaders())
    finally:
        connection.close()
