import ast

from provenance.recipe.remote_code import remote_code_of
from tests.building import WHERE

MODULE = ast.parse("class Toy:\n    pass\ndef Other():\n    pass\n")


def test_the_classes_that_are_named_and_defined_here_are_found() -> None:
    named = ("modeling_toy.Toy", "modeling_toy.Other", "another.Toy", "Toy")

    found = remote_code_of(MODULE, path="modeling_toy.py", where=WHERE, named=named)

    assert found
    assert found.names == ("modeling_toy.Toy",)


def test_a_module_that_defines_none_of_them_is_no_remote_code() -> None:
    assert remote_code_of(MODULE, path="a/b.py", where=WHERE, named=("a.b.Else",)) is None
