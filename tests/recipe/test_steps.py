from functools import partial

import pytest

from provenance.recipe.steps import folders_of as folders_by
from provenance.recipe.steps import step_of
from provenance.values.inventory import FileEntry
from provenance.values.path import RelPath
from provenance.weights.table import ENDINGS
from tests.building import LISTING, SHA, read

folders_of = partial(folders_by, endings=ENDINGS)


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("step143000", 143000),
        ("global_step95000", 95000),
        ("checkpoint-20", 20),
        ("stage1-step140000-tokens294B", 140000),
        ("iter_0005", 5),
        ("c/checkpoint-7", 7),
        ("main", None),
        ("v1.0", None),
        ("footstep5", None),
        ("step1234567890", None),
    ],
)
def test_a_name_speaks_of_a_step_or_does_not(name: str, step: int | None) -> None:
    assert step_of(name) == step


def test_folders_that_are_named_by_a_step_and_hold_weights_are_checkpoints() -> None:
    files = ("checkpoint-1/model.safetensors", "checkpoint-1/a.txt", "checkpoint-2/a.txt", "m.bin")

    (found,) = folders_of(map(read, files), LISTING)

    assert (found.name, found.step, found.weights) == ("checkpoint-1", 1, (SHA.hex,))


@pytest.mark.parametrize("name", ["model.gguf", "model.onnx", "m.pdparams", "MODEL.SAFETENSORS"])
def test_weights_that_nobody_reads_make_a_checkpoint_too(name: str) -> None:
    (found,) = folders_of([read(f"checkpoint-1/{name}")], LISTING)

    assert found.step == 1


def test_a_checkpoint_whose_weights_were_not_hashed_is_there_all_the_same() -> None:
    entry = FileEntry(RelPath("checkpoint-1/model.safetensors"), 9)

    (found,) = folders_of([entry], LISTING)

    assert (found.name, found.weights) == ("checkpoint-1", ())
