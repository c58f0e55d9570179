import json
from datetime import UTC, datetime

from huggingface_hub import HfApi

from provenance.testing.hub import LoopbackHub
from provenance.testing.hub_commits import iso
from tests.testing.asking import ask


def test_all_commits_are_listed_page_by_page_newest_first(hub: LoopbackHub) -> None:
    hub.page = 2
    made = hub.add_space("org/s")
    ids = [made.commit({"a": b"%d" % n}, message=f"{n}\n\nThe body\nof {n}") for n in range(5)]

    listed = HfApi(endpoint=hub.url, token=False).list_repo_commits("org/s", repo_type="space")

    assert [one.commit_id for one in listed] == ids[::-1]
    assert (listed[0].title, listed[0].message) == ("4", "The body\nof 4")
    assert (listed[0].authors, listed[0].formatted_title) == (["provenance"], None)
    assert listed[0].created_at == datetime(2026, 1, 1, tzinfo=UTC)
    assert len([seen for seen in hub.requests if "/commits/" in seen.path]) == 3


def test_fifty_commits_are_a_page(hub: LoopbackHub) -> None:
    made = hub.add_model("org/m")
    for n in range(51):
        made.commit({"a": b"%d" % n}, message="m")

    _, body, headers = ask(hub.url, "/api/models/org/m/commits/main")

    assert (len(json.loads(body)), headers["X-Total-Count"]) == (50, "51")
    assert 'rel="next"' in headers["Link"]


def test_titles_are_formatted_when_asked_for(hub: LoopbackHub) -> None:
    hub.page = 1
    made = hub.add_model("org/m")
    for title in ("a < b", "c"):
        made.commit({"a": title.encode()}, message=f"{title}\n\nd & e")

    listed = HfApi(endpoint=hub.url, token=False).list_repo_commits("org/m", formatted=True)

    assert [one.formatted_title for one in listed] == ["c", "a &lt; b"]
    assert listed[1].formatted_message == "<p>d &amp; e</p>"


def test_a_moment_is_written_as_the_hub_writes_it() -> None:
    assert iso(0) == "1970-01-01T00:00:00.000Z"
