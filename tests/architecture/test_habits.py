"""Habits that hide trouble: asserts that vanish, errors that nobody named, tests that pretend."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.sources import (
    Allowance,
    Source,
    Use,
    beyond,
    dotted,
    forbid,
    imports,
    package,
    uses,
    written,
)

#: Who may catch what it cannot name, and why.
BROAD_ALLOWED = (
    Allowance(
        "provenance.doors.git_process",
        "BaseException",
        "kills the process group on any way out, an interrupt too, and raises again",
    ),
)

BROAD = frozenset({"Exception", "BaseException"})
EXCLUSION = re.compile(r"pragma:?\s*no\s*(cover|branch)", re.IGNORECASE)
REASONED = re.compile(r"# pragma: no (cover|branch) - \w+")

#: Ways of a test to pass without looking at what it is about.
PRETENSE = frozenset(
    {
        *("unittest.mock", "mock", "pytest_mock", "time.sleep", "asyncio.sleep"),
        *("pytest.mark.enable_socket", "pytest.mark.allow_hosts", "pytest_socket.enable_socket"),
    }
)


def asserts(source: Source) -> Iterator[str]:
    """Yield each assert: ``python -O`` drops it, so nothing may depend on it."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Assert):
            yield source.at(node, "raise an error of ours instead of an assert")


def broad(source: Source) -> Iterator[Use]:
    """Yield each place that catches or suppresses whatever comes."""
    for node in ast.walk(source.tree):
        match node:
            case ast.ExceptHandler(type=None):
                yield Use(source, node, "a bare except")
            case (
                ast.ExceptHandler(type=ast.Tuple(elts=caught))
                | ast.Call(
                    func=ast.Attribute(attr="suppress") | ast.Name(id="suppress"), args=caught
                )
            ):
                found = BROAD & {dotted(it) for it in caught}
                yield from (Use(source, node, name) for name in sorted(found))
            case ast.ExceptHandler(type=ast.Name(id=name)) if name in BROAD:
                yield Use(source, node, name)


def unreasoned(source: Source) -> Iterator[str]:
    """Yield each line that is taken out of the coverage without a word why."""
    for number, line in enumerate(source.text.splitlines(), 1):
        if EXCLUSION.search(line) and not REASONED.search(line):
            yield f"{source.path}:{number}: say why: # pragma: no cover - <reason>"


def pretending(source: Source) -> Iterator[str]:
    """Yield what makes a test pass for another reason than the one that it names."""
    for item in imports(source):
        if item.within(PRETENSE):
            yield str(Use(source, item.node, item.full))
    for use in uses(source):
        if use.what in PRETENSE:
            yield str(use)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.arg) and node.arg in {"socket_enabled", "mocker"}:
            yield str(Use(source, node, node.arg))


def test_the_package_does_not_assert() -> None:
    forbid(line for source in package() for line in asserts(source))


def test_errors_are_caught_by_their_names() -> None:
    forbid(beyond((use for source in package() for use in broad(source)), BROAD_ALLOWED))


def test_every_exclusion_from_coverage_has_a_reason() -> None:
    forbid(line for source in package() for line in unreasoned(source))


def test_no_test_pretends() -> None:
    tests = (source for source in written() if source.path.startswith("tests/"))

    forbid(line for source in tests for line in pretending(source))


def test_an_assert_is_found() -> None:
    text = "assert 1\ndef f():\n    assert 2"

    assert len(list(asserts(Source.of("src/provenance/a.py", text)))) == 2


@pytest.mark.parametrize(
    "text",
    [
        "try:\n    f()\nexcept:\n    pass",
        "try:\n    f()\nexcept Exception as e:\n    raise",
        "try:\n    f()\nexcept (ValueError, BaseException):\n    pass",
        "import contextlib\nwith contextlib.suppress(Exception):\n    f()",
    ],
)
def test_a_broad_except_is_found(text: str) -> None:
    assert len(list(broad(Source.of("src/provenance/a.py", text)))) == 1


def test_a_narrow_except_is_let_through() -> None:
    text = "try:\n    f()\nexcept (ValueError, OSError):\n    pass"

    assert list(broad(Source.of("src/provenance/a.py", text))) == []


@pytest.mark.parametrize(
    "words", ["# pragma: no cover", "#pragma:nocover", "# pragma: no branch -"]
)
def test_an_exclusion_without_a_reason_is_found(words: str) -> None:
    assert len(list(unreasoned(Source.of("src/provenance/a.py", f"x = 1  {words}")))) == 1


def test_an_exclusion_with_a_reason_is_let_through() -> None:
    text = "x = 1  # pragma: no cover - only on macOS"

    assert list(unreasoned(Source.of("src/provenance/a.py", text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "from unittest import mock",
        "from unittest.mock import patch",
        "import time\ntime.sleep(1)",
        "import pytest\n@pytest.mark.enable_socket\ndef test_a(): ...",
        "def test_a(socket_enabled): ...",
    ],
)
def test_a_pretense_is_found(text: str) -> None:
    assert list(pretending(Source.of("tests/a.py", text))) != []
