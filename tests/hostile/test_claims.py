"""A claim alone raises nothing: whatever a card says, no component stands higher than located."""

import os
import re

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.flows.auditing.judge import judge
from provenance.recipe.prose.card import Subject, read_card
from provenance.recipe.prose.stated_card import stated_in_card
from provenance.values.address import Address
from provenance.values.component import Component
from provenance.values.evidence import Where
from provenance.values.facts import Facts
from provenance.values.look import Missing, Seen
from provenance.values.rung import Rung
from tests.building import FACTS, SHA, TOY

EXAMPLES = 2000 if os.environ.get("TESTS_WITH_FULL_COUNTS") == "1" else 60
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
        body.encode(),
        address=TOY,
        path="README.md",
        subject=Subject.MODEL,
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


FRONT = """license: other
license_name: "t\u00f6y-1.0"
license_link: LICENSE
datasets:
- acme/data
- "acme/d\u00e4ta"
base_model:
  - acme/base
model-index:
- name: t
  results:
  - dataset: {type: acme/data, name: D}
    metrics: [{type: accuracy, value: 0.5}]
"""
PROSE = """# T\u00f6y \U0001f600

Our **training code** is at [this *r\u00e9po*](https://github.com/acme/toy), and we do not
release the training data. Seeds: 7.
It has 24 layers \u2014 and was trained for 240 steps on 64 A100.

| Hyper | Value |
|---|---|
| learning rate | 4e-3 |
| seed | 7 |

- Evaluation code &amp; data: https://github.com/acme/eval
- <b>Preprocessing code</b>: <a href="https://github.com/acme/prep">h\u00e8re</a>

> Our paper: arXiv:2304.01373.
"""
WHOLE = f"---\n{FRONT}---\n{PROSE}"


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "marked"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("text", [WHOLE, PROSE], ids=["metadata", "prose"])
def test_whatever_is_quoted_stands_in_the_bytes_that_are_named(
    text: str, end: str, mark: str
) -> None:
    data = (mark + text.replace("\n", end)).encode()
    where = Where(Address.parse(f"hf:acme/toy@{'c' * 40}/README.md"), SHA)
    read = read_card(data, address=where.address, path="README.md", subject=Subject.MODEL)

    facts, found = read.facts, 0
    keys = (facts.license, facts.license_name, facts.license_link)
    for quote in (*keys, *facts.datasets, *facts.base_models):
        if quote:
            found += 1
            assert data[quote.where.start : quote.where.end].decode().strip('"') == quote.text
    for claim in read.claims:
        quoted = data[claim.where.start : claim.where.end].decode()
        assert all(word in quoted for word in re.findall(r"[\w./:-]+\w", claim.text)), claim
    for stated in stated_in_card(data, path="README.md", where=where):
        quoted = data[stated.where.start : stated.where.end].decode()
        assert stated.value.split()[0] in quoted.replace("4e-3", "0.004")
    assert len(read.claims) >= 7
    assert found == (6 if text is WHOLE else 0)
