import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from provenance.doors.git_redirect import moved_to
from provenance.errors import Code, SourceError
from tests.doors.served import Answer, Request, served

QUESTION = "/info/refs?service=git-upload-pack"


def chain(hops: int, status: int = 301) -> Callable[[Request], Answer]:
    """Return a server at whose ``/0`` so many redirects begin."""

    def answer(request: Request) -> Answer:
        at = int(request.path.split("/")[1])
        if at == hops:
            return Answer(200, b"whatever")
        return Answer(status, headers={"Location": f"/{at + 1}{QUESTION}"})

    return answer


@pytest.mark.parametrize("hops", [0, 1, 3])
def test_at_most_three_redirects_lead_to_where_it_is_now(hops: int) -> None:
    with served(chain(hops)) as url:
        assert moved_to(f"{url}/0", named=(url,)) == f"{url}/{hops}"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_kind_of_redirect_is_one(status: int) -> None:
    with served(chain(1, status)) as url:
        assert moved_to(f"{url}/0", named=(url,)) == f"{url}/1"


@pytest.mark.parametrize("status", [200, 304, 404, 500])
def test_any_other_answer_leaves_it_where_it_was(status: int) -> None:
    with served(lambda _: Answer(status, headers={"Location": f"/x{QUESTION}"})) as url:
        assert moved_to(f"{url}/0", named=(url,)) == f"{url}/0"


def test_a_redirect_without_an_end_is_given_up() -> None:
    asked = []

    def again(request: Request) -> Answer:
        asked.append(request.path)
        return Answer(301, headers={"Location": request.path})

    with served(again) as url, pytest.raises(SourceError) as caught:
        moved_to(f"{url}/0", named=(url,))

    assert caught.value.code is Code.GIT_MOVED
    assert asked == [f"/0{QUESTION}"] * 4


@pytest.mark.parametrize("target", ["/login", f"/n{QUESTION}&x=1", "/n/info/refs"])
def test_a_redirect_to_no_repository_leads_nowhere(target: str) -> None:
    with (
        served(lambda _: Answer(301, headers={"Location": target})) as url,
        pytest.raises(SourceError) as caught,
    ):
        moved_to(f"{url}/0", named=(url,))

    assert caught.value.code is Code.GIT_MOVED


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1:1/n",
        "http://169.254.169.254/n",
        "https://user@127.0.0.1/n",
        "file:///etc",
        "ext::sh -c x",
        "https://140.82.112.3/n",
    ],
)
def test_a_redirect_elsewhere_is_refused(place: str) -> None:
    to = {"Location": f"{place}{QUESTION}"}
    with served(lambda _: Answer(301, headers=to)) as url, pytest.raises(SourceError) as caught:
        moved_to(f"{url}/0", named=(url,))

    assert caught.value.code is Code.URL_FORBIDDEN


def test_a_redirect_to_an_origin_that_the_caller_named_is_followed() -> None:
    with served(chain(0)) as other:
        to = {"Location": f"{other}/0{QUESTION}"}
        with served(lambda _: Answer(301, headers=to)) as url:
            assert moved_to(f"{url}/0", named=(url, f"{other}/prefix/")) == f"{other}/0"


def test_no_address_that_is_not_public_is_asked() -> None:
    with pytest.raises(SourceError) as caught:
        moved_to("https://example.org/n", named=(), resolver=lambda *_: ["10.0.0.1"])

    assert caught.value.code is Code.URL_FORBIDDEN


def test_nothing_of_ours_is_told_but_that_we_ask_as_git_does() -> None:
    asked: list[Request] = []

    def answer(request: Request) -> Answer:
        asked.append(request)
        return Answer(200)

    with served(answer) as url:
        moved_to(f"{url}/n", named=(url,))

    assert asked[0].path == f"/n{QUESTION}"
    assert set(asked[0].headers) == {
        *("accept", "accept-encoding", "connection", "host", "user-agent")
    }


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_says_nothing_is_given_up(scheme: str) -> None:
    started = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"{scheme}://127.0.0.1:{mute.getsockname()[1]}"

        with pytest.raises(SourceError) as caught:
            moved_to(f"{url}/n", named=(url,), seconds=0.2)

    assert caught.value.code is Code.TIMEOUT
    assert time.monotonic() - started < 3


def test_a_server_that_speaks_too_slowly_is_given_up() -> None:
    over = threading.Event()

    def trickle(server: socket.socket) -> None:
        line, _ = server.accept()
        with line, suppress(OSError):
            line.sendall(b"HTTP/1.1 200 OK\r\nX-")
            while not over.wait(0.02):
                line.sendall(b"x")

    started = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=trickle, args=(server,), daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(SourceError) as caught:
            moved_to(f"{url}/n", named=(url,), seconds=0.2)
        over.set()
        thread.join()

    assert caught.value.code is Code.TIMEOUT
    assert time.monotonic() - started < 3


def test_a_server_that_is_down_is_a_matter_of_the_network() -> None:
    with served(lambda _: Answer()) as url:
        pass

    with pytest.raises(SourceError) as caught:
        moved_to(f"{url}/n", named=(url,))

    assert caught.value.code is Code.NET_REFUSED


def test_over_https_a_server_without_a_certificate_is_not_believed() -> None:
    with served(lambda _: Answer()) as url:
        place = url.replace("http:", "https:")

        with pytest.raises(SourceError) as caught:
            moved_to(f"{place}/n", named=(place,), seconds=5)

    assert caught.value.code is Code.NETWORK
