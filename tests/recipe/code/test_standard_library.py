import sys

from provenance.recipe.code.standard_library import STANDARD_LIBRARY


def test_the_library_of_this_interpreter_is_in_it_and_nobody_else_s() -> None:
    public = {name for name in sys.stdlib_module_names if not name.startswith("_")}

    assert public - STANDARD_LIBRARY <= {"antigravity", "this", "idlelib"}
    assert {"distutils", "compression"} <= STANDARD_LIBRARY
    assert not {"numpy", "torch", "yaml"} & STANDARD_LIBRARY
