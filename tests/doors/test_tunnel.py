"""Our fetcher through a real proxy, and what goes wrong on the way."""

from collections.abc import Iterator

import pytest

from provenance.doors.fetcher import Fetcher
from provenance.errors import Code
from provenance.values.network import Network
from tests.doors.proxies import Behind, nobody, offices, proxy
from tests.doors.wires import NOW, Authority, Sent, moved, ok, refused, wire

URL = "https://pages.example.org/a"


@pytest.fixture
def behind(authority: Authority) -> Iterator[Behind]:
    with offices(authority) as build:
        yield build


def fetcher(authority: Authority, *named: str, **network: str) -> Fetcher:
    """Return a fetcher with the system's own ways, which reach this machine only."""
    given = Network.from_environ({**network, "SSL_CERT_FILE": str(authority.file)})
    return Fetcher(lambda: NOW, named, network=given, seconds=10)


def test_a_page_is_fetched_through_a_proxy_that_knows_who_asks(
    authority: Authority, behind: Behind
) -> None:
    with wire(lambda _: ok()) as server:
        office = behind("pages.example.org", server.port, "me:canary")
        found = fetcher(authority, HTTPS_PROXY=office.url).fetch(URL, limit=10)

    assert (found.body, found.url) == (b"hello", URL)
    assert office.asked == ["CONNECT pages.example.org:443"]
    assert office.told[0] is not None
    assert b"Proxy" not in server.requests[0]


def test_plain_http_at_a_named_origin_goes_through_it_as_a_whole_address(
    authority: Authority,
) -> None:
    with (
        wire(lambda _: ok()) as server,
        proxy({"mirror.internal": server.port}, "me:canary") as office,
    ):
        known = fetcher(authority, "http://mirror.internal", HTTP_PROXY=office.url)
        unknown = fetcher(authority, "http://mirror.internal", HTTP_PROXY=office.plain)
        found = known.fetch("http://mirror.internal/a?b=c", limit=10)
        with refused(Code.NET_PROXY, "who asks"):
            unknown.fetch("http://mirror.internal/a", limit=10)

    assert found.body == b"hello"
    assert office.asked[0] == "GET http://mirror.internal/a?b=c"
    assert server.requests[0].startswith(b"GET /a?b=c HTTP/1.1\r\n")


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("http://pages.example.org/a", "neither plain https"),
        ("https://pages.example.org:8443/a", "neither plain https"),
        ("https://localhost/a", "names this machine"),
        ("https://a.internal/a", "names this machine"),
        ("https://127.0.0.1/a", "not public"),
        ("https://[::1]/a", "not public"),
        ("https://0x7f.1/a", "unusual spelling"),
    ],
)
def test_hosts_are_checked_behind_a_proxy_too(authority: Authority, url: str, what: str) -> None:
    with proxy({}) as office:
        with refused(Code.URL_FORBIDDEN, what):
            fetcher(authority, ALL_PROXY=office.url).fetch(url, limit=10)

        assert office.asked == []


def test_a_server_behind_a_proxy_does_not_lead_to_what_the_caller_named(
    authority: Authority, behind: Behind
) -> None:
    with wire(lambda _: moved("https://named.internal/a")) as server:
        office = behind("pages.example.org", server.port)
        asking = fetcher(authority, "https://named.internal", HTTPS_PROXY=office.url)
        with refused(Code.URL_FORBIDDEN, "names this machine"):
            asking.fetch(URL, limit=10)


@pytest.mark.parametrize(
    ("status", "what"),
    [(407, "who asks"), (403, "refuses"), (502, "reaches nothing"), (302, "reaches nothing")],
)
def test_a_proxy_that_does_not_let_us_through_is_told_apart(
    authority: Authority, status: int, what: str
) -> None:
    with proxy({}, status=status) as office, refused(Code.NET_PROXY, what):
        fetcher(authority, HTTPS_PROXY=office.url).fetch(URL, limit=10)


def test_a_dead_proxy_is_told_apart(authority: Authority) -> None:
    dead = f"http://127.0.0.1:{nobody()}"
    lost = "http://nowhere.invalid:1"

    with refused(Code.NET_PROXY, "connection is refused"):
        fetcher(authority, HTTPS_PROXY=dead).fetch(URL, limit=10)
    with refused(Code.NET_PROXY, "without an address"):
        fetcher(authority, HTTPS_PROXY=lost).fetch(URL, limit=10)


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 20"])
def test_a_proxy_that_breaks_off_is_told_apart(authority: Authority, said: bytes) -> None:
    with wire(lambda _: Sent((said,))) as broken, refused(Code.NET_PROXY, "breaks off"):
        fetcher(authority, HTTPS_PROXY=f"127.0.0.1:{broken.port}").fetch(URL, limit=10)


def test_a_certificate_that_nobody_vouches_for_is_none_of_the_proxy_s_faults(
    behind: Behind,
) -> None:
    with wire(lambda _: ok()) as server:
        office = behind("pages.example.org", server.port)
        stranger = Fetcher(lambda: NOW, network=Network(https=office.url), seconds=10)
        with refused(Code.NET_CERTIFICATE, "certificate"):
            stranger.fetch(URL, limit=10)
