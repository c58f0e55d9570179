import pytest

from provenance.errors import Code, TextError
from provenance.recipe.links.code_links import MOST_LINKS, read_code_links


def found(code: str) -> list[tuple[str, str]]:
    data = code.encode()
    links = read_code_links(data)
    assert all(one.is_evidence for one in links.found)
    return [(str(one.locator), one.span.of(data).decode()) for one in links.found]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("load_dataset('o/d', revision='v1')", [("hub-dataset:o/d@v1", "'o/d'")]),
        ("datasets.load_dataset(path='o/d')", [("hub-dataset:o/d", "'o/d'")]),
        ("é = M.from_pretrained('o/é'); M.from_pretrained('o/m')", [("hub-model:o/m", "'o/m'")]),
        ("M.from_pretrained('https://hf.co/o/m')", [("hub-model:o/m", "'https://hf.co/o/m'")]),
        ("snapshot_download('o/m')", [("hub-model:o/m", "'o/m'")]),
        ("snapshot_download(repo_id='o/d', repo_type='dataset')", [("hub-dataset:o/d", "'o/d'")]),
        ("hf_hub_download('o/s', 'f', repo_type='space')", [("hub-space:o/s", "'o/s'")]),
        ("pipeline('text-generation', model='o/m')", [("hub-model:o/m", "'o/m'")]),
        ("pipeline('o/m')", []),
        (
            "N = 'o/d'\nR: str = 'v2'\nload_dataset(N, revision=R)",
            [("hub-dataset:o/d@v2", "'o/d'")],
        ),
        ("N = 'o/d'\nN = 'o/e'\nload_dataset(N)", []),
        ("def f():\n    N = 'o/d'\n    load_dataset(N)", []),
        ("load_dataset(f'o/{x}')", []),
        ("load_dataset('json', data_files='a/b')", []),
        ("load_dataset('data/train.json')", []),
        ("load_dataset(*a, **b)", []),
        ("load_dataset()", []),
        ("print('o/d')", []),
        ("f()('o/d')", []),
        ("# load_dataset('o/d')", []),
        ("\ufeffload_dataset('o/d')", [("hub-dataset:o/d", "'o/d'")]),
        ("x = 1\r\nload_dataset('o/d')", [("hub-dataset:o/d", "'o/d'")]),
        (
            "load_dataset('o/b')\nif x:\n    load_dataset(\n        'o/a')",
            [("hub-dataset:o/b", "'o/b'"), ("hub-dataset:o/a", "'o/a'")],
        ),
    ],
)
def test_a_program_names_what_it_loads(code: str, expected: list[tuple[str, str]]) -> None:
    assert found(code) == expected


def test_more_links_than_the_budget_are_said_to_be_left_out() -> None:
    links = read_code_links(b"load_dataset('o/d')\n" * (MOST_LINKS + 1))

    assert len(links.found) == MOST_LINKS
    assert not links.complete


def test_what_is_not_python_is_an_error() -> None:
    with pytest.raises(TextError) as caught:
        read_code_links(b"(")

    assert caught.value.code is Code.PYTHON_SYNTAX
