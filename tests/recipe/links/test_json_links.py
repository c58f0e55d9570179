import json

import pytest

from provenance.errors import TextError
from provenance.recipe.links.json_links import MOST_LINKS, read_json_links


def found(value: object) -> list[tuple[str, bytes, str]]:
    data = json.dumps(value).encode()
    return [
        (str(one.locator), one.span.of(data), str(one.context))
        for one in read_json_links(data).found
    ]


def test_a_configuration_names_where_its_weights_came_from() -> None:
    assert found({"_name_or_path": "org/base"}) == [("hub-model:org/base", b"org/base", "metadata")]
    assert found({"text_config": {"_name_or_path": "o/b"}, "name_or_path": 1}) == [
        ("hub-model:o/b", b"o/b", "metadata")
    ]
    assert found({"name_or_path": "https://hf.co/o/b"}) == [
        ("hub-model:o/b", b"https://hf.co/o/b", "metadata")
    ]


def test_an_adapter_names_the_revision_of_its_base() -> None:
    adapter = {"base_model_name_or_path": "org/base", "revision": "v1"}

    assert found(adapter) == [("hub-model:org/base@v1", b"org/base", "metadata")]
    assert found({**adapter, "revision": None}) == [("hub-model:org/base", b"org/base", "metadata")]


@pytest.mark.parametrize("path", ["gpt2", "/home/me/model", "./out", "../x", "out/a.bin", ""])
def test_a_path_on_the_publishers_machine_is_no_link(path: str) -> None:
    assert found({"_name_or_path": path}) == []


def test_code_of_another_repository_is_a_link_that_runs() -> None:
    value = {
        "AutoModel": "org/code--module.Class",
        "AutoConfig": "own.Class",
        "x": [None, "o/c--m.C"],
    }

    assert found({"auto_map": value}) == [
        ("hub-model:org/code", b"org/code--module.Class", "code"),
        ("hub-model:o/c", b"o/c--m.C", "code"),
    ]
    assert found({"auto_map": {"AutoModel": "a b--module.Class"}}) == []
    assert found({"auto_map": "org/code--module.Class"}) == []
    assert found([1]) == []


def test_an_escaped_name_has_the_whole_file_as_its_place() -> None:
    data = rb'{"_name_or_path": "org\/base"}'

    (link,) = read_json_links(data).found

    assert link.span.of(data) == data


def test_more_links_than_any_honest_configuration_has_are_left_out_and_it_is_said() -> None:
    value = [{"_name_or_path": f"o/n{at}"} for at in range(MOST_LINKS + 1)]

    links = read_json_links(json.dumps(value).encode())

    assert len(links.found) == MOST_LINKS
    assert not links.complete


def test_what_is_no_json_is_an_error() -> None:
    with pytest.raises(TextError):
        read_json_links(b"{")
