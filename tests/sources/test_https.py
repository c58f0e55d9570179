import json
from collections.abc import Iterator
from contextlib import contextmanager

import attrs
import pytest

from provenance.doors.fetcher import Fetcher
from provenance.errors import Code, UsageError
from provenance.sources.https import HttpsSource, media_type
from provenance.values.evidence import EvidenceKind
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.settings import Mirror, Settings
from tests.doors.wires import NOW, Answers, Wire, head, ok, wire

LINK = Locator(LocatorKind.HTTP, "https://example.org/paper?version=1#abstract")


@contextmanager
def mirrored(answer: Answers) -> Iterator[tuple[HttpsSource, Wire]]:
    """Yield a source whose links lead to a server of this test."""
    with wire(answer) as server:
        mirror = Mirror("https://example.org/", f"http://127.0.0.1:{server.port}/copy/")
        settings = Settings(mirrors=(mirror,), token="hf_canary-0123456789")  # noqa: S106 - a canary, no secret
        yield HttpsSource.of(settings, lambda: NOW), server


def test_a_page_that_is_seen_is_recorded_with_its_answer() -> None:
    with mirrored(lambda _: ok(b"hello", "Content-Type: Text/HTML; charset=utf-8")) as (
        source,
        server,
    ):
        found = source.look(LINK)

    address = f"http://127.0.0.1:{server.port}/copy/paper?version=1"
    assert isinstance(found.look, Seen)
    assert found.look.value.body == b"hello"
    answer, page = found.captures
    assert (page.kind, page.uri) == (EvidenceKind.FILE, f"http:{LINK.uri}")
    assert (page.media_type, page.payload, page.seen_at) == ("text/html", b"hello", NOW)
    assert (answer.kind, answer.uri) == (EvidenceKind.ANSWER, f"http:{LINK.uri}")
    assert (answer.media_type, answer.seen_at) == ("application/json", NOW)
    assert json.loads(answer.payload) == {
        "content_length": 5,
        "content_type": "Text/HTML; charset=utf-8",
        "digest": str(page.evidence.digest),
        "etag": None,
        "final_url": address,
        "last_modified": None,
        "size": 5,
        "status": 200,
        "url": address,
    }


def test_no_token_is_sent_for_a_page() -> None:
    with mirrored(lambda _: ok()) as (source, server):
        source.look(LINK)

    assert b"Authorization" not in server.requests[0]


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_missing_and_the_answer_says_so(status: int) -> None:
    with mirrored(lambda _: ok(b"no", status=f"{status} Gone")) as (source, _):
        found = source.look(LINK)

    (answer,) = found.captures
    assert found.look == Missing(f"the server says {status}: gone", (answer.where,))
    said = json.loads(answer.payload)
    assert (said["status"], said["digest"], said["size"]) == (status, None, None)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (ok(status="403 Forbidden"), Code.LINK_DENIED),
        (ok(status="500 Oh"), Code.NETWORK),
        (head("404 Not Found")[:-2], Code.NETWORK),
        (head("200 OK", "Content-Length: 6") + b"hello", Code.NETWORK),
        (ok(b"a" * 101), Code.RESOURCE),
        (head("200 OK"), Code.LINK_ANSWER),
    ],
    ids=str,
)
def test_a_page_that_could_not_be_looked_at_is_unseen(answer: bytes, code: Code) -> None:
    with mirrored(lambda _: answer) as (source, _):
        found = source.look(LINK, limit=100)

    assert isinstance(found.look, Unseen)
    assert found.look.code is code
    assert found.captures == ()


def test_an_address_that_may_not_be_reached_is_unseen() -> None:
    source = HttpsSource.of(Settings(), lambda: NOW)

    found = source.look(Locator(LocatorKind.HTTP, "https://127.0.0.1/"))

    assert isinstance(found.look, Unseen)
    assert found.look.code is Code.URL_FORBIDDEN


def test_offline_is_unseen() -> None:
    settings = Settings(offline=True)

    found = HttpsSource.of(settings, lambda: NOW).look(LINK)

    assert isinstance(found.look, Unseen)
    assert found.look.code is Code.OFFLINE


def test_the_same_answer_is_the_same_evidence_whenever_it_comes() -> None:
    with mirrored(lambda _: ok()) as (source, _):
        later = attrs.evolve(source.fetcher, clock=lambda: NOW.replace(year=2027))
        first = source.look(LINK)
        second = HttpsSource(source.settings, later).look(LINK)

    ids = [[capture.evidence.id for capture in page.captures] for page in (first, second)]
    assert ids[0] == ids[1]


def test_a_link_of_another_kind_is_refused() -> None:
    source = HttpsSource(Settings(), Fetcher(lambda: NOW))

    with pytest.raises(UsageError) as caught:
        source.look(Locator(LocatorKind.GIT, "https://github.com/o/n"))

    assert caught.value.code is Code.USAGE


@pytest.mark.parametrize(
    ("content_type", "named"),
    [
        ("application/pdf", "application/pdf"),
        ("Text/Plain ; charset=utf-8", "text/plain"),
        ("image/svg+xml", "image/svg+xml"),
        (None, "application/octet-stream"),
        ("", "application/octet-stream"),
        ("text", "application/octet-stream"),
        ("text/<script>", "application/octet-stream"),
        ("text/html, text/plain", "application/octet-stream"),
        ("a/" + "b" * 200, "application/octet-stream"),
    ],
)
def test_a_media_type_is_a_well_formed_one(content_type: str | None, named: str) -> None:
    assert media_type(content_type) == named
