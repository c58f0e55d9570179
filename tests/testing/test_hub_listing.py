import json
from pathlib import Path

from provenance.testing.hub import LoopbackHub
from tests.testing.asking import ask


def test_a_folder_that_is_not_there_and_a_stranger_are_refused(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        repository = hub.add_model("org/m")
        commit = repository.commit({"a/b.txt": b"1", "c.txt": b"2"}, message="m")
        repository.tag("v1", commit)

        nothing = ask(hub.url, "/api/models/org/m/tree/main/nothing")
        inside = ask(hub.url, "/api/models/org/m/tree/main/a")
        top = ask(hub.url, "/api/models/org/m/tree/main")
        refs = ask(hub.url, "/api/models/org/m/refs")
        stranger = ask(hub.url, "/api/whoami-v2")

    assert (nothing[0], nothing[2]["X-Error-Code"]) == (404, "EntryNotFound")
    assert [row["path"] for row in json.loads(inside[1])] == ["a/b.txt"]
    assert [row["path"] for row in json.loads(top[1])] == ["a", "c.txt"]
    assert [tag["name"] for tag in json.loads(refs[1])["tags"]] == ["v1"]
    assert stranger[0] == 401
