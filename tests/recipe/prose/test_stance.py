import pytest

from provenance.recipe.prose.stance import LONGEST_SENTENCE, MOST_PLACES, Stance, stances
from provenance.values.component import Component

CODE, DATA = Component.TRAINING_CODE, Component.DATASETS
GIVEN, DENIED, PROMISED, NAMED = Stance.GIVEN, Stance.DENIED, Stance.PROMISED, Stance.NAMED


SAID = [
    ("Our training code is at https://github.com/acme/r.", CODE, GIVEN),
    ("Not only the weights but also the training code is released.", CODE, GIVEN),
    ("Based on https://x.example, we release our training code.", CODE, GIVEN),
    ("Unlike GPT-4, whose training data is closed, we publish our training data.", DATA, GIVEN),
    ("The training code does not provide multi-GPU support.", CODE, GIVEN),
    ("The training data does not include personal information.", DATA, GIVEN),
    ("We do not release anything except the training code.", CODE, GIVEN),
    ("We release everything except the training data.", DATA, DENIED),
    ("We release the weights without the training code.", CODE, DENIED),
    ("The weights are released, but the training code is not.", CODE, DENIED),
    ("The training code is great, but it is not released.", CODE, DENIED),
    ("Neither the training code nor the training data is released.", DATA, DENIED),
    ("No training code is provided.", CODE, DENIED),
    ("There are no plans to publish the training data.", DATA, DENIED),
    ("Trained on a proprietary training corpus.", DATA, DENIED),
    ("Training data: not released", DATA, DENIED),
    ("Training data: \u274c", DATA, DENIED),
    ("Our training data has 2T tokens.", DATA, NAMED),
    ("In a proprietary way we chose our training data.", DATA, NAMED),
    ("It ran on one GPU, except for the training data.", DATA, NAMED),
    ("The dataset remains private.", DATA, DENIED),
    ("The code is not available.", CODE, DENIED),
    ("The training code that we do not share is in Python.", CODE, DENIED),
    ("This repository does not contain the training code.", CODE, DENIED),
    ("Training code is coming soon.", CODE, PROMISED),
    ("The training data is fine; it is available upon request.", DATA, PROMISED),
    ("We plan to release the training code.", CODE, PROMISED),
    ("Not all of the training data is released.", DATA, NAMED),
    ("We use the training code of https://github.com/x/y.", CODE, NAMED),
    ("OpenAI did not release the training data.", DATA, NAMED),
    ("Training code was released by EleutherAI.", CODE, NAMED),
    ("You need to provide your own training data.", DATA, NAMED),
    ("Where is the training code?", CODE, NAMED),
    ("training code inference code evaluation code training data seeds", CODE, NAMED),
    # The second time that it is named, it is denied.
    ("We meant the dataset for research and will not be releasing the dataset.", DATA, DENIED),
    ("The training code is not part of this release.", CODE, DENIED),
    # What is given tells of the data, or makes it.
    ("See the paper for more details about the training set.", DATA, NAMED),
    ("We release scripts to build a training dataset.", DATA, NAMED),
    ("As discussed below, we see the amount of training data matter.", DATA, NAMED),
    ("Most of our training data is in the English language.", DATA, NAMED),
    ("We release our training data and the scripts that made it.", DATA, GIVEN),
    ("The source lacks diversity in the training data.", DATA, NAMED),
    ("Further work should include more training data.", DATA, PROMISED),
    # Machines and settings of using a model are none of its training.
    ("It needs at least 4 GPUs for inference.", Component.HARDWARE, NAMED),
    ("Latency was measured with batch size 1.", Component.HYPER_PARAMETERS, NAMED),
    ("Training requires 100 A100 for a week.", Component.HARDWARE, GIVEN),
    # Denied, in other words.
    ("None of the training data is available.", DATA, DENIED),
    ("Nothing about the training data is disclosed.", DATA, DENIED),
    ("We advise against publishing the training data.", DATA, DENIED),
    ("Our contract prevents us from sharing the training data.", DATA, DENIED),
    ("Rather than releasing the training data, we describe it.", DATA, DENIED),
    ("Instead of the training code we release a demo.", CODE, DENIED),
    ("Training code: https://github.com/acme/r (private)", CODE, DENIED),
    ("\u274c Training code", CODE, DENIED),
    ("Training code: \u2705 Training data: \u274c", CODE, GIVEN),
    ("Training code: \u2705 Training data: \u274c", DATA, DENIED),
    ("Training data: Proprietary", DATA, DENIED),
    ("Training data: undisclosed mix of web pages", DATA, DENIED),
    ("The training data is too large to share.", DATA, DENIED),
    ("Only the weights are released, not the training data.", DATA, DENIED),
    # Not denied, though such words stand near.
    ("Our training data, which others keep secret, is released.", DATA, GIVEN),
    ("We removed private data from the training data, which is available here.", DATA, GIVEN),
    ("The training code is available under a research agreement.", CODE, PROMISED),
    # Given to some, for money, once, or maybe.
    ("The training code is available to selected partners only.", CODE, PROMISED),
    ("The training code is available for purchase.", CODE, PROMISED),
    ("The training data used to be public.", DATA, PROMISED),
    ("We considered releasing the training code.", CODE, PROMISED),
    ("The code, once the paper is accepted, is released: training code.", CODE, PROMISED),
    ("[ ] Release the training code", CODE, PROMISED),
    # Neither a claim nor a denial.
    ("The training data is not private.", DATA, NAMED),
    ("All but the training data is released.", DATA, NAMED),
    ("Without releasing the training data nothing can be reproduced.", DATA, NAMED),
    ("It is a myth that the training code is released.", CODE, NAMED),
    ("training code seeds training data released", CODE, NAMED),
    # In letters that only look Latin: read as they are seen.
    ("We do n\u043et release the tr\u0430ining code.", CODE, DENIED),
    ("We do n\u200bot release the training code.", CODE, DENIED),
]


@pytest.mark.parametrize(
    ("sentence", "component", "stance"),
    SAID,
)
def test_what_a_sentence_says_is_understood(
    sentence: str, component: Component, stance: Stance
) -> None:
    assert stances(sentence, frozenset({"acme"}))[component] is stance


@pytest.mark.parametrize(
    "sentence",
    [
        "Training code: [More Information Needed]",
        "A fine day.",
        "~~We release the training code.~~",
        "The decoder is not part of this code release.",
        "; but ; except",
        "Unlike X, it is closed, but they say it is not released.",
        "We release the training code. " * LONGEST_SENTENCE,
    ],
)
def test_what_says_nothing_is_left_alone(sentence: str) -> None:
    assert stances(sentence) == {}


def test_clauses_that_hold_nothing_are_passed_over() -> None:
    assert stances("; but training code; ; except") == {CODE: NAMED}


@pytest.mark.parametrize("between", [" ", "\t", ", ", " \u200b", "\u00a0", "* ", "~~~~ "])
def test_a_sentence_of_blanks_is_understood_as_soon_as_any(between: str) -> None:
    # Without an end to this, a single line would keep an audit for hours.
    sentence = f"We release the model {between * (3900 // len(between))}and the training code."

    assert stances(sentence)[Component.TRAINING_CODE] in {Stance.GIVEN, Stance.NAMED}


def test_a_thing_that_is_named_without_end_is_looked_at_a_few_times() -> None:
    assert stances("training data, " * (MOST_PLACES + 2) + "is released") == {DATA: GIVEN}
