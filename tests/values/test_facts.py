from provenance.values.digest import Digest
from provenance.values.evidence import Where
from provenance.values.facts import CardFacts, ConfigFacts
from tests.building import TOY


def test_facts_hold_nothing_that_was_not_read() -> None:
    where = Where(TOY, Digest.sha256("0" * 64))

    assert CardFacts(where).license is None
    assert CardFacts(where).complete
    assert ConfigFacts(where).architectures == ()
