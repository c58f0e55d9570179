from provenance.values.terms import Legacy, Terms
from tests.charlm import noon


def test_nothing_of_old_is_looked_for_unless_the_terms_say_so() -> None:
    assert Terms(noon).legacy is Legacy.NONE
    assert not Terms(noon).policy_names_signers
