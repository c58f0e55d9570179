"""The page about PyTorch runs as it stands there, where PyTorch is installed."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

import ml_dtypes
import numpy as np
import pytest

from tests.flows.weighed import NAME

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "how-to" / "load-into-torch.md"
EXAMPLES = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# Runs after the page's examples: in a process of its own, so that nothing here imports torch.
PROGRAM = """
import sys
from pathlib import Path

from tests.flows.weighed import NAME, flip, manifest

folder = Path(sys.argv[1])
listed = manifest(folder, tree=True)


def layer(device):
    with torch.device(device):
        return torch.nn.Linear(3, 2, dtype=torch.bfloat16)


def right(model):
    return model(torch.ones(3, dtype=torch.bfloat16)).tolist() == [3.5, 11.5]


shared, copied = layer("meta"), layer("cpu")
load_verified(shared, folder, listed)
load_verified_onto(copied, folder, listed, "cpu")
assert right(shared) and right(copied)

array = provenance.load(folder, manifest=listed).get_tensors()["weight"]
assert tensor_of(array).data_ptr() == array.__array_interface__["data"][0]

flip(folder / NAME, -1)
for load in (load_verified, lambda *given: load_verified_onto(*given, "cpu")):
    try:
        load(layer("cpu"), folder, listed)
    except provenance.VerificationError as error:
        assert error.code == "FILE_CHANGED"
    else:
        sys.exit("a tampered tensor was loaded")
assert right(shared)
print("all held")
"""

# The names of types that numpy and torch share.
SHARED = """
import sys

import ml_dtypes
import numpy

names = "bool uint8 int8 int16 uint16 int32 uint32 int64 uint64 float16 float32 float64 complex64"
for name in names.split():
    assert tensor_of(numpy.ones((2, 3), name)).tolist() == numpy.ones((2, 3), name).tolist()
for name in ("bfloat16", "float8_e4m3fn", "float8_e5m2", "float8_e8m0fnu"):
    tensor = tensor_of(numpy.ones((), getattr(ml_dtypes, name)))
    assert (tensor.dtype, tensor.float().item()) == (getattr(torch, name), 1.0)
assert tensor_of(numpy.zeros((0, 3), "float32")).shape == (0, 3)
print("all held")
"""

torch_only = pytest.mark.skipif(
    importlib.util.find_spec("torch") is None, reason="torch is not installed: pip install torch"
)


@torch_only
@pytest.mark.timeout(120)
@pytest.mark.parametrize("program", [PROGRAM, SHARED], ids=["models", "types"])
def test_the_page_s_examples_hand_verified_numbers_to_torch(tmp_path: Path, program: str) -> None:
    write_layer(tmp_path / NAME)
    examples = "\n".join(EXAMPLES.findall(PAGE.read_text("utf-8")))

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"{examples}\n{program}", tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == "all held\n", done.stderr


def write_layer(path: Path) -> None:
    """Write the weights of a linear layer, in BF16."""
    weight = np.arange(6).astype(ml_dtypes.bfloat16)
    bias = np.array([0.5, -0.5], ml_dtypes.bfloat16)
    header = json.dumps(
        {
            "weight": {"dtype": "BF16", "shape": [2, 3], "data_offsets": [0, 12]},
            "bias": {"dtype": "BF16", "shape": [2], "data_offsets": [12, 16]},
        }
    ).encode()
    length = len(header).to_bytes(8, "little")
    path.write_bytes(length + header + weight.tobytes() + bias.tobytes())
