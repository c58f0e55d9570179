"""Git through a real proxy and with authorities of the caller's own, and what may go wrong."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from provenance.doors.git import Git
from provenance.doors.git_redirect import moved_to
from provenance.errors import Code
from provenance.values.network import Network
from provenance.values.revision import Commit
from tests.doors.proxies import Behind, Office, nobody, offices, proxy
from tests.doors.served import Answer, Hosted, Request, git_answers, served
from tests.doors.wires import Authority, refused

URL = "https://code.example.org/n"
QUESTION = "/info/refs?service=git-upload-pack"


@pytest.fixture
def behind(authority: Authority) -> Iterator[Behind]:
    with offices(authority) as build:
        yield build


@pytest.fixture
def hosted(tmp_path: Path) -> Hosted:
    return Hosted(tmp_path / "hosted", "n")


@pytest.fixture
def office(hosted: Hosted, tmp_path: Path, behind: Behind) -> Iterator[Office]:
    hosted.files({"a": b"1"})
    with served(git_answers(tmp_path / "hosted")) as url:
        yield behind("code.example.org", urlsplit(url).port, "me:c%40nary")


def network(authority: Authority, **variables: str) -> Network:
    return Network.from_environ({"SSL_CERT_FILE": str(authority.file), **variables})


def test_a_repository_is_fetched_through_a_proxy_that_knows_who_asks(
    hosted: Hosted, office: Office, authority: Authority, tmp_path: Path
) -> None:
    commit = Commit(hosted.files({"a": b"2"}))
    office.word = "me:c@nary"
    given = network(authority, HTTPS_PROXY=f"http://me:c%40nary@127.0.0.1:{office.port}")
    git = Git.find(network=given)

    names = git.ls_remote(URL)
    fetched = git.fetch(URL, commit, tmp_path)

    assert {one.oid for one in names} == {commit}
    assert Hosted.at(fetched.repository).has(commit.hex)
    assert set(office.asked) == {"CONNECT code.example.org:443"}
    assert None not in office.told


def test_a_proxy_s_password_is_in_no_argument_of_git_s(
    office: Office, authority: Authority, tmp_path: Path
) -> None:
    spy = tmp_path / "bin" / "git"
    spy.parent.mkdir()
    spy.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/said\necho git version 2.40.0\n')
    spy.chmod(0o755)
    git = Git.find(path=str(spy.parent), network=network(authority, HTTPS_PROXY=office.url))

    with refused(Code.GIT_FAILED):
        git.ls_remote(URL)

    said = (tmp_path / "said").read_text()
    assert "ls-remote" in said
    assert "nary" not in said


def test_the_authorities_that_were_named_are_the_only_ones(
    hosted: Hosted, office: Office, authority: Authority, tmp_path: Path
) -> None:
    del hosted
    office.word = None
    other = Authority(tmp_path)
    folder = tmp_path / "certs"
    folder.mkdir()
    (folder / "0123abcd.0").write_bytes(authority.pem)
    named = network(authority, HTTPS_PROXY=office.plain)
    both = Network(https=office.plain, authorities=other.file, more_authorities=folder)

    assert Git.find(network=named).ls_remote(URL)
    assert Git.find(network=both).ls_remote(URL)
    for wrong in (Network(https=office.plain), Network(https=office.plain, authorities=other.file)):
        with refused(Code.NET_CERTIFICATE):
            Git.find(network=wrong).ls_remote(URL)
        with refused(Code.NET_CERTIFICATE):
            moved_to(URL, named=(), network=wrong)


@pytest.mark.parametrize("status", [407, 403, 502])
def test_a_proxy_that_does_not_let_git_through_is_told_apart(status: int) -> None:
    with proxy({}, status=status) as office:
        given = Network(https=office.url)
        with refused(Code.NET_PROXY):
            Git.find(network=given).ls_remote(URL)
        with refused(Code.NET_PROXY):
            moved_to(URL, named=(), network=given)


@pytest.mark.parametrize("dead", [lambda: f"127.0.0.1:{nobody()}", lambda: "nowhere.invalid:1"])
def test_a_dead_proxy_is_told_apart(dead: Callable[[], str]) -> None:
    given = Network(https=dead())

    with refused(Code.NET_PROXY):
        Git.find(network=given).ls_remote(URL)
    with refused(Code.NET_PROXY):
        moved_to(URL, named=(), network=given)


def test_no_name_and_nobody_there_are_two_troubles() -> None:
    lost, dead = "http://nowhere.invalid", f"http://127.0.0.1:{nobody()}"

    for url, code in ((lost, Code.NET_DNS), (dead, Code.NET_REFUSED)):
        with refused(code):
            Git.find(named=(url,)).ls_remote(f"{url}/n")
        with refused(code):
            moved_to(f"{url}/n", named=(url,))


def test_hosts_are_checked_behind_a_proxy_too() -> None:
    with proxy({}) as office:
        for url in ("https://localhost/n", "https://10.0.0.1/n", "http://example.org/n"):
            with refused(Code.URL_FORBIDDEN):
                Git.find(network=Network(http=office.url, https=office.url)).ls_remote(url)

        assert office.asked == []


def test_a_renamed_repository_is_followed_through_a_proxy(
    behind: Behind, authority: Authority
) -> None:
    def answer(request: Request) -> Answer:
        there = request.path.startswith("/n/")
        return Answer(301, headers={"Location": f"/m{QUESTION}"}) if there else Answer(200, b"x")

    with served(answer) as url:
        office = behind("code.example.org", urlsplit(url).port, "me:word")
        given = network(authority, HTTPS_PROXY=office.url)

        assert moved_to(URL, named=(), network=given) == "https://code.example.org/m"
        plain = Network(http=office.url)
        office.names = {"mirror.internal": urlsplit(url).port or 0}
        named = ("http://mirror.internal",)
        moved = moved_to("http://mirror.internal/n", named=named, network=plain)

    assert moved == "http://mirror.internal/m"


def test_git_reads_no_proxy_from_the_environment_of_the_caller(
    hosted: Hosted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosted.files({"a": b"1"})
    monkeypatch.setitem(os.environ, "http_proxy", f"http://127.0.0.1:{nobody()}")
    with served(git_answers(tmp_path / "hosted")) as url:
        assert Git.find(named=(url,)).ls_remote(f"{url}/n")
