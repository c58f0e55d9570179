from collections.abc import Iterator
from contextlib import ExitStack

import attrs
import pytest

from provenance.errors import Code
from tests.doors.wires import (
    OTHER,
    PUBLIC,
    Authority,
    Internet,
    Wire,
    World,
    head,
    moved,
    ok,
    refused,
    wire,
)

URL = "https://example.org/a"
LIMIT = 1000


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_both_ends_are_recorded(world: World, status: int) -> None:
    answers = iter([moved("/b?c=1#d", f"{status} Moved"), ok()])
    fetcher, server, _ = world(lambda _: next(answers))

    found = fetcher.fetch(URL, limit=LIMIT)

    assert (found.url, found.final_url) == (URL, "https://example.org/b?c=1")
    assert [one.split(b" HTTP")[0] for one in server.requests] == [b"GET /a", b"GET /b?c=1"]


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("b", "/x/b"),
        ("../b", "/b"),
        ("../../../b", "/b"),
        ("?b", "/x/a?b"),
        ("//example.org/b", "/b"),
        ("HTTPS://EXAMPLE.ORG/b", "/b"),
        ("https://example.org", "/"),
    ],
)
def test_a_redirect_is_relative_to_where_it_stands(
    world: World, location: str, target: str
) -> None:
    answers = iter([moved(location), ok()])
    fetcher, server, _ = world(lambda _: next(answers))

    fetcher.fetch("https://example.org/x/a", limit=LIMIT)

    assert server.requests[1].startswith(f"GET {target} HTTP/1.1\r\n".encode())


@pytest.mark.parametrize(
    "location",
    [
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://inside.example.org/",
        "https://metadata.internal/",
        "https://user:secret@example.org/",
        "https://example.org:8443/",
        "https://example.org\\@127.0.0.1/",
        "https://\xe9xample.org/",
        "https://[::1/",
        "http://example.org/b",
        "HTTP://example.org/b",
        "file:///etc/passwd",
        "ftp://example.org/",
        "data:text/plain,hello",
        "javascript:alert(1)",
        "//127.0.0.1/",
        "/b c",
        "/" + "a" * 5000,
    ],
)
def test_a_redirect_to_what_may_not_be_reached_is_refused(world: World, location: str) -> None:
    fetcher, server, net = world(lambda _: moved(location))
    names = {**net.names, "inside.example.org": ["10.0.0.1"]}

    with refused(Code.URL_FORBIDDEN):
        attrs.evolve(fetcher, resolver=lambda host, _: names.get(host, [])).fetch(URL, limit=LIMIT)

    assert len(server.requests) == 1
    assert net.dialed == [(PUBLIC, 443)]


def test_each_place_of_a_chain_is_checked(world: World) -> None:
    answers = iter([moved("/b"), moved("/c"), moved("https://inside.example.org/")])
    fetcher, server, net = world(lambda _: next(answers))
    resolved = {"example.org": [PUBLIC], "inside.example.org": [PUBLIC, "192.168.0.1"]}

    with refused(Code.URL_FORBIDDEN, "not public"):
        attrs.evolve(fetcher, resolver=lambda host, _: resolved[host]).fetch(URL, limit=LIMIT)

    assert len(server.requests) == 3
    assert net.dialed == [(PUBLIC, 443)] * 3


def test_a_name_is_looked_up_again_for_each_redirect(world: World) -> None:
    fetcher, server, _ = world(lambda _: moved("/b"))
    answers = iter([[PUBLIC], ["127.0.0.1"]])

    with refused(Code.URL_FORBIDDEN, "not public"):
        attrs.evolve(fetcher, resolver=lambda *_: next(answers)).fetch(URL, limit=LIMIT)

    assert len(server.requests) == 1


def test_five_redirects_are_followed(world: World) -> None:
    answers = iter([*(moved(f"/{number}") for number in range(5)), ok()])
    fetcher, _, _ = world(lambda _: next(answers))

    assert fetcher.fetch(URL, limit=LIMIT).final_url == "https://example.org/4"


def test_a_loop_ends_after_five_redirects(world: World) -> None:
    fetcher, server, _ = world(lambda _: moved("/a"))

    with refused(Code.RESOURCE, "5 redirects"):
        fetcher.fetch(URL, limit=LIMIT)

    assert len(server.requests) == 6


def test_a_redirect_to_nowhere_makes_no_sense(world: World) -> None:
    fetcher, _, _ = world(lambda _: head("302 Found", "Content-Length: 0"))

    with refused(Code.LINK_ANSWER):
        fetcher.fetch(URL, limit=LIMIT)


def test_a_redirect_to_two_places_makes_no_sense(world: World) -> None:
    fetcher, _, _ = world(lambda _: head("302 Found", "Location: /b", "Location: /c"))

    with refused(Code.LINK_ANSWER):
        fetcher.fetch(URL, limit=LIMIT)


@pytest.fixture
def mirror(authority: Authority) -> Iterator[tuple[Wire, Internet]]:
    """A server of the caller's network that leads to a public one, which leads back."""
    with ExitStack() as stack:
        inner = stack.enter_context(
            wire(
                lambda request: (
                    ok(b"inside") if b"GET /in" in request else moved("https://example.org/out")
                ),
                authority.server("mirror.internal"),
            )
        )
        outer = stack.enter_context(
            wire(lambda _: moved("https://mirror.internal/in"), authority.server("example.org"))
        )
        yield (
            inner,
            Internet(
                {"mirror.internal": ["10.0.0.1"], "example.org": [OTHER]},
                {"10.0.0.1": inner.port, OTHER: outer.port},
            ),
        )


def test_a_public_server_does_not_lead_into_what_the_caller_named(
    authority: Authority, mirror: tuple[Wire, Internet]
) -> None:
    inner, net = mirror
    fetcher = attrs.evolve(net.fetcher(authority.trust), named=("https://mirror.internal",))

    for url in ("https://example.org/", "https://mirror.internal/"):
        with refused(Code.URL_FORBIDDEN):
            fetcher.fetch(url, limit=LIMIT)
    assert fetcher.fetch("https://mirror.internal/in", limit=LIMIT).body == b"inside"

    assert [one.split(b" HTTP")[0] for one in inner.requests] == [b"GET /", b"GET /in"]


def test_a_named_server_leads_on_to_itself_over_plain_http(authority: Authority) -> None:
    answers = iter([moved("/b"), ok()])
    with wire(lambda _: next(answers)) as server:
        named = f"http://127.0.0.1:{server.port}"
        fetcher = attrs.evolve(
            Internet({"127.0.0.1": ["127.0.0.1"]}, {"127.0.0.1": server.port}).fetcher(
                authority.trust
            ),
            named=(named,),
        )

        assert fetcher.fetch(f"{named}/a", limit=LIMIT).final_url == f"{named}/b"
