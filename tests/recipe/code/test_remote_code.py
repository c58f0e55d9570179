from provenance.recipe.code.remote_code import remote_code_of
from tests.building import WHERE

DEFINED = frozenset({"Toy", "other"})


def test_the_classes_that_are_named_and_defined_here_are_found() -> None:
    named = ("modeling_toy.Toy", "modeling_toy.other", "modeling_toy.Third", "another.Toy", "Toy")

    found = remote_code_of(DEFINED, path="modeling_toy.py", where=WHERE, named=named)

    assert found
    assert found.names == ("modeling_toy.Toy", "modeling_toy.other")


def test_a_program_that_is_run_for_its_name_is_found_whatever_it_defines() -> None:
    found = remote_code_of(DEFINED, path="handler.py", where=WHERE, named=("handler.py",))

    assert found
    assert (found.what, found.names) == ("is run for its name", ("handler.py",))


def test_a_module_that_defines_none_of_them_is_no_remote_code() -> None:
    assert remote_code_of(DEFINED, path="a/b.py", where=WHERE, named=("a.b.Else",)) is None
