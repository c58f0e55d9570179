import pytest

from provenance.doors.network import admit, is_public, resolve
from provenance.errors import Code, SourceError

PUBLIC = "https://github.com/o/n"
NAMED = ("http://127.0.0.1:8080/mirror/",)


def test_a_public_address_is_pinned_to_what_was_checked() -> None:
    place = admit("https://GitHub.com/Org/Name", named=(), resolver=lambda *_: ["140.82.112.3"])

    assert place.url == "https://github.com/Org/Name"
    assert place.pin == "140.82.112.3"


def test_a_named_origin_needs_neither_https_nor_a_public_address() -> None:
    place = admit("http://127.0.0.1:8080/o/n", named=NAMED)

    assert (place.url, place.pin) == ("http://127.0.0.1:8080/o/n", None)


def test_the_usual_port_is_not_written() -> None:
    place = admit("https://example.org:443/a", named=(), resolver=lambda *_: ["93.184.216.34"])

    assert place.url == "https://example.org/a"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8081/o/n",
        "http://127.0.0.1/o/n",
        "https://127.0.0.1:8080/o/n",
        "http://localhost:8080/o/n",
        "http://github.com/o/n",
        "https://github.com:8443/o/n",
        "https://user@github.com/o/n",
        "https://user:secret@github.com/o/n",
        "https://github.com/o/n?ref=x",
        "https://github.com/o/n#x",
        "https://github.com/o/../n",
        "https://github.com/./n",
        "https://github.com/o//n",
        "https://github.com/o/%2e%2e/n",
        "https://github.com/o n",
        "https://github.com/o\n",
        "https://github.com\\@127.0.0.1/",
        "https://\uff47ithub.com/o/n",
        "https://-oProxyCommand=x/o",
        "https:///o/n",
        "ssh://github.com/o/n",
        "git://github.com/o/n",
        "file:///etc",
        "ext::sh -c true",
        "--upload-pack=true",
        "/etc",
        "",
        "https://" + "a" * 300 + "/o",
        "https://\u212aithub.com/o",
        "https://github.com:0/o",
        "https://github.com:99999/o",
        "https://github.com/o/%41",
    ],
)
def test_any_other_address_is_refused(address: str) -> None:
    with pytest.raises(SourceError) as caught:
        admit(address, named=NAMED, resolver=lambda *_: ["140.82.112.3"])

    assert caught.value.code is Code.URL_FORBIDDEN


PRIVATE = [
    "127.0.0.1",
    "0.0.0.0",  # noqa: S104 - an address to refuse, not to listen at
    "10.0.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",
    "192.0.0.8",
    "192.88.99.1",
    "198.51.100.1",
    "203.0.113.1",
    "::127.0.0.1",
    "::8.8.8.8",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::808:808",
    "100::1",
    "2001:20::1",
    "2001:db8::1",
    "3fff::1",
    "5f00::1",
    "fec0::1",
    "2606:50c0:8000::153%eth0",
    "fc00::1",
    "fe80::1",
    "fe80::1%eth0",
    "ff02::1",
    "not an address",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_refused_in_every_spelling(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(SourceError) as caught:
        admit(PUBLIC, named=NAMED, resolver=lambda *_: ["140.82.112.3", address])

    assert caught.value.code is Code.URL_FORBIDDEN


@pytest.mark.parametrize(
    "address", ["140.82.112.3", "8.8.8.8", "2606:50c0:8000::153", "64:ff9b::808:808"]
)
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.1", "0x7f.1", "2130706433", "0177.0.0.1", "[::1]"])
def test_numbers_that_the_system_reads_as_this_machine_are_refused(host: str) -> None:
    with pytest.raises(SourceError) as caught:
        admit(f"https://{host}/o/n", named=())

    assert caught.value.code is Code.URL_FORBIDDEN


def test_a_host_without_an_address_cannot_be_reached() -> None:
    with pytest.raises(SourceError) as caught:
        admit(PUBLIC, named=(), resolver=lambda *_: [])

    assert caught.value.code is Code.NET_DNS


def test_a_host_that_nobody_knows_cannot_be_reached() -> None:
    with pytest.raises(SourceError) as caught:
        resolve("a" * 64 + ".invalid", 443)

    assert caught.value.code is Code.NET_DNS


def test_each_address_of_a_host_is_named_once() -> None:
    assert resolve("127.0.0.1", 443) == ("127.0.0.1",)
