import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import attrs
import pytest

from provenance.doors.fetcher import Fetcher
from provenance.doors.http_request import Credential
from provenance.errors import Code, SourceError
from tests.doors.wires import (
    NOW,
    OTHER,
    PUBLIC,
    Answers,
    Authority,
    Internet,
    Sent,
    Wire,
    head,
    moved,
    ok,
    wire,
)

CANARY = "hf_canary-0123456789"
HUB = "https://hub.example.org"
CDN = "https://cdn.example.org"
LIMIT = 1000


class Net:
    """A Hub that the token is for, a place for files that it is not for, and a fetcher."""

    def __init__(self, fetcher: Fetcher, hub: Wire, cdn: Wire) -> None:
        self.fetcher = fetcher
        self.hub = hub
        self.cdn = cdn

    def never_sent_to_others(self) -> bool:
        """Tell whether no other server ever saw the token, in any header or address."""
        return not any(CANARY.encode() in request for request in self.cdn.requests)


@contextmanager
def net(authority: Authority, hub: Answers, cdn: Answers = lambda _: ok()) -> Iterator[Net]:
    with ExitStack() as stack:
        first = stack.enter_context(wire(hub, authority.server("hub.example.org")))
        second = stack.enter_context(wire(cdn, authority.server("cdn.example.org")))
        internet = Internet(
            {"hub.example.org": [PUBLIC], "cdn.example.org": [OTHER]},
            {PUBLIC: first.port, OTHER: second.port},
        )
        fetcher = attrs.evolve(
            internet.fetcher(authority.trust), credential=Credential(HUB, CANARY)
        )
        yield Net(fetcher, first, second)


def told(error: BaseException) -> str:
    """Return everything that a log could show of an error: its chain, and our locals in it."""
    shown = traceback.TracebackException.from_exception(error, capture_locals=True)
    ours = [frame for frame in shown.stack if "/provenance/doors/" in frame.filename]
    assert ours
    return f"{error!r} {error} {vars(error)} {[frame.locals for frame in ours]}"


def test_the_token_goes_to_its_origin_and_to_nobody_that_it_leads_to(
    authority: Authority,
) -> None:
    with net(authority, lambda _: moved(f"{CDN}/file?permission=signed")) as world:
        found = world.fetcher.fetch(f"{HUB}/a", limit=LIMIT)

        assert f"Authorization: Bearer {CANARY}\r\n".encode() in world.hub.requests[0]
        assert b"Authorization" not in world.cdn.requests[0]
        assert b"permission=signed" in world.cdn.requests[0]
        assert world.never_sent_to_others()
    assert found.final_url == f"{CDN}/file"
    assert CANARY not in repr(found)


def test_the_token_is_sent_again_when_the_way_leads_back(authority: Authority) -> None:
    answers = iter([moved(f"{CDN}/"), ok()])
    with net(authority, lambda _: next(answers), lambda _: moved(f"{HUB}/b")) as world:
        world.fetcher.fetch(f"{HUB}/a", limit=LIMIT)

        assert all(b"Authorization" in request for request in world.hub.requests)
        assert len(world.hub.requests) == 2
        assert world.never_sent_to_others()


def test_the_token_does_not_go_where_the_first_request_goes_elsewhere(
    authority: Authority,
) -> None:
    with net(authority, lambda _: ok()) as world:
        found = world.fetcher.fetch(f"{CDN}/file?kept=1", limit=LIMIT)

        assert world.never_sent_to_others()
    assert found.final_url == f"{CDN}/file?kept=1"


def test_the_token_is_not_sent_over_plain_http_to_the_same_host(authority: Authority) -> None:
    with wire(lambda _: ok()) as server:
        named = f"http://127.0.0.1:{server.port}"
        other = Credential(f"https://127.0.0.1:{server.port}", CANARY)
        fetcher = Fetcher(
            lambda: NOW, named=(named,), seconds=10, credential=other, trust=authority.trust
        )

        fetcher.fetch(f"{named}/a", limit=LIMIT)

        assert CANARY.encode() not in server.requests[0]


def test_the_token_is_sent_over_plain_http_to_the_origin_that_it_was_given_for(
    authority: Authority,
) -> None:
    with wire(lambda _: ok()) as server:
        named = f"http://127.0.0.1:{server.port}"
        fetcher = Fetcher(
            lambda: NOW,
            named=(named,),
            seconds=10,
            credential=Credential(named, CANARY),
            trust=authority.trust,
        )

        fetcher.fetch(f"{named}/a", limit=LIMIT)

        assert CANARY.encode() in server.requests[0]


ESCAPED = "".join(f"%{ord(letter):02x}" for letter in CANARY)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (moved(f"{CDN}/?token={CANARY}"), Code.URL_FORBIDDEN),
        (moved(f"{CDN}/{CANARY}"), Code.URL_FORBIDDEN),
        (moved(f"{CDN}/?token={ESCAPED}"), Code.URL_FORBIDDEN),
        (moved(f"https://{CANARY}@cdn.example.org/"), Code.URL_FORBIDDEN),
        (moved(f"http://cdn.example.org/{CANARY}"), Code.URL_FORBIDDEN),
        (moved(f"http://hub.example.org/{CANARY}"), Code.URL_FORBIDDEN),
        (moved("http://hub.example.org/"), Code.URL_FORBIDDEN),
        (moved("https://127.0.0.1/"), Code.URL_FORBIDDEN),
        (ok(f"you sent {CANARY}".encode()), Code.LINK_ANSWER),
        (ok(b"", f'ETag: "{CANARY}"'), Code.LINK_ANSWER),
        (ok(b"", f"Content-Type: text/{ESCAPED}"), Code.LINK_ANSWER),
        (ok(b"", status=f"500 {CANARY}"), Code.NETWORK),
        (ok(b"", status=f"401 {CANARY}"), Code.LINK_DENIED),
        (ok(b"", f"Retry-After: {CANARY}", status="429 Later"), Code.NETWORK),
        (ok(b"", f"Content-Encoding: {CANARY}"), Code.LINK_ANSWER),
        (head("200 OK", f"Content-Length: {CANARY}"), Code.LINK_ANSWER),
        (head("200 OK", f"Transfer-Encoding: {CANARY}"), Code.LINK_ANSWER),
        (f"{CANARY}\r\n\r\n".encode(), Code.LINK_ANSWER),
        (head("200 OK", CANARY), Code.LINK_ANSWER),
        (f"HTTP/1.1 200 {CANARY}".encode(), Code.NETWORK),
        (
            head("200 OK", "Transfer-Encoding: chunked") + f"{CANARY}\r\n".encode(),
            Code.LINK_ANSWER,
        ),
        (b"", Code.NETWORK),
    ],
    ids=str,
)
def test_a_server_that_says_the_token_back_gets_it_into_no_error_and_no_capture(
    authority: Authority, answer: bytes, code: Code
) -> None:
    with net(authority, lambda _: answer) as world:
        with pytest.raises(SourceError) as caught:
            world.fetcher.fetch(f"{HUB}/a", limit=LIMIT)

        assert caught.value.code is code
        assert f"Bearer {CANARY}".encode() in world.hub.requests[0]
        assert CANARY not in str(caught.value) + repr(caught.value) + caught.value.hint
        assert world.cdn.requests == []


@pytest.mark.parametrize(
    "sent",
    [
        Sent((b"",)),
        Sent((), hang=True),
        Sent((b"\x00",)),
        Sent((moved("http://a.example/"),)),
        Sent((moved(f"{CDN}/?token={CANARY}"),)),
        Sent((ok(b"", f"A: {CANARY}"),)),
        Sent((ok(CANARY.encode()),)),
    ],
    ids=["closed", "silent", "garbage", "downgrade", "location", "header", "body"],
)
def test_a_traceback_with_all_its_locals_does_not_show_the_token(
    authority: Authority, sent: Sent
) -> None:
    with net(authority, lambda _: sent) as world, pytest.raises(SourceError) as caught:
        attrs.evolve(world.fetcher, seconds=0.3).fetch(f"{HUB}/a", limit=LIMIT)

    assert CANARY not in told(caught.value)


@pytest.mark.parametrize(
    ("body", "etag"), [(f"... {CANARY} ...".encode(), "1"), (b"hello", CANARY)]
)
def test_a_token_in_a_part_of_a_file_is_not_passed_on(
    authority: Authority, body: bytes, etag: str
) -> None:
    span = f"Content-Range: bytes 0-{len(body) - 1}/{len(body)}"
    answer = ok(body, span, f'ETag: "{etag}"', status="206 Partial Content")
    with (
        net(authority, lambda _: answer) as world,
        pytest.raises(SourceError) as caught,
        world.fetcher.open_range(f"{HUB}/a", 0, len(body)) as part,
    ):
        list(part.pieces)

    assert caught.value.code is Code.LINK_ANSWER


def test_a_fetcher_does_not_show_its_token(authority: Authority) -> None:
    fetcher = Fetcher(lambda: NOW, credential=Credential(HUB, CANARY), trust=authority.trust)

    assert CANARY not in repr(fetcher)


def test_a_link_s_own_user_and_query_are_in_no_error(authority: Authority) -> None:
    fetcher = Fetcher(lambda: NOW, trust=authority.trust)

    for url in (
        f"https://user:{CANARY}@hub.example.org/a",
        f"https://{CANARY}@hub.example.org/a",
        f"https://127.0.0.1/a?key={CANARY}",
        f"http://hub.example.org/a?key={CANARY}",
    ):
        with pytest.raises(SourceError) as caught:
            fetcher.fetch(url, limit=LIMIT)
        assert caught.value.code is Code.URL_FORBIDDEN
        assert CANARY not in str(caught.value)
