import attrs

from provenance.checks.searching.claimed import claimed, claims_about, denial, unclaimed
from provenance.errors import Code
from provenance.values.component import Component
from provenance.values.finding import Absent, Unknown
from provenance.values.look import Missing, Seen
from provenance.values.unread import Unread
from tests.building import CARD, CODE_CLAIM, FACTS, claim, unseen

DATA = Component.DATASETS


def test_a_denial_beats_a_keyword() -> None:
    denied = claim(Component.DATASETS, denied=True)

    outcome = denial([claim(Component.DATASETS), denied])

    assert isinstance(outcome, Absent)
    assert repr(denied.text) in outcome.reason
    assert denial([CODE_CLAIM]) is None


def test_a_claim_is_quoted_with_its_place() -> None:
    about = claims_about(FACTS, Component.TRAINING_CODE)

    assert about == (CODE_CLAIM,)
    assert claimed(about).because == (CODE_CLAIM.where,)


def test_silence_is_absence_only_when_the_whole_card_was_read() -> None:
    partly = attrs.evolve(FACTS, card=Seen(attrs.evolve(CARD, complete=False)))

    assert isinstance(unclaimed(FACTS, DATA, "dataset"), Absent)
    assert isinstance(
        unclaimed(attrs.evolve(FACTS, card=Missing("no card")), DATA, "dataset"), Absent
    )
    assert isinstance(unclaimed(partly, DATA, "dataset"), Unknown)
    assert isinstance(unclaimed(attrs.evolve(FACTS, card=unseen()), DATA, "dataset"), Unknown)


def test_a_file_that_could_claim_and_was_not_read_leaves_it_open() -> None:
    unread = Unread(Code.YAML_SYNTAX, "axolotl.yml", "it is no YAML", frozenset({DATA}))

    outcome = unclaimed(attrs.evolve(FACTS, unread=(unread,)), DATA, "dataset")

    assert isinstance(outcome, Unknown)
    assert "axolotl.yml" in outcome.reason
