import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, TextError
from provenance.recipe.links.gitmodules import read_gitmodules
from provenance.text.budget import Budget
from provenance.values.locator import Locator, LocatorKind

PARENT = Locator(LocatorKind.GIT, "https://gitlab.com/group/sub/name")


def module(url: str, path: str = "lib", name: str = "lib", more: str = "") -> bytes:
    return f'[submodule "{name}"]\n\tpath = {path}\n\turl = {url}\n{more}'.encode()


def test_submodules_have_a_name_a_folder_and_an_address() -> None:
    data = (
        '\ufeff# é\r\n[submodule "a \\"b\\\\"] ; c\r\n\tpath = third party/é  # d\r\n'
        '\tURL = "https://github.com/o/r.git" ; e\r\n\tbranch = v1\r\n\r\n'
        '[submodule "c"]\n\turl=git@github.com:o/c.git\n\tpath=c\n\tbranch = .\n'
    ).encode()

    read = read_gitmodules(data)

    first, second = read.found
    assert (first.name, str(first.path)) == ('a "b\\', "third party/é")
    assert str(first.locator) == "git:https://github.com/o/r@v1"
    assert first.span.of(data) == b"https://github.com/o/r.git"
    assert str(second.locator) == "git:https://github.com/o/c"
    assert [str(one.locator) for one in read.links.found] == [
        "git:https://github.com/o/r@v1",
        "git:https://github.com/o/c",
    ]
    assert all(one.is_evidence for one in read.links.found)
    assert read_gitmodules(b"") == read_gitmodules(b"\n; nothing\n")


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("../other.git", "git:https://gitlab.com/group/sub/other"),
        ("./inner", "git:https://gitlab.com/group/sub/name/inner"),
        ("../../x", "git:https://gitlab.com/group/x"),
        ("../../../a/b", "git:https://gitlab.com/a/b"),
    ],
)
def test_a_relative_address_starts_at_the_parent(url: str, found: str) -> None:
    (one,) = read_gitmodules(module(url), parent=PARENT).found

    assert str(one.locator) == found


@pytest.mark.parametrize("url", ["../../../../evil.example/x", "../../../../../x", "../a/../../x"])
def test_a_relative_address_does_not_leave_its_host(url: str) -> None:
    read = read_gitmodules(module(url), parent=PARENT)

    assert read.found == ()
    assert len(read.refused) == 1


def test_a_relative_address_without_a_git_parent_is_refused() -> None:
    hub = Locator(LocatorKind.HUB_MODEL, "org/name")

    for parent in (None, hub):
        (one,) = read_gitmodules(module("../x"), parent=parent).refused
        assert one.reason == "it is relative to a repository that is not known"


@pytest.mark.parametrize(
    "url",
    ["-u./x", "ext::sh -c x", "file:///x", "/abs", "http://127.0.0.1/x", "x/y", "git@evil:x", '""'],
)
def test_an_address_that_runs_something_or_leads_inwards_is_refused(url: str) -> None:
    read = read_gitmodules(module(url), parent=PARENT)

    assert read.found == ()
    assert len(read.links.refused) == 1
    assert read.refused[0].reason


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("../x", "a"),
        ("/x", "a"),
        ("a/../../b", "a"),
        ("-x", "a"),
        ("a/.GIT/hooks", "a"),
        ("x", "../../modules"),
        ("x", "a\x1b"),
    ],
)
def test_a_folder_or_a_name_that_goes_elsewhere_is_refused(path: str, name: str) -> None:
    read = read_gitmodules(module("https://github.com/o/r", path, name))

    assert read.found == ()
    assert read.refused[0].reason


@pytest.mark.parametrize("line", ["url = https://github.com/o/r", "path = x", ""])
def test_a_submodule_without_address_or_folder_is_refused(line: str) -> None:
    (one,) = read_gitmodules(f'[submodule "a"]\n{line}\n'.encode()).refused

    assert one.reason == "the submodule has no url, or no path"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff", Code.CARD_ENCODING),
        (b"url = x", Code.RECIPE_SYNTAX),
        (b"[core]\nfsmonitor = x", Code.RECIPE_SYNTAX),
        (b'[submodule "a"]\nurl', Code.RECIPE_SYNTAX),
        (b'[submodule "a"]\nurl = a\\\nb', Code.RECIPE_SYNTAX),
        (b'[submodule "a"]\nurl = "a', Code.RECIPE_SYNTAX),
        (module("x", more="url = y"), Code.RECIPE_SYNTAX),
        (module("x") + module("x"), Code.RECIPE_SYNTAX),
        (b'[submodule "a"]\n[submodule "b"]', Code.RESOURCE),
        (b"\n" * 500, Code.RESOURCE),
    ],
)
def test_what_honest_files_do_not_hold_is_an_error(data: bytes, code: Code) -> None:
    with pytest.raises(TextError) as caught:
        read_gitmodules(data, budget=Budget(bytes=300, items=1))

    assert caught.value.code is code


def code_or_spans(data: bytes) -> Code | list[bytes]:
    try:
        read = read_gitmodules(data, parent=PARENT)
    except TextError as error:
        return error.code
    return [one.span.of(data) for one in read.found]


@given(st.text(alphabet='[submodle "]\\=#;\n\tpathurl./-é', max_size=60))
def test_any_text_is_read_or_refused_with_a_code(text: str) -> None:
    found = code_or_spans(text.encode())

    assert found is Code.RECIPE_SYNTAX or all(found)


@pytest.mark.parametrize("piece", ['[submodule "', "\\", '"', "= ", "url = ", "\n", "#"])
def test_a_file_made_to_be_slow_is_not(piece: str) -> None:
    data = (b'[submodule "a"]\nurl = ' + piece.encode() * 2**18)[: 2**18]
    before = time.process_time()

    found = code_or_spans(data)

    assert found in (Code.RECIPE_SYNTAX, [])
    assert time.process_time() - before < 1
