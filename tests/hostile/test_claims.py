"""A claim alone raises nothing: whatever a card says, no component stands higher than located."""

import os

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.flows.judge import judge
from provenance.recipe.card import Subject, read_card
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.look import Missing, Seen
from provenance.values.rung import Rung
from tests.building import FACTS

EXAMPLES = 2000 if os.environ.get("PROVENANCE_DEEP") == "1" else 60
BARE = attrs.evolve(
    FACTS, card=Missing("none"), license=Missing("none"), claims=(), sources=(), datasets=()
)
#: What the files of the release themselves show, whatever its card says.
OF_FILES = frozenset(
    one.component for one in judge(BARE).components if one.reach.shown > Rung.ABSENT
)
SUBJECTS = st.sampled_from(
    [
        *("training code", "training data", "inference code", "evaluation code", "seeds"),
        *("preprocessing code", "intermediate checkpoints", "technical report", "dataset"),
    ]
)
SENTENCES = st.builds(
    str.format,
    st.sampled_from(
        [
            "We release the {} at {}.",
            "The {} is not released, see {}.",
            "Our {} will be released at {} soon.",
            "{} {}",
            "Everything except the {} is in {}.",
            "The {} that we do not share: {}",
            "## {}\n\n- [here]({})",
            "| {} | {} |\n|---|---|",
        ]
    ),
    SUBJECTS,
    st.sampled_from(
        [
            "https://github.com/o/r",
            "https://huggingface.co/datasets/o/d",
            "https://arxiv.org/abs/2401.00001",
            "this folder",
            "`train.py`",
        ]
    ),
)


def facts_of(body: str) -> Facts:
    read = read_card(
        body.encode(), uri="hf:o/n@x/README.md", path="README.md", subject=Subject.MODEL
    )
    return attrs.evolve(BARE, card=Seen(read.facts), claims=read.claims)


@settings(max_examples=EXAMPLES)
@given(st.lists(SENTENCES, min_size=1, max_size=8))
def test_whatever_a_card_says_raises_nothing_above_what_it_locates(said: list[str]) -> None:
    before = {one.component: one.reach for one in judge(BARE).components}

    judged = judge(facts_of("\n\n".join(said)))

    for report in judged.components:
        beyond_words = {*OF_FILES, Component.MODEL_CARD}
        most = before[report.component].shown if report.component in beyond_words else Rung.LOCATED
        assert report.reach.shown <= max(most, Rung.LOCATED)
        assert report.license.evident is None


@settings(max_examples=EXAMPLES)
@given(st.lists(SENTENCES, min_size=1, max_size=8))
def test_every_quote_can_be_read_back_in_its_bytes(said: list[str]) -> None:
    body = "\n\n".join(said)

    for claim in facts_of(body).claims:
        quoted = body.encode()[claim.where.start : claim.where.end].decode()
        words = [one for one in claim.text.split() if one.isalpha()]
        assert quoted
        assert all(one in quoted for one in words)
