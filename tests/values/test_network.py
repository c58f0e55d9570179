from collections.abc import Mapping
from pathlib import Path

import pytest

from provenance.errors import Code, InvalidValueError
from provenance.values.network import Network, Proxy


def way(address: str, variables: Mapping[str, str]) -> str | None:
    """Return the proxy for an address, as the environment has it."""
    scheme, _, host = address.rpartition("://")
    port = 80 if scheme == "http" else 443
    found = Network.from_environ(variables).way(scheme or "https", host, port)
    return str(found) if found else None


def test_without_variables_every_way_is_straight() -> None:
    assert Network.from_environ({}) == Network()
    assert not Network().proxied
    assert way("example.org", {}) is None


@pytest.mark.parametrize(
    ("variables", "https", "http"),
    [
        ({"HTTPS_PROXY": "http://p:1"}, "p:1", None),
        ({"HTTP_PROXY": "http://p:1"}, None, "p:1"),
        ({"ALL_PROXY": "http://p:1"}, "p:1", "p:1"),
        ({"https_proxy": "http://a:1", "HTTPS_PROXY": "http://b:2"}, "a:1", None),
        ({"HTTPS_PROXY": "p:3128"}, "p:3128", None),
        ({"HTTPS_PROXY": "http://p"}, "p:80", None),
        ({"HTTPS_PROXY": "http://p:1/"}, "p:1", None),
        ({"HTTPS_PROXY": "http://[::1]:1"}, "[::1]:1", None),
        ({"HTTPS_PROXY": " "}, None, None),
        # Below a web server it is a header of whoever asks.
        ({"HTTP_PROXY": "http://p:1", "REQUEST_METHOD": "GET"}, None, None),
        ({"http_proxy": "http://p:1", "REQUEST_METHOD": "GET"}, None, "p:1"),
    ],
)
def test_each_scheme_has_its_variable(
    variables: dict[str, str], https: str | None, http: str | None
) -> None:
    assert way("https://example.org", variables) == https
    assert way("http://example.org", variables) == http


@pytest.mark.parametrize(
    ("rules", "straight", "through"),
    [
        ("example.org", ["example.org", "a.example.org", "EXAMPLE.org."], ["badexample.org"]),
        (".example.org", ["example.org", "a.example.org"], ["example.org.net"]),
        ("*.example.org", ["a.example.org"], ["example.net"]),
        ("*", ["example.org", "10.0.0.1"], []),
        ("10.0.0.0/8, a.org", ["10.9.8.7", "a.org"], ["11.0.0.1", "10.0.0.1.org"]),
        ("127.0.0.1", ["127.0.0.1"], ["127.0.0.2"]),
        ("::1", ["[::1]"], ["[::2]"]),
        ("fd00::/8", ["[fd00::1]"], ["[fe00::1]"]),
        ("example.org:443", ["example.org"], ["example.net"]),
        ("example.org:8443", [], ["example.org"]),
        ("[::1]:443", ["[::1]"], ["[::2]"]),
        ("a.org b.org", ["a.org", "b.org"], ["c.org"]),
        (".", [], ["example.org"]),
    ],
)
def test_some_hosts_go_without(rules: str, straight: list[str], through: list[str]) -> None:
    given = {"HTTPS_PROXY": "http://p:1", "no_proxy": rules}

    assert [way(host, given) for host in straight] == [None] * len(straight)
    assert [way(host, given) for host in through] == ["p:1"] * len(through)


@pytest.mark.parametrize(
    "text",
    [
        *("socks5://canary:1", "https://canary:1", "http://", "http://canary:0"),
        *("http://canary:99999", "http://canary:x", "http://can ary", "http://a%0a:canary@p:1"),
        "http://[canary",
    ],
)
def test_what_is_no_proxy_of_ours_is_refused_and_not_repeated(text: str) -> None:
    network = Network.from_environ({"ALL_PROXY": text})

    with pytest.raises(InvalidValueError) as caught:
        network.way("https", "example.org", 443)

    assert caught.value.code is Code.NET_PROXY
    assert "canary" not in f"{caught.value}{caught.value.hint}{network!r}"


def test_a_proxy_is_told_who_asks_and_nobody_else_is() -> None:
    proxy = Proxy.parse("http://me:p%40ss@p:1")

    assert proxy.authorization == "Basic bWU6cEBzcw=="
    assert (proxy.secret or "").split(":") == ["me", "p%40ss"]
    assert "ss" not in f"{proxy} {proxy!r} {proxy.url}"
    assert Proxy.parse("http://me@p:1").authorization == "Basic bWU6"
    assert Proxy.parse("http://p:1").authorization is None
    assert Proxy.parse("http://p:1").secret is None


def test_authorities_are_a_file_or_a_folder() -> None:
    one = Network.from_environ({"REQUESTS_CA_BUNDLE": "/a", "CURL_CA_BUNDLE": "/b"})
    both = Network.from_environ({"SSL_CERT_FILE": "/a", "SSL_CERT_DIR": "/d"})
    folder = Network.from_environ({"SSL_CERT_DIR": "/d"})

    assert (one.authorities, one.more_authorities) == (Path("/a"), None)
    assert (both.authorities, both.more_authorities) == (Path("/a"), Path("/d"))
    assert (folder.authorities, folder.more_authorities) == (Path("/d"), None)


def test_only_a_proxy_that_is_used_counts_as_one() -> None:
    assert Network.from_environ({"HTTP_PROXY": "p:1"}).proxied
    assert not Network.from_environ({"HTTP_PROXY": "p:1", "NO_PROXY": "a, *"}).proxied
