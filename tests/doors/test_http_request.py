import pytest

from provenance.doors.http_request import Credential, repeated, request
from provenance.doors.network import Admitted
from provenance.errors import Code, InvalidValueError, SourceError

TOKEN = "hf_canary-0123456789"  # noqa: S105 - a canary, no secret
HELD = Credential("https://hub.example.org/any", TOKEN)
PLACE = Admitted("https", "hub.example.org", 443, "/a", query="b=1")


def test_a_request_asks_for_one_page_and_no_coding() -> None:
    assert request(PLACE, None, {"Range": "bytes=0-1"}) == (
        b"GET /a?b=1 HTTP/1.1\r\n"
        b"Host: hub.example.org\r\n"
        b"User-Agent: provenance-verifier\r\n"
        b"Accept: */*\r\n"
        b"Accept-Encoding: identity\r\n"
        b"Connection: close\r\n"
        b"Range: bytes=0-1\r\n"
        b"\r\n"
    )


def test_a_host_without_a_path_is_asked_for_its_first_page() -> None:
    said = request(Admitted("http", "127.0.0.1", 8080, ""), None, {})

    assert said.startswith(b"GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n")


def test_the_token_goes_to_its_own_origin() -> None:
    assert f"Authorization: Bearer {TOKEN}\r\n".encode() in request(PLACE, HELD, {})


@pytest.mark.parametrize(
    ("scheme", "host", "port"),
    [
        ("http", "hub.example.org", 443),
        ("http", "hub.example.org", 80),
        ("https", "hub.example.org", 8443),
        ("https", "example.org", 443),
        ("https", "a.hub.example.org", 443),
        ("https", "hub.example.org.evil.example", 443),
    ],
)
def test_the_token_goes_to_no_other_origin(scheme: str, host: str, port: int) -> None:
    assert TOKEN.encode() not in request(Admitted(scheme, host, port, "/a"), HELD, {})


@pytest.mark.parametrize("token", ["", "a b", "a\r\nHost: x", "\xe9", "a" * 4097])
def test_what_is_no_token_is_refused_and_not_repeated(token: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Credential("https://hub.example.org", token)

    assert caught.value.code is Code.VALUE
    assert not token or token not in str(caught.value)


def test_a_token_is_not_shown() -> None:
    assert TOKEN not in repr(HELD)


def test_a_token_for_no_origin_is_refused() -> None:
    with pytest.raises(SourceError) as caught:
        Credential("hub.example.org", TOKEN)

    assert caught.value.code is Code.URL_FORBIDDEN


def test_a_token_is_found_however_it_is_written() -> None:
    assert HELD.is_in(f"x={TOKEN}")
    assert HELD.is_in(f"x={TOKEN.replace('_', '%5f')}")
    assert not HELD.is_in(TOKEN[:-1])


@pytest.mark.parametrize("size", [1, 7, 19, 20, 21, 100])
def test_a_token_in_a_body_is_found_across_its_pieces(size: int) -> None:
    body = b"before " + TOKEN.encode() + b" after"
    cut = (body[start : start + size] for start in range(0, len(body), size))
    passed = []

    with pytest.raises(SourceError) as caught:
        passed += list(HELD.kept_out(cut))

    assert caught.value.code is repeated().code is Code.LINK_ANSWER


def test_a_body_without_the_token_passes() -> None:
    assert list(HELD.kept_out(iter([b"hf_", b"canary"]))) == [b"hf_", b"canary"]
