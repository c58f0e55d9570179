"""A result that can be ignored will be: verification raises, or returns what it verified."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import Source, dotted, forbid, package

#: Where verification happens; the command line turns its outcome into an exit code.
VERIFYING = frozenset({"flows", "policy", "ports", "signers", "wire", "values"})
IGNORABLE = frozenset({"bool", "None", "Optional", "TypeGuard", "TypeIs", "object", "Any"})


def answers(annotation: ast.expr | None) -> Iterator[str]:
    """Yield the names of what a return annotation promises, the members of a union apart."""
    match annotation:
        case None:
            yield "nothing that it says"
        case ast.Constant(value=None):
            yield "None"
        case ast.Constant(value=str() as text):
            yield from answers(ast.parse(text, mode="eval").body)
        case ast.BinOp(left=left, right=right):
            yield from answers(left)
            yield from answers(right)
        case ast.Subscript(value=value):
            yield from answers(value)
        case _:
            yield dotted(annotation).rpartition(".")[2]


def ignorable(source: Source) -> Iterator[str]:
    """Yield public functions that verify and whose result says yes, no, or nothing."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if node.name.startswith("_") or not {"verify", "verified"} & set(node.name.split("_")):
            continue
        for answer in answers(node.returns):
            if answer in IGNORABLE or answer == "nothing that it says":
                yield source.at(node, f"{node.name} returns {answer}: it can be ignored")


def test_no_verification_returns_what_can_be_ignored() -> None:
    forbid(line for source in package() if source.floor in VERIFYING for line in ignorable(source))


@pytest.mark.parametrize(
    "returns",
    ["-> bool", "-> None", "-> Verified | None", "-> 'bool'", "-> Optional[Verified]", ""],
)
@pytest.mark.parametrize("name", ["verify", "verify_bundle", "offline_verify"])
def test_a_verification_that_can_be_ignored_is_found(name: str, returns: str) -> None:
    source = Source.of("src/provenance/flows/a.py", f"def {name}(bundle) {returns}: ...")

    assert len(list(ignorable(source))) == 1


def test_a_method_is_a_function() -> None:
    text = "class Key:\n    async def verify(self) -> bool: ..."

    assert len(list(ignorable(Source.of("src/provenance/signers/a.py", text)))) == 1


@pytest.mark.parametrize(
    "text", ["def verify(b) -> Verified[Manifest]: ...", "def f() -> bool: ..."]
)
def test_what_cannot_be_ignored_is_let_through(text: str) -> None:
    assert list(ignorable(Source.of("src/provenance/flows/a.py", text))) == []
