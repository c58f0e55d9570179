import pytest

from provenance.testing.hub import LoopbackHub
from tests.testing.asking import ask


@pytest.mark.parametrize(("size", "pages"), [(1, [1, 1, 1]), (2, [2, 1]), (3, [3]), (4, [3])])
def test_pages_lead_to_each_other_and_end(hub: LoopbackHub, size: int, pages: list[int]) -> None:
    hub.page = size
    hub.add_model("org/m").commit(dict.fromkeys("abc", b"x"), message="m")
    path, got = "/api/models/org/m/tree/main", []

    while path:
        _, body, headers = ask(hub.url, path)
        got.append(body.count(b'"path"'))
        link = headers.get("Link", "")
        path = link[1:].partition(">")[0].removeprefix(hub.url)

    assert got == pages
