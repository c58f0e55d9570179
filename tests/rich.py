"""A release that has everything: charlm, with what it lacks, and its code in three repositories."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import attrs

from provenance.testing.hub import LoopbackHub
from provenance.values.settings import Settings
from tests.charlm import FIXTURES, MODEL, served

RICH = "provenance-examples/rich"
_CODE = FIXTURES / "recipes" / "charlm"
_MORE = """
The evaluation code is [here](https://github.com/provenance-examples/measure/tree/{measure}).
The preprocessing code is [here](https://github.com/provenance-examples/prepare/tree/{prepare}).
Intermediate checkpoints are branches of this repository.

## Citation
"""
_TEXT = b"One two three four five six seven eight nine ten eleven twelve, and 13 percent."
_PAGE = b"BT (Rich has 2 layers and) Tj 0 -12 Td (4 attention heads, and was trained) Tj ET"
_CALLS = {"auto_map": {"AutoModel": "modeling_rich.Rich"}}
#: What charlm lacks, each in a file of its own.
FILES = {
    "chat_template.jinja": b"{% for m in messages %}{{ m.content }}{% endfor %}",
    "contamination.md": _TEXT,
    "modeling_rich.py": b"class Rich:\n    pass\n",
    "optimizer.pt": b"\x80\x02" * 235_008,
    "rich-report.pdf": b"%PDF-1.7 /Title (Rich: a technical report)\n1 0 obj << >> stream\n"
    + _PAGE
    + b"\nendstream endobj",
    "rich.pdf": b"%PDF-1.7 /Title (Rich: a model of everything)",
    "samples/one.txt": _TEXT,
}


@attrs.frozen
class Rich:
    """The Hub that it stands on, settings that reach it, and the files of the release."""

    hub: LoopbackHub
    settings: Settings
    files: Mapping[str, bytes]


@contextmanager
def served_rich(folder: Path) -> Iterator[Rich]:
    """Serve the release from a folder of its own."""
    with served(folder) as charlm:
        commits = {
            name: charlm.hub.add_git(f"github.com/provenance-examples/{name}").commit(
                {
                    f"{name}.py": (_CODE / program).read_bytes(),
                    "charlm/corpus.py": (_CODE / "charlm" / "corpus.py").read_bytes(),
                    "requirements.txt": b"numpy>=2\n",
                    "data/tokenizer.json": (MODEL / "tokenizer.json").read_bytes(),
                    "LICENSE": (_CODE / "LICENSE").read_bytes(),
                },
                message="Publish",
            )
            for name, program in (("measure", "evaluate.py"), ("prepare", "prepare.py"))
        }
        files = {one.name: one.read_bytes() for one in MODEL.iterdir()}
        card = files["README.md"].decode().replace("## Citation\n", _MORE.format(**commits))
        base = "base_model: provenance-examples/charlm\nlicense:"
        config = json.loads(files["config.json"]) | _CALLS
        made = files | FILES
        made["README.md"] = card.replace("license:", base, 1).encode()
        made["config.json"] = json.dumps(config).encode()
        model = charlm.hub.add_model(RICH)
        for step in (120, 240):
            weights = {"model-00002-of-00002.safetensors": b"moment %d" % step}
            last = {} if step == 240 else weights
            model.commit(made | last, message="m", ref=f"refs/heads/step{step}")
        model.commit(made, message="Publish")
        yield Rich(charlm.hub, charlm.settings, made)
