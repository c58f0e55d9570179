import pytest

from provenance.recipe.code.loader_libraries import NEMO, is_below, is_of_a_recipe


@pytest.mark.parametrize(
    ("name", "below"),
    [
        ("nemo.core.X", True),
        ("nemo_evil.core.X", False),
        ("nemo.coreX", False),
        ("torch.nn.Linear", True),
        ("torch.hub.load", False),
        ("nemo_text_processing.text_normalization.normalize.Normalizer", True),
        ("nemo_text_processing.text_normalization.normalize.NormalizerX", False),
    ],
)
def test_a_name_is_below_a_prefix_only_after_its_dot(name: str, *, below: bool) -> None:
    assert is_below(name, NEMO) is below


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("speechbrain.nnet.RNN.GRU", True),
        ("torch.manual_seed", True),
        ("torch.utils.data.DataLoader", True),
        ("torch.utils.cpp_extension.load", False),
        ("torch.load", False),
        ("torchx.zeros", False),
        ("os.system", False),
        ("builtins.eval", False),
        ("functools.partial", True),
    ],
)
def test_a_recipe_is_made_of_libraries_and_of_nothing_that_loads_code(
    name: str, *, own: bool
) -> None:
    assert is_of_a_recipe(name) is own
