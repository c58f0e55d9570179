import pytest

from provenance.recipe.code.launched import launched
from provenance.values.component import Component


@pytest.mark.parametrize(
    ("script", "name"),
    [
        (b"torchrun --nproc 8 -m axolotl.cli.train c.yml\n", "axolotl.cli.train"),
        (b"accelerate launch \\\n  -m trl.scripts.sft --x\n", "trl.scripts.sft"),
        (b"fairseq-train data --arch transformer\n", "fairseq-train"),
        (b"llamafactory-cli train c.yaml\n", "llamafactory-cli train"),
        (b"torchrun --nproc 8 \\\n  ../Megatron-LM/pretrain_gpt.py --lr 1\n", "pretrain_gpt"),
        (b"git clone https://x.org/y\ncd y\npython train.py\n", "train"),
        (b"accelerate launch train_dpo.py\n", "train_dpo"),
        (b"python - <<EOF\nloss.backward()\nEOF\n", "a program in its own text"),
        (b"python3 -c 'import x; x.go()'\n", "a program in its own text"),
    ],
)
def test_a_script_that_starts_the_training_of_a_package_leaves_it_open(
    script: bytes, name: str
) -> None:
    (found,) = launched({"run.sh": script})

    assert name in found.what
    assert "run.sh" in found.what
    assert found.about == {Component.TRAINING_CODE}


@pytest.mark.parametrize(
    "files",
    [
        {"run.sh": b"python -m toy.train\n", "toy/train.py": b""},
        {"run.sh": b"# python train.py\npython src/train.py\npython show.py\n", "a/train.py": b""},
        {"run.sh": b"# torchrun -m axolotl.cli.train\n"},
        {"run.sh": b"python -m pip install x\npython -m http.server\n"},
        {"run.md": b"torchrun -m axolotl.cli.train\n"},
        {},
    ],
    ids=["here", "file here", "comment", "other", "no script", "none"],
)
def test_what_is_here_or_trains_nothing_leaves_nothing_open(files: dict[str, bytes]) -> None:
    assert list(launched(files)) == []


@pytest.mark.parametrize("path", ["task.yaml", "docker/Dockerfile.gpu"])
def test_a_list_of_commands_starts_what_a_script_does(path: str) -> None:
    (found,) = launched({path: b"run: |\n  python -m torchtune.train\n"})

    assert path in found.what
