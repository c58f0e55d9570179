import gzip
import hashlib
import ssl
import threading

import attrs
import pytest

from provenance.doors.fetcher import Fetcher
from provenance.errors import Code
from tests.doors.wires import (
    NOW,
    OTHER,
    PUBLIC,
    Authority,
    Internet,
    Sent,
    Timer,
    World,
    head,
    ok,
    refused,
    wire,
)

URL = "https://example.org/a"
LIMIT = 1000


def test_a_page_is_fetched_with_everything_that_names_it(world: World) -> None:
    said = ("Content-Type: text/html", 'ETag: "1"', "Last-Modified: Wed, 06 May 2026 07:08:19 GMT")
    fetcher, server, net = world(lambda _: ok(b"hello", *said))

    found = fetcher.fetch("HTTPS://Example.org/a?b=%20#c", limit=LIMIT)

    assert found.url == found.final_url == "https://example.org/a?b=%20"
    assert (found.status, found.body, found.gone) == (200, b"hello", False)
    assert found.digest.value == hashlib.sha256(b"hello").digest()
    assert (found.content_type, found.etag, found.content_length) == ("text/html", '"1"', 5)
    assert (found.last_modified, found.seen_at) == ("Wed, 06 May 2026 07:08:19 GMT", NOW)
    assert net.dialed == [(PUBLIC, 443)]
    assert server.requests[0].startswith(b"GET /a?b=%20 HTTP/1.1\r\nHost: example.org\r\n")
    assert b"Authorization" not in server.requests[0]


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_what_is_gone_is_an_answer_whose_body_is_not_read(world: World, status: str) -> None:
    fetcher, _, _ = world(lambda _: ok(b"a" * 5000, status=status))

    found = fetcher.fetch(URL, limit=LIMIT)

    assert found.gone
    assert found.body == b""


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("401 Unauthorized", Code.LINK_DENIED),
        ("402 Payment Required", Code.LINK_DENIED),
        ("403 Forbidden", Code.LINK_DENIED),
        ("407 Proxy Authentication Required", Code.LINK_DENIED),
        ("451 Unavailable For Legal Reasons", Code.LINK_DENIED),
        ("400 Bad Request", Code.NETWORK),
        ("418 I'm a teapot", Code.NETWORK),
        ("500 Internal Server Error", Code.NETWORK),
        ("502 Bad Gateway", Code.NETWORK),
        ("101 Switching Protocols", Code.LINK_ANSWER),
        ("103 Early Hints", Code.LINK_ANSWER),
        ("204 No Content", Code.LINK_ANSWER),
        ("206 Partial Content", Code.LINK_ANSWER),
        ("300 Multiple Choices", Code.LINK_ANSWER),
        ("304 Not Modified", Code.LINK_ANSWER),
    ],
)
def test_any_other_status_is_never_a_page(world: World, status: str, code: Code) -> None:
    fetcher, _, _ = world(lambda _: ok(status=status))

    with refused(code):
        fetcher.fetch(URL, limit=LIMIT)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"", Code.NETWORK),
        (b"HTTP/1.1 404 Not", Code.NETWORK),
        (head("404 Not Found")[:-2], Code.NETWORK),
        (head("200 OK", "Content-Length: 6") + b"hello", Code.NETWORK),
        (head("200 OK", "Transfer-Encoding: chunked") + b"5\r\nhel", Code.NETWORK),
        (head("200 OK", "Transfer-Encoding: chunked") + b"5\r\nhello\r\n", Code.NETWORK),
        (head("200 OK", "Content-Length: 4") + b"hello", Code.LINK_ANSWER),
        (head("200 OK", "Transfer-Encoding: chunked") + b"0\r\n\r\nx", Code.LINK_ANSWER),
        (head("200 OK") + b"hello", Code.LINK_ANSWER),
        (head("200 OK", "Content-Length: -1") + b"hello", Code.LINK_ANSWER),
        (head("200 OK", "Content-Length: 5", "Content-Length: 4") + b"hello", Code.LINK_ANSWER),
        (ok(b"hello", "Content-Encoding: br"), Code.LINK_ANSWER),
        (ok(b"a" * (LIMIT + 1)), Code.RESOURCE),
        (ok(gzip.compress(b"a" * (LIMIT + 1), mtime=0), "Content-Encoding: gzip"), Code.RESOURCE),
        (ok(b"hello", *["A: " + "a" * 10000] * 7), Code.RESOURCE),
        (ok(b"hello", *["A: a"] * 101), Code.RESOURCE),
        (ok(b"hello", "A: " + "a" * 20000), Code.RESOURCE),
        (b"\x16\x03\x01" * 20 + b"\r\n", Code.LINK_ANSWER),
    ],
    ids=lambda value: str(value)[:70],
)
def test_an_answer_that_is_not_whole_is_none(world: World, answer: bytes, code: Code) -> None:
    fetcher, _, _ = world(lambda _: answer)

    with refused(code):
        fetcher.fetch(URL, limit=LIMIT)


def test_a_gzip_that_was_not_asked_for_is_undone(world: World) -> None:
    fetcher, server, _ = world(lambda _: ok(gzip.compress(b"hello"), "Content-Encoding: gzip"))

    found = fetcher.fetch(URL, limit=LIMIT)

    assert found.body == b"hello"
    assert found.digest.value == hashlib.sha256(b"hello").digest()
    assert b"Accept-Encoding: identity\r\n" in server.requests[0]


def test_more_chunk_framing_than_a_body_can_need_is_refused(world: World) -> None:
    extension = b"1;" + b"a" * 16000 + b"\r\na\r\n"
    fetcher, _, _ = world(lambda _: head("200 OK", "Transfer-Encoding: chunked") + extension * 9)

    with refused(Code.RESOURCE, "more than there may be"):
        fetcher.fetch(URL, limit=LIMIT)


def test_a_server_that_keeps_the_connection_open_has_still_answered(world: World) -> None:
    fetcher, _, _ = world(lambda _: Sent((ok(b"hello"),), hang=True))

    assert fetcher.fetch(URL, limit=LIMIT).body == b"hello"


@pytest.mark.parametrize(
    "sent",
    [
        Sent((), hang=True),
        Sent((head("200 OK", "Content-Length: 5"),), hang=True),
        Sent(tuple(bytes([byte]) for byte in ok(b"a" * 500)), drip=0.02),
    ],
    ids=["silent", "no body", "drip"],
)
def test_a_slow_server_is_left_at_the_deadline(world: World, sent: Sent) -> None:
    fetcher, _, _ = world(lambda _: sent)

    with refused(Code.TIMEOUT):
        attrs.evolve(fetcher, seconds=0.3).fetch(URL, limit=LIMIT)


def test_a_resolver_that_does_not_answer_is_left_at_the_deadline(world: World) -> None:
    fetcher, _, net = world(lambda _: ok())
    over = threading.Event()

    def resolver(_: str, __: int) -> list[str]:
        over.wait(30)
        return [PUBLIC]

    with refused(Code.TIMEOUT):
        attrs.evolve(fetcher, seconds=0.1, resolver=resolver).fetch(URL, limit=LIMIT)
    over.set()

    assert net.dialed == []


def test_a_certificate_of_another_name_is_refused(world: World) -> None:
    fetcher, server, _ = world(lambda _: ok(), "other.example.org")

    with refused(Code.NET_CERTIFICATE, "certificate"):
        fetcher.fetch(URL, limit=LIMIT)

    assert server.requests == []


def test_a_certificate_that_nobody_vouches_for_is_refused(world: World) -> None:
    fetcher, server, _ = world(lambda _: ok())
    stranger = attrs.evolve(fetcher, trust=ssl.create_default_context())

    with refused(Code.NET_CERTIFICATE, "certificate"):
        stranger.fetch(URL, limit=LIMIT)

    assert server.requests == []


def test_a_server_that_speaks_no_tls_is_refused(authority: Authority) -> None:
    with wire(lambda _: ok()) as server:
        net = Internet({"example.org": [PUBLIC]}, {PUBLIC: server.port})

        with refused(Code.NETWORK, "SSLError"):
            net.fetcher(authority.trust).fetch(URL, limit=LIMIT)


def test_nobody_listens(authority: Authority) -> None:
    with refused(Code.NET_REFUSED, "refused"):
        Internet({"example.org": [PUBLIC]}, {}).fetcher(authority.trust).fetch(URL, limit=LIMIT)


def test_offline_opens_no_socket_and_looks_up_no_name(world: World) -> None:
    fetcher, server, net = world(lambda _: ok())
    offline = attrs.evolve(fetcher, offline=True)

    with refused(Code.OFFLINE):
        offline.fetch(URL, limit=LIMIT)
    with refused(Code.OFFLINE), offline.open_range(URL, 0, 1):
        pass

    assert (net.looked_up, net.dialed, server.requests) == ([], [], [])


def test_a_resolver_that_changes_its_answer_gains_nothing(world: World) -> None:
    fetcher, _, net = world(lambda _: ok(b"checked"))
    answers = iter([[PUBLIC], ["127.0.0.1"], ["169.254.169.254"]])

    rebinding = attrs.evolve(fetcher, resolver=lambda *_: next(answers))

    assert rebinding.fetch(URL, limit=LIMIT).body == b"checked"
    assert net.dialed == [(PUBLIC, 443)]
    with refused(Code.URL_FORBIDDEN):
        rebinding.fetch(URL, limit=LIMIT)
    assert net.dialed == [(PUBLIC, 443)]


def test_the_next_checked_address_is_tried_when_one_refuses(world: World) -> None:
    fetcher, _, net = world(lambda _: ok())

    found = attrs.evolve(fetcher, resolver=lambda *_: [OTHER, PUBLIC]).fetch(URL, limit=LIMIT)

    assert found.status == 200
    assert net.dialed == [(OTHER, 443), (PUBLIC, 443)]


@pytest.mark.parametrize("asked", ["2", "Wed, 06 May 2026 07:08:11 GMT"])
@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_server_is_asked_again_when_it_says(world: World, status: str, asked: str) -> None:
    timer = Timer()
    answers = iter([ok(b"later", f"Retry-After: {asked}", status=status), ok()])
    fetcher, server, _ = world(lambda _: next(answers))

    patient = attrs.evolve(fetcher, timer=timer.read, pause=timer.pause)

    assert patient.fetch(URL, limit=LIMIT).body == b"hello"
    assert timer.paused == [2]
    assert len(server.requests) == 2


def test_a_server_that_wants_a_long_rest_gets_it_from_later_fetches_too(world: World) -> None:
    timer = Timer()
    fetcher, server, _ = world(lambda _: ok(b"", "Retry-After: 100", status="429 Later"))
    patient = attrs.evolve(fetcher, timer=timer.read, pause=timer.pause)

    for _ in range(3):
        with refused(Code.NETWORK, "100 seconds"):
            patient.fetch(URL, limit=LIMIT)

    assert (timer.paused, len(server.requests)) == ([], 1)


def test_a_server_that_says_later_for_ever_is_left(world: World) -> None:
    timer = Timer()
    fetcher, server, _ = world(lambda _: ok(b"", "Retry-After: 1", status="503 Later"))

    with refused(Code.NETWORK, "busy"):
        attrs.evolve(fetcher, timer=timer.read, pause=timer.pause).fetch(URL, limit=LIMIT)

    assert (timer.paused, len(server.requests)) == ([1, 1], 3)


def test_a_busy_server_that_does_not_say_when_is_left(world: World) -> None:
    fetcher, server, _ = world(lambda _: ok(b"", status="503 Later"))

    with refused(Code.NETWORK, "busy"):
        fetcher.fetch(URL, limit=LIMIT)

    assert len(server.requests) == 1


def test_what_the_caller_named_may_be_plain_and_on_this_machine(authority: Authority) -> None:
    with wire(lambda _: ok()) as server:
        named = f"http://127.0.0.1:{server.port}"
        fetcher = Fetcher(lambda: NOW, named=(named,), seconds=10, trust=authority.trust)

        assert fetcher.fetch(f"{named}/a", limit=LIMIT).body == b"hello"
        with refused(Code.URL_FORBIDDEN):
            fetcher.fetch(f"http://localhost:{server.port}/a", limit=LIMIT)
        with refused(Code.URL_FORBIDDEN):
            fetcher.fetch("http://127.0.0.1/a", limit=LIMIT)


def test_what_the_caller_named_over_https_shows_a_certificate(authority: Authority) -> None:
    with wire(lambda _: ok(), authority.server("mirror.internal")) as server:
        net = Internet({"mirror.internal": ["10.0.0.1"]}, {"10.0.0.1": server.port})
        fetcher = attrs.evolve(net.fetcher(authority.trust), named=("https://mirror.internal",))

        found = fetcher.fetch("https://mirror.internal/a", limit=LIMIT)

    assert found.body == b"hello"


def test_a_named_host_without_an_address_cannot_be_reached(authority: Authority) -> None:
    fetcher = attrs.evolve(
        Internet({}, {}).fetcher(authority.trust), named=("http://mirror.internal",)
    )

    with refused(Code.NET_DNS, "no address"):
        fetcher.fetch("http://mirror.internal/a", limit=LIMIT)
