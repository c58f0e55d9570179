from collections.abc import Sequence

import pytest

from provenance.doors.network import admit_link, origin_of
from provenance.errors import Code, SourceError
from tests.doors.wires import OTHER, PUBLIC, refused

# What the system's resolver, or one that means ill, could say to a name.
NAMES = {
    "inside.example.org": ["10.0.0.1"],
    "both.example.org": [PUBLIC, "192.168.0.1"],
    "meta.example.org": ["169.254.169.254"],
    "mapped.example.org": ["::ffff:127.0.0.1"],
    "127.0.0.1.nip.io": ["127.0.0.1"],
    "xn--4caaa.example.org": ["127.0.0.1"],
}


def public(host: str, _: int) -> Sequence[str]:
    """Look a name up; every name that is not in the table is public, by whom means ill."""
    return NAMES.get(host, [PUBLIC])


HOSTS = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0x7f.1",
    "0X7F.1",
    "0x",
    "017700000001",
    "0177.0.0.1",
    "127.0.0.01",
    "127.000.000.001",
    "00127.0.0.1",
    "1.2.3.4.5",
    "256.256.256.256",
    "4294967296",
    "134744072",
    "0",
    "0.0.0.0",  # noqa: S104 - an address to refuse, not to listen at
    "10.0.0.1",
    "10.1",
    "100.64.0.1",
    "169.254.169.254",
    "0xa9fea9fe",
    "2852039166",
    "169.254.43518",
    "172.16.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "192.168.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "[::]",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[0000::0001]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::ffff:169.254.169.254]",
    "[::127.0.0.1]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::169.254.169.254]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2002:a9fe:a9fe::1]",
    "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[fe80::1]",
    "[fe80::1%eth0]",
    "[fe80::1%25eth0]",
    "[fec0::1]",
    "[ff02::1]",
    "[2001:db8::1]",
    "[100::1]",
    "[::1",
    "::1",
    "[127.0.0.1]",
    "[v1.a]",
    "127.0.0.1.",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "a.localhost",
    "localhost.localdomain.local",
    "printer.local",
    "metadata.google.internal",
    "router.home.arpa",
    "example.org.",
    "example.org@127.0.0.1",
    "user:secret@example.org",
    "@example.org",
    ":@127.0.0.1",
    "127.0.0.1:443@example.org",
    "127.0.0.1%00.example.org",
    "127.0.0.1#.example.org",
    "127.0.0.1?.example.org",
    "127.0.0.1\\.example.org",
    "127.0.0.1\t",
    "127.0.0.1\n",
    " 127.0.0.1",
    "\uff11\uff12\uff17.0.0.1",
    "\u0661\u0662\u0667.0.0.1",
    "127\u30020\u30020\u30021",
    "\u2460\u2461\u2466.0.0.1",
    "\uff4cocalhost",
    "loca\u017fhost",
    "local\u00adhost",
    "%31%32%37.0.0.1",
    "127.0.0.1:80",
    "example.org:22",
    "example.org:0",
    "example.org:65979",
    "example.org:4\u0664\u0663",
    "",
    *NAMES,
]


@pytest.mark.parametrize("host", HOSTS)
def test_no_spelling_of_an_address_that_is_not_public_is_admitted(host: str) -> None:
    for address in (f"https://{host}/a?b=c", f"https://{host}"):
        with refused(Code.URL_FORBIDDEN):
            admit_link(address, named=(), resolver=public)


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://example.org", "https://example.org"),
        ("https://example.org/", "https://example.org/"),
        ("https://example.org?a=1", "https://example.org?a=1"),
        ("https://example.org?", "https://example.org"),
        ("https://example.org#a?b", "https://example.org"),
        (
            "HTTPS://EXAMPLE.org:443/A%2fb//c/?d=/?e&f=%41#g",
            "https://example.org/A%2fb//c/?d=/?e&f=%41",
        ),
        ("https://example.org/a@b:c;d=e,(f)!$&'*+", "https://example.org/a@b:c;d=e,(f)!$&'*+"),
        ("https://xn--bcher-kva.example/...", "https://xn--bcher-kva.example/..."),
    ],
)
def test_a_link_may_have_what_pages_have(address: str, url: str) -> None:
    place = admit_link(address, named=(), resolver=public)

    assert (place.url, place.pin, place.pins) == (url, PUBLIC, (PUBLIC,))


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/..",
        "https://example.org/a/../b",
        "https://example.org/a/./b",
        "https://example.org/a/%2e%2E/b",
        "https://example.org/a/.%2e/b",
        "https://example.org/a b",
        "https://example.org/%",
        "https://example.org/%4",
        "https://example.org/%zz",
        "https://example.org/a\\b",
        "https://example.org/a<b",
        'https://example.org/a"b',
        "https://example.org/\x00",
        "https://example.org/a\r\nHost: b",
        "https://example.org/?a\nb",
        "https://example.org/#a\nb",
        "https://example.org/\xe9",
        "https:///a",
        "https:example.org",
        "https:/example.org",
        "//example.org/a",
        "example.org/a",
        "http://example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://example.org/" + "a" * 4096,
    ],
)
def test_a_link_may_not_have_anything_else(address: str) -> None:
    with refused(Code.URL_FORBIDDEN):
        admit_link(address, named=(), resolver=public)


@pytest.mark.parametrize("host", ["8.8.8.8", "[2606:50c0:8000::153]", "[2606:50C0:8000:0::153]"])
def test_an_address_that_is_written_down_is_not_looked_up(host: str) -> None:
    def never(_: str, __: int) -> Sequence[str]:
        raise SourceError("looked up")

    place = admit_link(f"https://{host}/", named=(), resolver=never)

    assert place.pin in {"8.8.8.8", "2606:50c0:8000::153"}


def test_all_addresses_of_a_host_are_checked_and_kept_in_order() -> None:
    place = admit_link("https://a.example/", named=(), resolver=lambda *_: [OTHER, PUBLIC])

    assert (place.pin, place.pins) == (OTHER, (OTHER, PUBLIC))


def test_a_link_to_a_host_without_an_address_cannot_be_reached() -> None:
    with refused(Code.NET_DNS):
        admit_link("https://a.example/", named=(), resolver=lambda *_: [])


def test_a_link_to_a_named_origin_keeps_its_query_and_no_pin() -> None:
    place = admit_link("http://127.0.0.1:80/a?b", named=("http://127.0.0.1",), resolver=public)

    assert (place.url, place.plain, place.authority, place.pins) == (
        "http://127.0.0.1/a?b",
        "http://127.0.0.1/a",
        "127.0.0.1",
        (),
    )


def test_a_query_and_a_user_are_not_shown() -> None:
    place = admit_link("https://a.example/?canary", named=(), resolver=public)

    assert "canary" not in repr(place)
    with pytest.raises(SourceError) as caught:
        admit_link("https://canary@a.example/?canary", named=())
    assert "canary" not in str(caught.value)


def test_an_origin_is_scheme_host_and_port() -> None:
    assert origin_of("HTTPS://Example.org/a") == ("https", "example.org", 443)
