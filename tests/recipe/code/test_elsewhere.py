import pytest

from provenance.recipe.code.elsewhere import may_hold_architecture, may_hold_tokenizer, shown

NEITHER = (
    *("README.md", "LICENSE", "LICENSE.txt", "NOTICE", ".gitattributes", "a/b.png", "notes.txt"),
    *("model.safetensors", "model.safetensors.index.json", "pytorch_model-00001-of-00002.bin"),
    *("generation_config.json", "preprocessor_config.json", "trainer_state.json", "optimizer.pt"),
    *("training_args.bin", "eval_results.json", "requirements.txt", "data/train.parquet"),
    *("model.sig", "SHA256SUMS", "tokenizer_config.json", "special_tokens_map.json"),
)
BOTH = (
    *("model.gguf", "model.onnx", "model.keras", "weights.pt", "model.nemo", "a.tflite", "x.zip"),
    *("model.py", "config.yaml", "hyperparams.yaml", "model.ckpt", "meta.json", "model", "a.bin"),
)


@pytest.mark.parametrize("path", NEITHER)
def test_what_is_known_to_hold_neither_leaves_nothing_open(path: str) -> None:
    assert not may_hold_tokenizer(path)
    assert not may_hold_architecture(path)


@pytest.mark.parametrize("path", BOTH)
def test_a_form_that_carries_all_and_a_kind_not_known_leave_both_open(path: str) -> None:
    assert may_hold_tokenizer(path)
    assert may_hold_architecture(path)


def test_each_of_the_two_is_not_looked_for_in_the_files_of_the_other() -> None:
    assert may_hold_architecture("config.json")
    assert not may_hold_tokenizer("config.json")
    assert may_hold_tokenizer("lang/phones.txt")
    assert not may_hold_architecture("vocab.bpe")


def test_few_names_are_shown_whole() -> None:
    assert shown(["a", "b"]) == "a, b"
