"""Scripts that start a training which is not theirs: a program of an installed package, by name."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from provenance.errors import Code
from provenance.recipe.elsewhere import shown
from provenance.values.component import Component
from provenance.values.unread import Unread

_SCRIPTS: Final = (".sh", ".slurm", ".bash", ".sbatch")
_LARGEST: Final = 2**20
_COMMENT = re.compile(rb"[ \t]*#")
# python -m package.train, torchrun -m package.train
_MODULE = re.compile(rb"[ \t]-m[ \t]+(?P<name>[\w.]{1,100})")
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
    for path, data in sorted(files.items()):
        if path.endswith(_SCRIPTS):
            for name in started(data[:_LARGEST]):
                if name.rpartition(".")[2] not in here:
                    named.setdefault(name, path)
    if named:
        what = f"what {shown(sorted(set(named.values())))} starts: {shown(sorted(named))}"
        why = "it is the program of a package, which is not here"
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
