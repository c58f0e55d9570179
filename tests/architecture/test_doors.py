"""Each class of trouble has one place: who opens, connects, runs a program or parses code."""

from collections.abc import Iterable, Iterator

import pytest

from tests.architecture.sources import (
    Allowance,
    Source,
    Use,
    beyond,
    forbid,
    imports,
    package,
    uses,
)

#: The packages that may touch the world; the second is the world that tests run in.
DOORS = frozenset({"doors", "testing"})

#: Modules through which a file, a socket, a program or foreign memory is reached.
WORLD = frozenset(
    {
        *("aiohttp", "asyncio", "ctypes", "fcntl", "ftplib", "glob", "http", "httpx", "httpx2"),
        *("mmap", "multiprocessing", "os", "pty", "requests", "select", "selectors", "shutil"),
        *("smtplib", "socket", "socketserver", "sqlite3", "ssl", "subprocess", "tempfile"),
        *("urllib", "urllib3", "webbrowser", "xmlrpc"),
    }
)
#: Parts of those that touch nothing.
HARMLESS = frozenset(
    {
        *("http.HTTPStatus", "urllib.parse", "os.PathLike", "os.fspath", "os.fsencode"),
        *("os.fsdecode", "os.cpu_count", "os.sched_getaffinity", "os.stat_result"),
    }
)
#: What reads the environment; a rule of its own, since `cli` may.
ENVIRONMENT = frozenset(
    {
        *("os.environ", "os.environb", "os.getenv", "os.getenvb", "os.path.expanduser"),
        *("os.path.expandvars", "pathlib.Path.home", "platformdirs"),
    }
)
#: Methods of a path that read or change a disk.
PATH_METHODS = frozenset(
    {
        *("read_bytes", "read_text", "write_bytes", "write_text", "iterdir", "rglob", "mkdir"),
        *("rmdir", "unlink", "touch", "symlink_to", "hardlink_to", "chmod", "readlink"),
    }
)
#: What turns text or bytes into running code, or into a tree of it.
CODE = frozenset(
    {
        *("ast.parse", "ast.literal_eval", "code", "codeop", "importlib.import_module"),
        *("importlib.util", "importlib.machinery", "importlib.reload", "cloudpickle"),
        *("pickle", "marshal", "shelve", "dill", "joblib", "runpy", "zipimport"),
    }
)
BUILTIN_CODE = frozenset({"compile", "eval", "exec", "__import__", "breakpoint"})

WORLD_ALLOWED = (
    Allowance("provenance.hashing.checked", "os.preadv", "as the engine, from several threads,"),
    Allowance("provenance.hashing.checked", "os.fstat", "into memory that is handed out"),
    Allowance("provenance.flows.auditing.tool", "read_bytes", "the installed package's own files,"),
    Allowance("provenance.flows.auditing.tool", "iterdir", "which importlib.resources reaches"),
    Allowance("provenance.recipe.licenses.license_table", "read_bytes", "a table of the code"),
)
ENVIRONMENT_ALLOWED = (
    Allowance("provenance.testing.repository", "os.environ", "its servers run the caller's git"),
)
CODE_ALLOWED = (
    Allowance("provenance.text.python_source", "ast.parse", "the one door, with a budget"),
    Allowance("provenance", "importlib.import_module", "its own modules, from its own table"),
    Allowance("provenance.testing", "importlib.import_module", "as above"),
    Allowance("provenance.cli.main", "importlib.import_module", "its commands, from its table"),
    Allowance("provenance.signers.table", "importlib.import_module", "its methods, from its table"),
)


def part_of(what: str, names: frozenset[str]) -> bool:
    """Tell whether a dotted name is one of these, or inside one."""
    return any(what == name or what.startswith(f"{name}.") for name in names)


def unique(found: Iterable[Use]) -> Iterator[Use]:
    """Yield each use once, though a chain of names holds its own beginnings."""
    seen = set()
    for use in found:
        key = (getattr(use.node, "lineno", 0), use.what)
        if key not in seen:
            seen.add(key)
            yield use


def two_words(what: str) -> str:
    """Return ``os.path`` of ``os.path.join``: what an allowance names."""
    return ".".join(what.split(".")[:2])


def world(source: Source) -> Iterator[Use]:
    """Yield what reaches a disk, a network or another program."""
    for item in imports(source):
        reaches = part_of(item.full, WORLD) and not part_of(item.full, HARMLESS | ENVIRONMENT)
        if reaches and item.full != "os":
            yield Use(source, item.node, item.full)
    for use in unique(uses(source)):
        method = use.what.rpartition(".")[2]
        if use.what in {"open", "io.open", "io.FileIO", "input"}:
            yield use
        elif use.what.startswith("os.") and not part_of(use.what, HARMLESS | ENVIRONMENT):
            yield use._replace(what=two_words(use.what))
        elif "." in use.what and method in PATH_METHODS:
            yield use._replace(what=method)


def environment(source: Source) -> Iterator[Use]:
    """Yield what reads the environment."""
    for item in imports(source):
        if part_of(item.full, ENVIRONMENT):
            yield Use(source, item.node, item.full)
    for use in unique(uses(source)):
        if use.what in ENVIRONMENT or use.what.endswith(".expanduser"):
            yield use


def code(source: Source) -> Iterator[Use]:
    """Yield what makes code of text or bytes."""
    for item in imports(source):
        if part_of(item.full, CODE):
            yield Use(source, item.node, item.full)
    for use in unique(uses(source)):
        if use.what in BUILTIN_CODE or ("." in use.what and use.what in CODE):
            yield use


def test_only_the_doors_touch_the_world() -> None:
    inside = (source for source in package() if source.floor not in DOORS)

    forbid(beyond((use for source in inside for use in world(source)), WORLD_ALLOWED))


def test_only_the_command_line_reads_the_environment() -> None:
    others = (source for source in package() if source.floor != "cli")

    found = (use for source in others for use in environment(source))
    forbid(beyond(found, ENVIRONMENT_ALLOWED))


def test_nothing_makes_code_of_data_and_one_place_parses_it() -> None:
    forbid(beyond((use for source in package() for use in code(source)), CODE_ALLOWED))


@pytest.mark.parametrize(
    "text",
    [
        "open('a')",
        "import io\nio.open('a')",
        "import os\nos.open('a', 0)",
        "import os as o\no.read(1, 2)",
        "from os import scandir",
        "import os\nos.path.exists('a')",
        "from pathlib import Path\nPath('a').read_text()",
        "def f(path):\n    path.write_bytes(b'')",
        "import socket",
        "import subprocess as s",
        "import sqlite3",
        "from subprocess import run",
        "import urllib.request",
        "from urllib import request",
        "from urllib.request import urlopen",
        "import http.client",
        "def f():\n    import tempfile",
    ],
)
def test_what_touches_the_world_is_found(text: str) -> None:
    assert list(world(Source.of("src/provenance/flows/a.py", text))) != []


@pytest.mark.parametrize(
    "text",
    [
        "from http import HTTPStatus",
        "from urllib.parse import urlsplit",
        "import urllib.parse",
        "import os\nos.fspath('a')",
        "from os import stat_result",
        "import os\nos.environ",
        "def f(source, path):\n    source.open(path)",
        "from pathlib import Path\nPath('a') / 'b'",
    ],
)
def test_what_touches_nothing_is_let_through(text: str) -> None:
    assert list(world(Source.of("src/provenance/flows/a.py", text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "import os\nos.environ['A']",
        "import os\nos.getenv('A')",
        "from os import environ",
        "from pathlib import Path\nPath.home()",
        "def f(path):\n    path.expanduser()",
        "import platformdirs",
        "from platformdirs import user_cache_path",
    ],
)
def test_what_reads_the_environment_is_found(text: str) -> None:
    assert list(environment(Source.of("src/provenance/flows/a.py", text))) != []


@pytest.mark.parametrize(
    "text",
    [
        "eval('1')",
        "exec('1')",
        "compile('1', 'a', 'eval')",
        "__import__('a')",
        "import ast\nast.parse('1')",
        "from ast import parse",
        "import pickle",
        "from pickle import loads",
        "import marshal",
        "import importlib\nimportlib.import_module('a')",
        "from importlib import import_module",
        "import importlib.util",
    ],
)
def test_what_makes_code_of_data_is_found(text: str) -> None:
    assert list(code(Source.of("src/provenance/flows/a.py", text))) != []


def test_a_pattern_is_no_code() -> None:
    text = "import re\nre.compile('a')\nfrom importlib.resources import files"

    assert list(code(Source.of("src/provenance/text/a.py", text))) == []


def test_an_allowance_is_for_one_module_and_goes_when_it_is_not_needed() -> None:
    allowed = (Allowance("provenance.hashing.a", "os.readv", "a reason"),)
    text = "import os\nos.readv(1, [])"
    inside = Source.of("src/provenance/hashing/a.py", text)
    beside = Source.of("src/provenance/hashing/b.py", text)

    assert list(beyond(world(inside), allowed)) == []
    assert list(beyond(world(beside), allowed)) == [
        "src/provenance/hashing/b.py:2: provenance.hashing.b uses os.readv",
        "provenance.hashing.a no longer uses os.readv: take its allowance away",
    ]
