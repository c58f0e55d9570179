from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.digest import Digest
from provenance.values.evidence import Where
from tests.building import TOY


def test_a_claim_is_no_denial_and_leads_nowhere_unless_it_says_so() -> None:
    claim = Claim(Component.DATASETS, "our data", Where(TOY, Digest.sha256("0" * 64), 3, 11))

    assert (claim.denied, claim.target) == (False, None)
