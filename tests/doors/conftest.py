from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from provenance.doors.fetcher import Fetcher
from tests.doors.wires import PUBLIC, Answers, Authority, Internet, Wire, World, wire


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def world(authority: Authority) -> Iterator[World]:
    """Build an internet with one server, and a fetcher in it."""
    with ExitStack() as stack:

        def build(answer: Answers, *names: str) -> tuple[Fetcher, Wire, Internet]:
            tls = authority.server(*(names or ("example.org",)))
            server = stack.enter_context(wire(answer, tls))
            net = Internet({"example.org": [PUBLIC]}, {PUBLIC: server.port})
            return net.fetcher(authority.trust), server, net

        yield build
