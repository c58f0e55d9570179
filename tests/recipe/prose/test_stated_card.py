import pytest

from provenance.recipe.prose.stated_card import stated_in_card
from tests.building import WHERE


def values(text: str) -> set[tuple[str, str]]:
    data = text.encode()
    found = stated_in_card(data, path="README.md", where=WHERE)
    assert all(data[one.where.start : one.where.end].strip() for one in found)
    return {(str(one.kind), one.value) for one in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A learning rate of 3e-4 and a batch size of 2M.",
            {("learning rate", "0.0003"), ("batch size", "2000000")},
        ),
        ("Peak learning rate: 2 x 10^-4.", {("learning rate", "0.0002")}),
        ("Trained for 143,000 steps.", {("steps", "143000")}),
        ("A context length of 2048.", {("sequence length", "2048")}),
        ("We used AdamW.", {("optimizer", "adamw")}),
        ("The seed is 42.", {("seed", "42")}),
        ("A GPT of 235,008 parameters.", {("parameters", "235008")}),
        ("It has 7B parameters.", {("parameters", "7000000000")}),
        ("- Parameters: 235,008, in two files.", {("parameters", "235008")}),
        ("2 layers, width 96, 4 heads.", {("layers", "2"), ("width", "96"), ("heads", "4")}),
        ("On 1.4 trillion tokens.", {("training tokens", "1400000000000")}),
        ("Trained on 64 NVIDIA A100 GPUs.", {("hardware", "64 A100")}),
        ("Training ran on one CPU thread.", {("hardware", "1 CPU thread")}),
        ("It took 1,200 A100-hours.", {("device-hours", "1200 A100")}),
        ("It took 3M H100 hours.", {("device-hours", "3000000 H100")}),
        ("It took 2.5M H800 GPU hours.", {("device-hours", "2500000 H800")}),
        (
            "Trained on 2T tokens, with a context of 4096 tokens.",
            {("training tokens", "2" + "0" * 12)},
        ),
    ],
)
def test_a_sentence_states_a_value(text: str, expected: set[tuple[str, str]]) -> None:
    assert values(text) == expected


TABLE = """---
license: mit
---
| setting | value |
|---|---|
| optimizer | adamw, beta1 0.9 |
| learning rate | 0.004, 20 steps of warm-up |
| batch size | 8 windows of 64 |
| steps | 240 |
| n_layer | `12` |
| seed | none |
| optimizer | secret |
| other | 7 |
"""


def test_a_row_of_a_table_states_what_its_first_cell_says() -> None:
    assert values(TABLE) == {
        ("optimizer", "adamw"),
        ("learning rate", "0.004"),
        ("batch size", "8"),
        ("steps", "240"),
        ("layers", "12"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "```\nlearning rate of 3e-4\n```",
        "No numbers at all.",
        "See version 7.",
        "1e99999 parameters",
    ],
)
def test_code_blocks_and_other_numbers_state_nothing(text: str) -> None:
    assert not {kind for kind, _ in values(text)} & {"learning rate", "seed", "steps"}


@pytest.mark.parametrize(
    "text",
    [
        "It needs a cluster of MI250 GPUs.",
        "It runs on x86 CPUs.",
        "Train it on 3090/4090 GPUs.",
        "It understands contexts of 32K tokens.",
        "The maximum length is 8192 tokens.",
        "It reads 2200 tokens / second.",
        "It writes 20 tokens per second.",
        "A batch of 4M tokens.",
    ],
)
def test_a_part_of_a_name_or_of_the_training_is_no_total(text: str) -> None:
    assert not values(text)
