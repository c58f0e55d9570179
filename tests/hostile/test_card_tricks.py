"""Cards that are written to deceive: what they claim and deny, and what they only seem to."""

import pytest

from provenance.recipe.prose.card import CardRead, Subject, read_card
from provenance.values.address import Address
from provenance.values.component import Component

C = Component
HERE = "https://github.com/acme/toy"
CODE, DATA, TEST = C.TRAINING_CODE, C.DATASETS, C.EVALUATION_CODE


def read(body: str) -> CardRead:
    uri = f"hf:acme/toy@{'c' * 40}/README.md"
    return read_card(
        body.encode(), address=Address.parse(uri), path="README.md", subject=Subject.MODEL
    )


def given(body: str) -> set[Component]:
    return {one.component for one in read(body).claims if not one.denied}


def denied(body: str) -> set[Component]:
    return {one.component for one in read(body).claims if one.denied}


@pytest.mark.parametrize(
    "sentence",
    [
        "None of the training code is or will ever be public.",
        f"Our training code ({HERE}) has been taken down.",
        f"Our training code has since been removed from {HERE}.",
        f"The training code was deleted. {HERE} has been closed.",
        f"{HERE} does not contain the training code.",
        f"The repository {HERE} doesn't provide training code.",
        f"Training code is withheld, proprietary and internal: {HERE}",
    ],
)
def test_what_was_taken_back_or_is_not_in_it_is_denied(sentence: str) -> None:
    assert CODE in denied(sentence)
    assert CODE not in given(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        f"~~Our training code is at {HERE}.~~",
        f"- [ ] training code at {HERE}",
        f"If you sign the NDA, you get our training code at {HERE}.",
        f"If you pay for it, the training code is released at {HERE}.",
        f"Training code is available only to partners ({HERE}).",
        f"Our training code at {HERE} is shared exclusively with selected customers.",
        f"It would be wrong to say that our training code is released at {HERE}.",
        "Our training code is a fork of https://github.com/other/train.",
        "OLMo releases its training code at https://github.com/allenai/OLMo.",
        "Pythia also published their training code: https://github.com/EleutherAI/pythia",
    ],
)
def test_what_was_struck_out_conditional_or_another_s_is_no_claim(sentence: str) -> None:
    assert read(sentence).claims == ()


@pytest.mark.parametrize(
    "sentence",
    [
        f"- [x] training code at {HERE}",
        f"Toy releases its training code at {HERE}.",
        f"This release publishes its training code at {HERE}.",
        f"Our training code is at {HERE}; approximately ~10 steps a second.",
    ],
)
def test_what_is_the_publishers_own_is_given(sentence: str) -> None:
    assert CODE in given(sentence)


@pytest.mark.parametrize(
    "style",
    [
        "max-height:0;overflow:hidden",
        "height: 0",
        "width:0px",
        "clip: rect(0,0,0,0)",
        "clip-path:inset(50%)",
        "transform: scale(0)",
        "color:white",
        "color: #fff",
        "font-size:0",
        "display:none",
    ],
)
def test_what_no_reader_sees_claims_nothing(style: str) -> None:
    found = read(f'<p style="{style}">Our training code is at {HERE}.</p>\n')

    assert found.claims == ()
    assert "MARKUP" in {str(one.code) for one in found.hazards}


@pytest.mark.parametrize(
    "style", ["height: 0.5em", "line-height:0.9", "color:white; background:black", "max-width:90%"]
)
def test_what_a_reader_sees_is_read(style: str) -> None:
    assert CODE in given(f'<p style="{style}">Our training code is at {HERE}.</p>\n')


def test_a_style_sheet_is_told() -> None:
    found = read(f"<style>.x{{display:none}}</style>\n\nOur training code is at {HERE}.\n")

    assert "MARKUP" in {str(one.code) for one in found.hazards}


def test_two_elements_of_a_page_are_two_sentences() -> None:
    found = read(
        f"<p>Our training code is at {HERE}</p><p>Our evaluation code is at {HERE}2</p>\n"
        f"<details><summary>more</summary>Our data is at "
        "https://huggingface.co/datasets/acme/d</details>\n"
    )

    led = {(one.component, one.target.uri) for one in found.claims if one.target}
    assert led == {(CODE, HERE), (TEST, f"{HERE}2"), (DATA, "acme/d")}
