from pathlib import Path

import pytest

from provenance.doors.authorities import bundle, trusting, way_to
from provenance.errors import Code, SourceError
from provenance.values.network import Network
from tests.doors.wires import Authority, refused


def test_named_authorities_are_trusted_in_place_of_the_system_s(
    authority: Authority, tmp_path: Path
) -> None:
    named = trusting(Network(authorities=authority.file))

    assert [one["subject"] for one in named.get_ca_certs()] == [
        ((("commonName", "a test's own"),),)
    ]
    assert trusting(Network(authorities=tmp_path)).get_ca_certs() == []
    assert trusting(Network()) is trusting(Network())


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_authorities_that_cannot_be_read_are_an_error(
    tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "a.pem"
    if content is not None:
        file.write_bytes(content)

    with refused(Code.NET_CERTIFICATE, "a.pem"):
        trusting(Network(authorities=file))


def test_one_file_holds_all_of_them(authority: Authority, tmp_path: Path) -> None:
    folder = tmp_path / "certs"
    folder.mkdir()
    (folder / "0123abcd.0").write_bytes(authority.pem)
    (folder / "README").write_bytes(b"none")
    alone = Network(authorities=authority.file)
    both = Network(authorities=authority.file, more_authorities=folder)

    assert bundle(alone, tmp_path) == authority.file
    assert bundle(both, tmp_path).read_bytes().count(b"-----BEGIN") == 2
    assert bundle(Network(authorities=folder), tmp_path).read_bytes() == authority.pem
    with refused(Code.NET_CERTIFICATE):
        bundle(Network(authorities=tmp_path / "none", more_authorities=folder), tmp_path)


def test_a_proxy_that_cannot_be_spoken_to_is_a_matter_of_the_network() -> None:
    with pytest.raises(SourceError) as caught:
        way_to(Network(https="socks5://p:1"), "https", "example.org", 443)

    assert caught.value.code is Code.NET_PROXY
    assert way_to(Network(), "https", "example.org", 443) is None
