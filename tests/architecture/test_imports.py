"""What may be imported where; that imports only point down is import-linter's to say."""

import sys
import tomllib
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement

from tests.architecture.sources import PURE, ROOT, Source, Use, forbid, imports, package, uses

#: What no value and no judgement may know: it would make them depend on a world.
WORLDLY = frozenset(
    {
        *("asyncio", "concurrent", "ctypes", "fcntl", "getpass", "glob", "http", "locale", "mmap"),
        *("multiprocessing", "platform", "pwd", "queue", "random", "secrets", "select", "shutil"),
        *("signal", "socket", "ssl", "subprocess", "sys", "tempfile", "threading", "time", "uuid"),
        *("click", "cryptography", "git", "huggingface_hub", "platformdirs", "rich", "sigstore"),
        *("httpx", "httpx2", "requests", "urllib3", "urllib.request", "urllib.error", "os"),
    }
)
PATHS_ONLY = frozenset({"os.PathLike", "os.fspath", "os.fsencode", "os.fsdecode"})
#: A lock makes nothing depend on who holds it: what is judged is the same with and without.
LOCKS = frozenset({"threading.Lock"})
CLOCKS = frozenset(
    {
        *("datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today"),
        *("datetime.date.today", "pathlib.Path.cwd", "pathlib.Path.home", "open", "input"),
    }
)

#: The module that each distribution of the runtime is imported as, where the names differ.
IMPORTED_AS = {
    "attrs": {"attr", "attrs"},
    "gitpython": {"git"},
    # It brings hf_xet where there is one; what needs it says so where there is none.
    "huggingface_hub": {"huggingface_hub", "hf_xet"},
    "markdown-it-py": {"markdown_it"},
    "pyyaml": {"yaml"},
}


def of_the_root(source: Source) -> Iterator[str]:
    """Yield imports of the root package, which would pull everything in, in a circle."""
    for item in imports(source):
        if item.module == "provenance" or item.module.startswith("."):
            yield source.at(item.node, f"import from the module that defines it: {item.full}")
        elif not item.name and item.module.startswith("provenance."):
            yield source.at(item.node, f"say from {item.module} import")


def worldly(source: Source) -> Iterator[str]:
    """Yield what makes a pure floor depend on a file, a clock, a thread, a library of the edge."""
    for item in imports(source):
        if item.within(WORLDLY) and item.full not in PATHS_ONLY | LOCKS | {"os"}:
            yield str(Use(source, item.node, item.full))
    for use in uses(source):
        unfit = use.what.startswith("os.") and use.what not in PATHS_ONLY
        if use.what in CLOCKS or unfit:
            yield str(use)


def foreign(source: Source) -> set[str]:
    """Return the top-level modules that are neither ours nor the standard library's."""
    roots = {item.module.partition(".")[0] for item in imports(source)}
    return roots - sys.stdlib_module_names - {"provenance", ""}


def declared() -> dict[str, set[str]]:
    """Return the distributions of runtime and extras, each with the modules it is imported as."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = (line for lines in project["optional-dependencies"].values() for line in lines)
    names = [Requirement(line).name for line in (*project["dependencies"], *extras)]
    return {name: IMPORTED_AS.get(name, {name.replace("-", "_")}) for name in names}


def test_nothing_inside_imports_the_root() -> None:
    forbid(line for source in package() for line in of_the_root(source))


def test_the_pure_floors_see_no_world() -> None:
    forbid(line for source in package() if source.floor in PURE for line in worldly(source))


def test_every_import_is_of_a_declared_dependency() -> None:
    known = set().union(*declared().values())

    forbid(
        f"{source.path} imports {name}, which pyproject.toml does not declare"
        for source in package()
        for name in sorted(foreign(source) - known)
    )


def test_every_declared_dependency_is_imported() -> None:
    used = set().union(*(foreign(source) for source in package()))

    forbid(
        f"{name} is declared, not imported" for name, as_ in declared().items() if not as_ & used
    )


@pytest.mark.parametrize(
    "text",
    [
        "import provenance",
        "from provenance import audit",
        "import provenance.flows.auditing.audit",
        "def f():\n    from provenance import audit",
        "from . import audit",
        "from .audit import audit",
    ],
)
def test_an_import_of_the_root_is_found(text: str) -> None:
    assert len(list(of_the_root(Source.of("src/provenance/cli/a.py", text)))) == 1


def test_an_import_from_the_defining_module_is_let_through() -> None:
    text = "from provenance.values.digest import Digest"

    assert list(of_the_root(Source.of("src/provenance/cli/a.py", text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "import time",
        "import os\nos.stat('a')",
        "from os import stat",
        "from os.path import exists",
        "import urllib.request",
        "from concurrent.futures import Executor",
        "from datetime import datetime, UTC\ndatetime.now(UTC)",
        "import datetime as d\nd.datetime.now()",
        "from pathlib import Path\nPath.cwd()",
        "def f():\n    import sigstore",
        "from cryptography.hazmat.primitives import hashes",
        "open('a')",
    ],
)
def test_a_world_in_a_pure_floor_is_found(text: str) -> None:
    assert list(worldly(Source.of("src/provenance/values/a.py", text))) != []


@pytest.mark.parametrize(
    "text",
    [
        "from urllib.parse import urlsplit",
        "from datetime import datetime\ndatetime.fromisoformat('2026-01-01')",
        "from os import PathLike",
        "import os\nos.fspath('a')",
        "from pathlib import Path, PurePosixPath",
        "import hashlib",
    ],
)
def test_what_is_pure_is_let_through(text: str) -> None:
    assert list(worldly(Source.of("src/provenance/values/a.py", text))) == []


def test_a_foreign_import_is_found() -> None:
    text = (
        "import numpy as np\nfrom yaml import load\nimport os\nfrom provenance.errors import Code"
    )

    assert foreign(Source.of("src/provenance/text/a.py", text)) == {"numpy", "yaml"}
