from provenance.checks.chat_template import ChatTemplate
from provenance.checks.ladder import reach
from provenance.values.component import Component
from provenance.values.rung import Reach, Rung
from tests.building import EMPTY, artefact, claim, own_with

HELD = own_with(artefact(Component.CHAT_TEMPLATE, "chat_template.jinja"))


def test_a_file_of_its_own_is_bound_by_the_commit_and_no_cross_check_is_made() -> None:
    assert reach(ChatTemplate().judge(HELD)) == Reach(Rung.BOUND, Rung.REPRODUCED)


def test_without_one_it_is_absent_and_a_claim_alone_stays_a_claim() -> None:
    said = own_with(claims=(claim(Component.CHAT_TEMPLATE),))

    assert reach(ChatTemplate().judge(EMPTY)) == Reach(Rung.ABSENT, Rung.ABSENT)
    assert reach(ChatTemplate().judge(said)) == Reach(Rung.CLAIMED, Rung.CLAIMED)
