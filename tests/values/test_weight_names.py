import pytest

from provenance.values.path import RelPath
from provenance.values.weight_names import WEIGHT_SUFFIXES


@pytest.mark.parametrize(
    ("name", "weights"),
    [
        *(("model.safetensors", True), ("a/PYTORCH_MODEL.BIN", True), ("q4.gguf", True)),
        *(("tokenizer.json", False), ("bin", False), ("a.bin/README", False)),
    ],
)
def test_weight_files_are_told_by_the_end_of_their_names(name: str, *, weights: bool) -> None:
    assert (RelPath(name).suffix in WEIGHT_SUFFIXES) is weights


def test_what_statements_are_about_stays_what_it_was() -> None:
    assert len(WEIGHT_SUFFIXES) == 22
