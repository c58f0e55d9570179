import pytest

from provenance.errors import Code
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.path import RelPath
from provenance.weights.table import PICKLES, WeightPaths, weight_paths


def paths_of(*names: str) -> WeightPaths:
    return weight_paths(Inventory(tuple(FileEntry(RelPath(name), 1) for name in names)))


def test_weights_and_indexes_are_known_by_their_names() -> None:
    found = paths_of(
        "README.md",
        "model.safetensors.index.json",
        "b.safetensors",
        "a/UPPER.SAFETENSORS",
        "model.safetensors.md",
        "index.json",
    )

    assert [path.text for path in found.safetensors] == ["a/UPPER.SAFETENSORS", "b.safetensors"]
    assert [path.text for path in found.indexes] == ["model.safetensors.index.json"]
    assert found.pickles == ()
    assert found.hazards == ()


@pytest.mark.parametrize("ending", sorted(PICKLES))
def test_a_file_that_can_run_code_when_loaded_is_a_hazard(ending: str) -> None:
    found = paths_of(f"x{ending}", f"y{ending.upper()}", f"{ending}", f"z{ending}.txt")

    assert [path.text for path in found.pickles] == [f"x{ending}", f"y{ending.upper()}"]
    assert [(one.code, one.path) for one in found.hazards] == [
        (Code.PICKLE, f"x{ending}"),
        (Code.PICKLE, f"y{ending.upper()}"),
    ]
    assert found.safetensors == ()
