import pytest

from provenance.errors import Code, TextError
from provenance.recipe.links.link import Links
from provenance.recipe.links.requirement_links import read_requirement_links, read_toml_links


def shown(links: Links, data: bytes) -> list[tuple[str, str]]:
    return [(str(one.locator), one.span.of(data).decode()) for one in links.found]


def test_requirements_name_repositories_and_revisions() -> None:
    data = (
        "torch==2.0  # é git+https://github.com/o/no\n# git+https://github.com/o/neither\n"
        "x @ git+https://github.com/o/x.git@v1 ; python_version > '3'\n"
        "-e git+ssh://git@github.com/o/y@main#egg=y\n"
        "hg+https://example.org/z\n"
    ).encode()

    links = read_requirement_links(data)

    assert shown(links, data) == [
        ("git:https://github.com/o/x@v1", "git+https://github.com/o/x.git@v1"),
        ("git:https://github.com/o/y@main", "git+ssh://git@github.com/o/y@main#egg=y"),
    ]
    assert [one.target for one in links.refused] == ["hg+https://example.org/z"]
    assert links.complete


def test_a_project_names_repositories_in_texts_and_in_tables() -> None:
    data = (
        '[project]\nname = "é"\ndependencies = ["x @ git+https://github.com/o/x@v1"]\n'
        '[tool.uv.sources]\ny = {git = "https://github.com/o/y", rev = "abc"}\n'
        'z = {git = "https://git.example.org/o/z"}\nw = {git = "ext::sh"}\n'
        'v = {git = "https://github.com/o\\u002fv", tag = 1, branch = "b"}\n'
    ).encode()

    links = read_toml_links(data)

    assert shown(links, data) == [
        ("git:https://github.com/o/v@b", data.decode()),
        ("git:https://github.com/o/x@v1", "git+https://github.com/o/x@v1"),
        ("git:https://github.com/o/y@abc", "https://github.com/o/y"),
        ("git:https://git.example.org/o/z", "https://git.example.org/o/z"),
    ]
    assert [one.target for one in links.refused] == ["ext::sh"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff", Code.CARD_ENCODING),
        (b"a", Code.RECIPE_SYNTAX),
        (b"a = " + b"[" * 50_000, Code.RESOURCE),
        (b"a = " + b"[" * 40 + b"]" * 40, Code.RESOURCE),
        (b" " * (2**18 + 1), Code.RESOURCE),
    ],
    ids=["encoding", "syntax", "brackets", "depth", "size"],
)
def test_a_project_that_cannot_be_read_is_an_error(data: bytes, code: Code) -> None:
    with pytest.raises(TextError) as caught:
        read_toml_links(data)

    assert caught.value.code is code


def test_more_links_than_the_budget_are_said_to_be_left_out() -> None:
    line = b"git+https://github.com/o/x\n"

    assert len(read_requirement_links(line * 1001).found) == 1000
    assert not read_requirement_links(line * 1001).complete
