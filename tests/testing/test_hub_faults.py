"""Each fault as the unmodified client meets it, and as it stands on the wire."""

import hashlib
import time
from pathlib import Path

import pytest
from huggingface_hub import HfApi, get_hf_file_metadata, hf_hub_download, hf_hub_url
from huggingface_hub.errors import (
    DisabledRepoError,
    GatedRepoError,
    HfHubHTTPError,
    RemoteEntryNotFoundError,
    RepositoryNotFoundError,
)

from provenance.testing.hub import LoopbackHub
from tests.testing.asking import ask

WEIGHTS = "w.safetensors"
SMALL = bytes(range(100))
DIGEST = hashlib.sha256(SMALL).hexdigest()
# The client keeps what it got, and asks for the rest alone, from 10 MiB on.
KEPT = 10 * 2**20
LARGE = bytes(range(256)) * (KEPT // 256 + 2000)


@pytest.fixture
def served(hub: LoopbackHub) -> LoopbackHub:
    hub.add_model("org/m").commit({WEIGHTS: SMALL, "a.txt": b"a"}, message="m")
    return hub


def download(hub: LoopbackHub, folder: Path, name: str = WEIGHTS) -> bytes:
    """Return what the client says the file holds."""
    path = hf_hub_download("org/m", name, endpoint=hub.url, token=False, local_dir=folder)
    return Path(path).read_bytes()


def ranges(hub: LoopbackHub) -> list[str | None]:
    """Return which bytes were asked for of the second origin."""
    return [seen.range for seen in hub.requests if seen.path.startswith("/lfs/")]


def test_the_client_waits_when_it_asks_too_often(served: LoopbackHub, tmp_path: Path) -> None:
    limited = {"RateLimit": '"resolvers";r=0;t=0', "Retry-After": "0"}
    served.fault("GET", "^/lfs/", status=429, headers=limited)

    assert download(served, tmp_path) == SMALL
    assert len(ranges(served)) == 2


def test_the_client_gives_up_on_a_broken_server(served: LoopbackHub) -> None:
    served.fault("GET", "^/api/models/org/m", status=503)

    with pytest.raises(HfHubHTTPError, match="503"):
        HfApi(endpoint=served.url, token=False).model_info("org/m")


@pytest.mark.parametrize(
    ("ignore_range", "swap", "right"),
    [(False, False, True), (True, False, True), (False, True, False)],
    ids=["resumed", "from the start", "another content"],
)
def test_the_client_resumes_and_believes_what_it_gets(
    hub: LoopbackHub, tmp_path: Path, ignore_range: bool, swap: bool, right: bool
) -> None:
    hub.add_model("org/m").commit({WEIGHTS: LARGE}, message="m")
    hub.fault("GET", "^/lfs/", truncate=KEPT + 1)
    hub.fault("GET", "^/lfs/", ignore_range=ignore_range, swap=swap)

    got = download(hub, tmp_path)

    assert ranges(hub) == [None, f"bytes={KEPT}-"]
    assert (len(got), got[:KEPT] == LARGE[:KEPT]) == (len(LARGE), True)
    assert (got == LARGE) is right


def test_the_client_believes_a_file_of_the_right_size(served: LoopbackHub, tmp_path: Path) -> None:
    served.fault("GET", "^/lfs/", corrupt=True)

    assert download(served, tmp_path) == bytes([1]) + SMALL[1:]


def test_the_client_believes_the_etag_it_is_told(served: LoopbackHub) -> None:
    served.fault("HEAD", "/resolve/", headers={"x-linked-etag": f'"{"0" * 64}"'})
    url = hf_hub_url("org/m", WEIGHTS, endpoint=served.url)

    told, right = (get_hf_file_metadata(url, token=False).etag for _ in range(2))

    assert (told, right) == ("0" * 64, DIGEST)


def test_the_client_goes_where_it_is_sent(served: LoopbackHub, tmp_path: Path) -> None:
    served.add_model("org/other").commit({"x.safetensors": bytes(len(SMALL))}, message="m")
    elsewhere = f"{served.store_url}/lfs/{hashlib.sha256(bytes(len(SMALL))).hexdigest()}"
    served.fault("HEAD", "/resolve/", headers={"Location": elsewhere})

    assert download(served, tmp_path) == bytes(len(SMALL))


@pytest.mark.parametrize(
    ("status", "headers", "error"),
    [
        (401, {"X-Error-Code": "GatedRepo"}, GatedRepoError),
        (403, {"X-Error-Code": "GatedRepo"}, GatedRepoError),
        (403, {"X-Error-Message": "Access to this resource is disabled."}, DisabledRepoError),
        (401, {"X-Error-Code": "RepoNotFound"}, RepositoryNotFoundError),
        (404, {"X-Error-Code": "EntryNotFound"}, RemoteEntryNotFoundError),
        (403, {}, HfHubHTTPError),
    ],
)
def test_the_client_names_each_refusal(
    served: LoopbackHub, status: int, headers: dict[str, str], error: type[HfHubHTTPError]
) -> None:
    served.fault("HEAD", "/resolve/", status=status, headers=headers)

    with pytest.raises(HfHubHTTPError) as raised:
        get_hf_file_metadata(hf_hub_url("org/m", WEIGHTS, endpoint=served.url), token=False)

    assert (type(raised.value), raised.value.response.status_code) == (error, status)


def test_a_status_comes_with_its_headers_and_no_body(served: LoopbackHub) -> None:
    headers = {"Location": "http://127.0.0.1:9/elsewhere"}
    served.fault("*", "/a.txt", times=2, status=302, headers=headers)

    for method in ("GET", "HEAD"):
        status, body, got = ask(served.url, "/org/m/resolve/main/a.txt", method)
        assert (status, body, got["Location"]) == (302, b"", headers["Location"])
    assert ask(served.url, "/org/m/resolve/main/a.txt")[0] == 307


def test_corruption_and_swap_keep_the_size(served: LoopbackHub) -> None:
    served.fault("GET", "^/lfs/", swap=True)
    served.fault("GET", "^/api/", corrupt=True)
    path = f"/lfs/{DIGEST}"

    whole = ask(served.store_url, path)[1]
    swapped = ask(served.store_url, path, headers={"Range": "bytes=90-"})[1]
    spoiled = ask(served.url, "/api/models/org/m")[1]

    assert whole == SMALL
    assert swapped == bytes(255 - byte for byte in SMALL[90:])
    assert spoiled == b"z" + ask(served.url, "/api/models/org/m")[1][1:]


def test_an_empty_file_has_no_byte_to_corrupt(served: LoopbackHub) -> None:
    commit = served.add_model("org/empty").commit({"e.txt": b""}, message="m")
    served.fault("GET", "e.txt", corrupt=True)

    path = f"/api/resolve-cache/models/org/empty/{commit}/e.txt"

    assert ask(served.url, path)[:2] == (200, b"")


def test_an_ignored_range_is_answered_with_the_whole(served: LoopbackHub) -> None:
    served.fault("GET", "^/lfs/", ignore_range=True)

    asked = {"Range": "bytes=90-"}
    first = ask(served.store_url, f"/lfs/{DIGEST}", headers=asked)
    second = ask(served.store_url, f"/lfs/{DIGEST}", headers=asked)

    assert (first[0], first[1], "Content-Range" in first[2]) == (200, SMALL, False)
    assert (second[0], second[1]) == (206, SMALL[90:])


def test_bytes_leave_no_faster_than_their_rate(served: LoopbackHub) -> None:
    served.fault("GET", "^/lfs/", rate=1000)
    start = time.monotonic()

    body = ask(served.store_url, f"/lfs/{DIGEST}")[1]

    assert body == SMALL
    assert time.monotonic() - start >= len(SMALL) / 1000


def test_an_answer_waits_for_its_delay(served: LoopbackHub) -> None:
    served.fault("GET", "/api/", delay=0.05)
    start = time.monotonic()

    assert ask(served.url, "/api/models/org/m")[0] == 200
    assert time.monotonic() - start >= 0.05
