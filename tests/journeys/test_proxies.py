"""A whole audit from an office: one proxy, an authority of its own, and nothing reached without."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from provenance.testing.hub import LoopbackHub
from tests.cli.processes import ran
from tests.cli.running import FILES
from tests.doors.proxies import Behind, Office, nobody, offices
from tests.doors.wires import Authority

CANARY = "canary0123456789"
CARD = b"""---
license: mit
datasets:
- org/data
---
# M

Trained with [code](https://github.com/o/r); see [a page](https://example.org/page).
"""
HUB = "https://hub.example.org"
ASKED = (
    *("audit", "org/m", "--endpoint", HUB, "--verbose"),
    *("--mirror", f"https://github.com/={HUB}/git/github.com/"),
    *("--mirror", f"https://example.org/={HUB}/pages/"),
)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def behind(authority: Authority) -> Iterator[Behind]:
    with offices(authority) as build:
        yield build


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LoopbackHub]:
    with LoopbackHub(tmp_path / "hub") as there:
        there.add_model("org/m").commit({**FILES, "README.md": CARD}, message="m")
        there.add_dataset("org/data").commit({"a.csv": b"1"}, message="m")
        there.add_git("github.com/o/r").commit({"train.py": b"x = 1\n"}, message="m")
        yield there


def environment(folder: Path, **variables: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(folder), **variables}


@pytest.mark.parametrize("lower", [False, True])
def test_an_audit_goes_through_one_proxy_and_leaks_nothing_of_it(
    hub: LoopbackHub, behind: Behind, authority: Authority, tmp_path: Path, *, lower: bool
) -> None:
    office: Office = behind("hub.example.org", urlsplit(hub.url).port, f"me:{CANARY}")
    home = tmp_path / "home"
    name = "https_proxy" if lower else "HTTPS_PROXY"
    given = environment(home, **{name: office.url, "REQUESTS_CA_BUNDLE": str(authority.file)})

    done = ran(
        *(*ASKED, "--format", "json", "-o", tmp_path / "m.json"),
        *("--evidence", tmp_path / "evidence"),
        environment=given,
    )
    again = ran(
        *(*ASKED, "--offline", "--format", "json", "--evidence", tmp_path / "evidence"),
        environment=environment(home),
    )

    assert done.returncode == 0, done.stderr
    paths = [one.path for one in hub.requests]
    for part in ("/api/models/", "/git/github.com/", "/pages/", "/api/datasets/", "/resolve/"):
        assert any(part in path for path in paths), part
    assert set(office.asked) == {"CONNECT hub.example.org:443"}
    limits = json.loads(done.stdout)["limits"]
    assert [one["code"] for one in limits].count("NET_PROXY") == 1
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["limits"] == limits
    written = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert [one for one in written if CANARY.encode() in one.read_bytes()] == []
    assert CANARY not in done.stdout + done.stderr
    for said in (f"the Hub is '{HUB}'", "'config.json': ", "git, from https://", "/pages/page'"):
        assert said in done.stderr


def test_each_trouble_of_the_way_is_another_error_with_a_remedy(
    hub: LoopbackHub, behind: Behind, authority: Authority, tmp_path: Path
) -> None:
    office: Office = behind("hub.example.org", urlsplit(hub.url).port)
    trusted = {"SSL_CERT_FILE": str(authority.file)}

    def said(*words: str, **variables: str) -> str:
        done = ran("audit", "org/m", *words, environment=environment(tmp_path, **variables))
        assert done.returncode == 4, done.stderr
        assert "Traceback" not in done.stderr
        assert "to do: " in done.stderr
        return done.stderr.partition("error [")[2].partition("]")[0]

    assert said("--endpoint", HUB, HTTPS_PROXY=office.url) == "NET_CERTIFICATE"
    assert said("--endpoint", HUB, HTTPS_PROXY=f"127.0.0.1:{nobody()}", **trusted) == "NET_PROXY"
    assert said("--endpoint", "http://nowhere.invalid") == "NET_DNS"
    assert said("--endpoint", f"http://127.0.0.1:{nobody()}") == "NET_REFUSED"


def test_offline_no_proxy_is_asked(behind: Behind, hub: LoopbackHub, tmp_path: Path) -> None:
    office: Office = behind("hub.example.org", urlsplit(hub.url).port)
    given = environment(tmp_path, HTTPS_PROXY=office.url, ALL_PROXY=office.url)

    done = ran("audit", "org/m", "--endpoint", HUB, "--offline", environment=given)

    assert done.returncode == 4
    assert "[OFFLINE]" in done.stderr
    assert office.asked == []


def test_a_hub_on_this_machine_is_reached_without_a_proxy_where_it_is_excepted(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    dead = f"http://127.0.0.1:{nobody()}"
    given = environment(tmp_path, ALL_PROXY=dead, NO_PROXY="localhost,127.0.0.0/8")

    done = ran("audit", "org/m", "--endpoint", hub.url, environment=given)

    assert done.returncode == 0, done.stderr
