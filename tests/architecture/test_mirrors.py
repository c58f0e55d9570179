"""Who looks for the tests of a module finds them without searching."""

import ast
from collections.abc import Collection, Iterator

from tests.architecture.sources import Source, forbid, package, written

#: Test folders that mirror no package: they look at several modules, or at none.
ACROSS = frozenset(
    {
        "architecture",
        "bench",
        "conformance",
        "contracts",
        "docs",
        "examples",
        "fixtures",
        "hostile",
        "journeys",
        "tools",
    }
)
UNTESTED = frozenset({"__main__", "__about__"})


def only_says_what_it_is(source: Source) -> bool:
    """Tell whether a file holds a docstring and nothing else."""
    return len(source.tree.body) == 1 and ast.get_docstring(source.tree) is not None


def mirrors(source: Source) -> tuple[str, ...]:
    """Return where the tests of a module may lie; a port's contract is its test, too."""
    folder, _, file = source.path.removeprefix("src/provenance/").rpartition("/")
    name = file.removesuffix(".py").strip("_")
    mirrored = f"tests/{folder}/test_{name}.py".replace("//", "/")
    return (mirrored, f"tests/contracts/test_{name}.py") if source.floor == "ports" else (mirrored,)


def without_test(source: Source, present: Collection[str]) -> Iterator[str]:
    """Yield the module if none of its mirrors is present."""
    exempt = source.module.rpartition(".")[2] in UNTESTED
    if source.path.endswith("/__init__.py"):
        exempt = only_says_what_it_is(source)
    if not exempt and not any(path in present for path in mirrors(source)):
        yield f"{source.path} has no {' or '.join(mirrors(source))}"


def without_module(path: str, mirrored: Collection[str]) -> Iterator[str]:
    """Yield a test file that mirrors no module; ``test_<module>_<aspect>.py`` is a mirror, too."""
    folder, _, file = path.removeprefix("tests/").rpartition("/")
    if folder.partition("/")[0] in ACROSS or not file.startswith("test_"):
        return
    words = path.removesuffix(".py").split("_")
    if not any("_".join(words[:size]) + ".py" in mirrored for size in range(2, len(words) + 1)):
        yield f"{path} is the test of no module"


def test_every_module_has_its_test_file() -> None:
    present = {source.path for source in written()}

    forbid(line for source in package() for line in without_test(source, present))


def test_every_test_file_has_its_module() -> None:
    mirrored = {path for source in package() for path in mirrors(source)}
    tests = [source.path for source in written() if source.path.startswith("tests/")]

    forbid(line for path in tests for line in without_module(path, mirrored))


def test_a_module_without_its_test_is_found() -> None:
    source = Source.of("src/provenance/text/budget.py", '"""A budget."""\n')

    assert list(without_test(source, {"tests/text/test_budget.py"})) == []
    assert list(without_test(source, {"tests/test_budget.py"})) == [
        "src/provenance/text/budget.py has no tests/text/test_budget.py"
    ]


def test_a_package_that_does_more_than_say_what_it_is_needs_a_test() -> None:
    quiet = Source.of("src/provenance/text/__init__.py", '"""Text."""\n')
    busy = Source.of("src/provenance/__init__.py", '"""All."""\nX = 1\n')

    assert list(without_test(quiet, ())) == []
    assert list(without_test(busy, ())) == ["src/provenance/__init__.py has no tests/test_init.py"]


def test_a_test_of_a_module_that_is_gone_is_found() -> None:
    mirrored = {"tests/text/test_strict_json.py"}

    assert list(without_module("tests/text/test_strict_json.py", mirrored)) == []
    assert list(without_module("tests/text/test_strict_json_depth.py", mirrored)) == []
    assert list(without_module("tests/hostile/test_names.py", mirrored)) == []
    assert list(without_module("tests/text/test_strict.py", mirrored)) == [
        "tests/text/test_strict.py is the test of no module"
    ]
