"""Scripts that start a training which is not among the programs that are read, by its name."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from provenance.errors import Code
from provenance.recipe.code.elsewhere import shown
from provenance.values.component import Component
from provenance.values.unread import Unread

_SCRIPTS: Final = (".sh", ".slurm", ".bash", ".sbatch", ".yaml", ".yml")
_LARGEST: Final = 2**20
_COMMENT = re.compile(rb"[ \t]*#")
# python -m package.train, torchrun -m package.train
_MODULE = re.compile(rb"[ \t]-m[ \t]+(?P<name>[\w.]{1,100})")
# python train.py, torchrun --nproc 8 ../megatron/pretrain.py
_PROGRAM = re.compile(
    rb"\b(?:python[\d.]{0,5}|torchrun|deepspeed|accelerate launch|srun|mpirun|horovodrun|launch)\b"
    rb"[^#;&|\n]{0,500}?[ \t\"'](?P<name>[\w./${}~-]{1,200})\.py\b"
)
# python -c '...', python - <<EOF: a program inside of the script.
_INSIDE = re.compile(rb"\bpython[\d.]{0,5}[ \t]+(?:-c\b|-[ \t]*<<|<<)")
_TRAINS = re.compile(
    r"(?:.*[._])?(?:pre|fine)?-?(?:train|tune|sft|dpo|grpo|ppo)(?:er|ing|ed)?(?:_.*)?"
)
_COMMAND = re.compile(
    rb"\b(?P<name>fairseq(?:-hydra)?-train|llamafactory-cli train|axolotl train|tune run"
    rb"|litgpt (?:pretrain|finetune)|swift (?:sft|pt|rlhf)|trl (?:sft|dpo|grpo|kto)|onmt_train"
    rb"|spacy train|rasa train|mlx_lm\.lora|fasttext (?:supervised|skipgram|cbow)|yolo train)\b"
)
_OF_TRAINING: Final = frozenset({Component.TRAINING_CODE})


def launched(files: Mapping[str, bytes]) -> Iterator[Unread]:
    """Yield that scripts start training programs which are not among these files."""
    here = {path.rpartition("/")[2].removesuffix(".py") for path in files}
    named: dict[str, str] = {}
    for path in sorted(filter(_may_start, files)):
        data = files[path][:_LARGEST]
        for name in (*started(data), *_programs(data)):
            if name.rpartition(".")[2] not in here:
                named.setdefault(name, path)
    if named:
        what = f"what {shown(sorted(set(named.values())))} starts: {shown(sorted(named))}"
        why = "it is of a package or another place, which is not here, or in the script itself"
        yield Unread(Code.NOT_COVERED, what, why, _OF_TRAINING)


def started(data: bytes) -> Iterator[str]:
    """Yield the training programs of packages that lines of a shell start, by name."""
    for line in data.splitlines():
        if _COMMENT.match(line):
            continue
        for match in (*_MODULE.finditer(line), *_COMMAND.finditer(line)):
            name = match["name"].decode("ascii", "replace")
            if match.re is _COMMAND or _TRAINS.fullmatch(name):
                yield name


def _may_start(path: str) -> bool:
    return path.endswith(_SCRIPTS) or path.rpartition("/")[2].startswith("Dockerfile")


def _programs(data: bytes) -> Iterator[str]:
    """Yield the files that train, by their names, and what is a program inside of the script."""
    for line in data.replace(b"\\\n", b" ").splitlines():
        if _COMMENT.match(line):
            continue
        if _INSIDE.search(line):
            yield "a program in its own text"
        for match in _PROGRAM.finditer(line):
            name = match["name"].decode("ascii", "replace").rpartition("/")[2]
            if _TRAINS.fullmatch(name):
                yield name
