import pytest

from provenance.recipe.prose.card import Subject, read_card
from provenance.values.address import Address
from provenance.values.claim import Claim
from provenance.values.component import Component

WORDS = "https://huggingface.co/datasets/acme/words"
# In Chinese: all models were tested by this method.
SENTENCE = "\u6240\u6709\u6a21\u578b\u5747\u4f7f\u7528\u65b9\u6cd5\u6d4b\u8bd5"
CODE, DATA, BASE = Component.TRAINING_CODE, Component.DATASETS, Component.BASE_MODELS


def claims(body: str, front: str = "") -> tuple[Claim, ...]:
    data = (f"---\n{front}\n---\n" if front else "") + body
    uri = f"hf:acme/toy@{'c' * 40}/README.md"
    return read_card(
        data.encode(), address=Address.parse(uri), path="README.md", subject=Subject.MODEL
    ).claims


def shown(body: str, front: str = "") -> set[tuple[str, str | None, bool]]:
    return {
        (one.component.id, str(one.target) if one.target else None, one.denied)
        for one in claims(body, front)
    }


CLAIMED = [
    (
        "## Training code\n\n- [acme/r](https://github.com/acme/r)\n",
        ("training-code", "git:https://github.com/acme/r", False),
    ),
    (
        "Evaluated on [MMLU](https://huggingface.co/datasets/cais/mmlu).\n",
        ("evaluation-data", "hub-dataset:cais/mmlu", False),
    ),
    (
        "## Evaluation\n\n[MMLU](https://huggingface.co/datasets/cais/mmlu)\n",
        ("evaluation-data", "hub-dataset:cais/mmlu", False),
    ),
    (
        "[Words](https://huggingface.co/datasets/acme/words)\n",
        ("datasets", "hub-dataset:acme/words", False),
    ),
    (
        "This is fine-tuned from [base](https://huggingface.co/o/base).\n",
        ("base-models", "hub-model:o/base", False),
    ),
    (
        "The training code (https://github.com/acme/r) is not released.\n",
        ("training-code", "git:https://github.com/acme/r", True),
    ),
    (
        "Tech report: https://arxiv.org/abs/2401.00001\n",
        ("technical-report", "arxiv:2401.00001", False),
    ),
    ("| Training data | not released |\n|---|---|\n", ("datasets", None, True)),
    (
        "Our paper: https://arxiv.org/abs/2401.00001\n",
        ("research-paper", "arxiv:2401.00001", False),
    ),
    # The link is what it stands behind, though no word says so.
    (
        "Training data: [acme/words](https://huggingface.co/datasets/acme/words)\n",
        ("datasets", "hub-dataset:acme/words", False),
    ),
    (
        f"Training data: [a](https://huggingface.co/datasets/o/a) & [b]({WORDS})\n",
        ("datasets", "hub-dataset:acme/words", False),
    ),
    (
        f"[Weights](https://x.example) \u2022 [Training data]({WORDS})\n",
        ("datasets", "hub-dataset:acme/words", False),
    ),
    (
        "| Training code | [acme/r](https://github.com/acme/r) |\n|---|---|\n",
        ("training-code", "git:https://github.com/acme/r", False),
    ),
    (
        "# Glider\n\nMore is in the Glider paper (https://arxiv.org/abs/2401.00001).\n",
        ("research-paper", "arxiv:2401.00001", False),
    ),
    (
        "More is in the foundational paper: https://arxiv.org/abs/2401.00001\n",
        ("research-paper", "arxiv:2401.00001", False),
    ),
]


@pytest.mark.parametrize(
    ("body", "expected"),
    CLAIMED,
)
def test_what_a_card_says_becomes_a_claim(
    body: str, expected: tuple[str, str | None, bool]
) -> None:
    assert expected in shown(body)


NOT_SAID = [
    # Somebody else's.
    "We use the training code of https://github.com/huggingface/transformers.\n",
    "## Acknowledgements\n\nTraining code: https://github.com/o/r\n",
    "## Related work\n\nThe training data of X: https://huggingface.co/datasets/o/d\n",
    "OpenAI did not release the training data.\n",
    "Thanks to https://huggingface.co/datasets/o/d for the training data.\n",
    # A template's.
    "### Training Data\n\n[More Information Needed]\n",
    "Training code: <your repository here>\n",
    # No prose.
    "```\nThe training code is at https://github.com/acme/r\n```\n",
    "[![Training code](https://img.shields.io/x)](https://github.com/acme/r)\n",
    "## Table of contents\n\n- [Training code](https://github.com/acme/r)\n",
    # Hidden.
    "<!-- The training code is at https://github.com/acme/r -->\n",
    '<div style="display:none">\n\nThe training code is at https://github.com/acme/r\n\n</div>\n',
    "<span hidden>We release the training data.</span>\n",
    # Said, and not given.
    "The training code will be released soon.\n",
    "The training data is available on request.\n",
    "training code, inference code, evaluation code, seeds, training data\n",
    "Put your training data into a folder.\n",
    "Is the training code public?\n",
    "Models of others: https://huggingface.co/o/base\n",
    "A quantized version of toy, such as https://huggingface.co/o/toy-gguf, is there.\n",
    "MMLU is a set of tasks: [MMLU](https://arxiv.org/abs/2009.03300)\n",
    "Norms (Bob; see [paper](https://arxiv.org/abs/2110.02861)) were added.\n",
    "As in the Self-Instruct paper (https://arxiv.org/abs/2212.10560), we plot it.\n",
    "[1]: Another model. A. Author. https://arxiv.org/abs/2302.13971\n",
    'A. Author, "On It." arXiv preprint arXiv:2302.13971 (2023).\n',
    "## Papers using toy\n\nA paper: https://arxiv.org/abs/2302.13971\n",
    "# Paper\n\nAfter [Cards](https://arxiv.org/abs/1810.03993) (Doe et al.), we say more.\n",
    f"{SENTENCE} https://arxiv.org/abs/2201.11903\n",
    # Said by others, taken back, or still to come.
    f"It is not true that we trained on [words]({WORDS}).\n",
    f"According to a blog, the training data: [words]({WORDS})\n",
    f"~~Training data: [words]({WORDS})~~\n",
    "<del>We release the training code.</del>\n",
    "## Roadmap\n\n- Release the training code\n",
    # No data: a picture that is kept in a dataset, and the Hub's texts of licences.
    "See https://huggingface.co/datasets/o/pictures/resolve/main/a.png for a view.\n",
    "Released under [MIT](https://huggingface.co/datasets/choosealicense/licenses).\n",
    "The training data was cleaned of [x](https://huggingface.co/datasets/o/x).\n",
    "OpenAI's training data: [x](https://huggingface.co/datasets/o/x)\n",
    "LoRA ([paper](https://arxiv.org/abs/2106.09685)) only updates adapter layers.\n",
]


@pytest.mark.parametrize(
    "body",
    NOT_SAID,
)
def test_what_is_not_said_by_the_publisher_of_the_release_claims_nothing(body: str) -> None:
    assert shown(body) == set()


def test_metadata_claims_and_keeps_its_place() -> None:
    front = "base_model: o/base\ndatasets:\n- acme/words"

    found = claims("# M\n", front)

    assert [(one.component, one.text) for one in found] == [(DATA, "acme/words"), (BASE, "o/base")]
    assert str(found[1].target) == "hub-model:o/base"


def test_an_address_in_the_metadata_is_what_it_names() -> None:
    front = f"base_model: https://huggingface.co/o/base\ndatasets: [{WORDS}, https://x.example/d]"

    assert [str(one.target) for one in claims("# M\n", front)] == [
        "hub-dataset:acme/words",
        "None",
        "hub-model:o/base",
    ]


def test_a_denial_counts_beside_a_link() -> None:
    body = "Our training code: https://github.com/acme/r\n\nWe do not release the training code.\n"

    assert [one.denied for one in claims(body) if one.component is CODE] == [False, True]


@pytest.mark.parametrize(
    ("body", "denied"),
    [
        ("The training data is described below. It is not public.", True),
        ("The training data is described below. It isn't released.", True),
        ("The training data is described below. It does not contain names.", False),
        ("The training data is described below. The model is not public.", False),
        ("The training data is described below.\n\n## Model\n\nIt is not public.", False),
    ],
)
def test_a_sentence_that_goes_on_denies_what_was_named_right_before_it(
    body: str,
    denied: bool,
) -> None:
    assert any(one.denied for one in claims(body)) is denied


def test_a_denial_among_plans_is_a_denial() -> None:
    assert shown("## Plans\n\nWe do not release the training code.\n") == {
        ("training-code", None, True)
    }


def test_a_card_that_claims_everything_says_no_more_than_each_once() -> None:
    everything = "We release the training code, inference code, evaluation code, training data.\n\n"

    found = claims(everything * 50)

    assert len(found) == len({one.component for one in found}) == 4


def test_a_card_that_denies_everything_claims_nothing() -> None:
    body = "We do not release the training code, the training data or the evaluation code.\n"

    assert {one.denied for one in claims(body)} == {True}
    assert len(claims(body)) == 3
