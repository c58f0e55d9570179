from pathlib import Path

from provenance.testing.hub import LoopbackHub
from tests.testing.asking import ask


def test_a_path_without_a_route_is_not_there(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        assert ask(hub.url, "/nothing/at/all/here")[0] == 404


def test_a_body_in_chunks_is_read_whole(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_model("org/m").commit({"a": b"1"}, message="m")
        body = '{"paths": ["a"]}'
        chunked = f"{len(body):x}\r\n{body}\r\n0\r\n\r\n"

        status, found, _ = ask(
            hub.url,
            "/api/models/org/m/paths-info/main",
            "POST",
            {"Transfer-Encoding": "chunked"},
            chunked,
        )

    assert (status, b'"a"' in found) == (200, True)


def test_a_head_request_gets_no_body(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_model("org/m").commit({"w.safetensors": b"123"}, message="m")
        digest = next((hub.lfs).iterdir()).name

        status, body, headers = ask(hub.store_url, f"/lfs/{digest}", "HEAD")

    assert (status, body, headers["Content-Length"]) == (200, b"", "3")
