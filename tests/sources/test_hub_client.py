"""The real Hub client through a real proxy and TLS, in this process: what is set is set back."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from provenance.errors import Code, ProvenanceError
from provenance.sources.hub import HubSource, Patience
from provenance.sources.hub_client import speak_through
from provenance.values.network import Network
from provenance.values.path import RelPath
from provenance.values.ref import Ref
from provenance.values.settings import Settings
from tests.doors.proxies import Behind, nobody, offices, proxy
from tests.doors.wires import Authority
from tests.sources.hubs import COMMIT, NOON, hub

URL = "https://hub.example.org"
FILES = {"README.md": b"hello"}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def behind(authority: Authority) -> Iterator[Behind]:
    with offices(authority) as build:
        yield build
    speak_through(Network())


def resolved(network: Network, endpoint: str = URL) -> HubSource:
    settings = Settings(endpoint=endpoint, network=network)
    patience = Patience(answer=5, stall=10)
    return HubSource.resolve(
        Ref.parse("org/name"), settings=settings, clock=lambda: NOON, patience=patience
    )


def trouble(network: Network, endpoint: str = URL) -> Code:
    """Return why a release cannot be looked up."""
    with pytest.raises(ProvenanceError) as caught:
        resolved(network, endpoint)
    assert caught.value.hint
    return caught.value.code


def test_a_release_is_listed_and_downloaded_through_a_proxy_that_knows_who_asks(
    behind: Behind, authority: Authority
) -> None:
    with hub(FILES) as there:
        office = behind("hub.example.org", urlsplit(there.url).port, "me:canary")
        source = resolved(Network(https=office.url, authorities=authority.file))
        listed = [entry.path.text for entry in source.listing().inventory]
        start = source.starts([])
        asked = [one.headers for one in there.requests]

    assert str(source.ref.revision) == COMMIT
    assert (listed, start) == (["README.md"], {})
    assert set(office.asked) == {"CONNECT hub.example.org:443"}
    assert not any("proxy-authorization" in one for one in asked)


def test_each_host_goes_its_own_way(behind: Behind, authority: Authority) -> None:
    with hub(FILES) as there:
        office = behind("hub.example.org", urlsplit(there.url).port)
        network = Network(http=office.url, direct=("127.0.0.1",), authorities=authority.file)
        assert resolved(network, there.url).listing().inventory.get(RelPath("README.md").text)
        assert office.asked == []
        office.names = {"hub.internal": urlsplit(there.url).port or 0}
        resolved(network, "http://hub.internal").listing()
        assert office.asked[0].startswith("GET http://hub.internal/api/models/org/name")


@pytest.mark.usefixtures("behind")
def test_a_server_that_was_not_named_is_not_asked_for_anything() -> None:
    with hub(FILES) as there, proxy({"127.0.0.1": urlsplit(there.url).port or 0}) as office:
        resolved(Network(http=office.url, https=office.url), there.url).listing()

        assert {one.split("/")[2].split(":")[0] for one in office.asked} == {"127.0.0.1"}


def test_four_troubles_are_four_errors(behind: Behind, authority: Authority) -> None:
    with hub(FILES) as there:
        office = behind("hub.example.org", urlsplit(there.url).port)
        stranger = trouble(Network(https=office.url))
        office.word = "me:word"
        unknown = trouble(Network(https=office.plain, authorities=authority.file))
    dead = trouble(Network(https=f"127.0.0.1:{nobody()}"))
    lost = trouble(Network(), "http://nowhere.invalid")
    empty = trouble(Network(), f"http://127.0.0.1:{nobody()}")

    assert (stranger, unknown, dead) == (Code.NET_CERTIFICATE, Code.NET_PROXY, Code.NET_PROXY)
    assert (lost, empty) == (Code.NET_DNS, Code.NET_REFUSED)


@pytest.mark.usefixtures("behind")
@pytest.mark.parametrize("status", [407, 403, 502])
@pytest.mark.parametrize("endpoint", [URL, "http://hub.internal"])
def test_a_proxy_that_does_not_let_us_through_is_told_apart(status: int, endpoint: str) -> None:
    with proxy({}, status=status) as office:
        code = trouble(Network(http=office.url, https=office.url), endpoint)

    # What a proxy says of plain http could be its server's word, but for 407.
    answers = {403: Code.HUB_DENIED, 407: Code.NET_PROXY, 502: Code.NETWORK}
    assert code is (Code.NET_PROXY if endpoint == URL else answers[status])


@pytest.mark.usefixtures("behind")
@pytest.mark.parametrize("endpoint", ["nonsense", "ftp://hub.example.org"])
def test_an_endpoint_that_is_no_web_address_is_not_the_server_s_fault(endpoint: str) -> None:
    assert trouble(Network(https="p:1"), endpoint) is Code.NETWORK


@pytest.mark.usefixtures("behind")
def test_a_proxy_of_another_kind_is_refused() -> None:
    assert trouble(Network(https="socks5://127.0.0.1:1")) is Code.NET_PROXY


def test_a_session_that_its_owner_made_is_left_alone(behind: Behind) -> None:
    from huggingface_hub import get_session  # noqa: PLC0415 - heavy

    speak_through(Network())
    before = get_session()
    speak_through(Network())

    assert get_session() is before
    speak_through(Network(https="p:1"))
    assert get_session() is not before
    get_session().close()
    del behind
