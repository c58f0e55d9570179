import logging
import subprocess
import sys

import pytest

from provenance.doors.journal import noted, through
from provenance.errors import Code, SourceError
from tests.cli.running import alone
from tests.doors.wires import World, moved, ok, refused

CANARY = "canary"


def test_a_fetch_is_noted_with_its_bytes_and_seconds(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "provenance")

    with noted("a page") as entry:
        entry.add(2)
        entry.add(3)
    with noted("a question"):
        pass

    assert [line.rpartition(",")[0] for line in caplog.messages] == [
        "a page: 5 bytes",
        "a question: done",
    ]


def test_a_failure_is_noted_and_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "provenance")

    with refused(Code.TIMEOUT), noted("a page"):
        raise SourceError("too slow", code=Code.TIMEOUT)

    assert caplog.messages[0].startswith("a page: too slow [TIMEOUT], ")


def test_the_logger_says_no_secret_of_an_address(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "provenance")
    fetcher, _, _ = world(lambda _: ok())

    fetcher.fetch(f"https://example.org/a?signature={CANARY}", limit=10)
    with refused(Code.URL_FORBIDDEN):
        fetcher.fetch(f"https://me:{CANARY}@example.org/a", limit=10)

    assert "'https://example.org/a': 5 bytes" in caplog.text
    assert CANARY not in caplog.text


def test_nor_one_of_a_redirect(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "provenance")
    fetcher, _, _ = world(lambda _: moved(f"http://example.org/?signature={CANARY}"))

    with refused(Code.URL_FORBIDDEN):
        fetcher.fetch("https://example.org/a", limit=10)

    assert CANARY not in caplog.text


def test_nothing_is_printed_unless_somebody_listens() -> None:
    program = "from provenance.doors.journal import LOG; LOG.error('x')"

    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, env=alone()
    )

    assert said.stdout + said.stderr == b""


def test_a_proxy_is_named_where_there_is_one() -> None:
    assert through(None) == ""
    assert through("p:1") == " through the proxy p:1"
