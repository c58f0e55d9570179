import subprocess
import sys

from provenance.signers.table import METHODS, further_kinds, methods
from tests.cli.running import alone

#: What signs, and takes its time to be loaded.
HEAVY = ("cryptography", "sigstore", "click")


def test_every_method_is_called_as_its_line_is() -> None:
    assert [method.name for method in methods()] == list(METHODS)


def test_no_material_of_a_method_s_own_is_another_s() -> None:
    assert len(set(further_kinds())) == len(further_kinds())


def test_every_way_begins_with_options_that_it_has() -> None:
    for method in methods():
        for way in (method.signs, method.trusts_recipes, method.trusts_models):
            flags = {option.flag for option in way.options} if way else set[str]()
            assert not way or set(way.begins) <= flags
            for choice in way.choices if way else ():
                assert {*choice.flags, *filter(None, [choice.needed])} <= flags


def test_a_flag_is_one_option_whatever_method_has_it() -> None:
    for ways in (
        [method.signs for method in methods()],
        [method.trusts_recipes for method in methods()],
        [method.trusts_models for method in methods()],
    ):
        options = {option for way in ways if way for option in way.options}
        assert len(options) == len({option.flag for option in options})


def test_the_methods_are_known_without_what_signs() -> None:
    program = (
        "import sys; from provenance.signers.trust import Trust; "
        "from provenance.signers.signing import Signing; "
        "from provenance.signers.table import methods; methods(); print(*sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, env=alone()
    )

    assert not set(HEAVY) & set(done.stdout.split())
