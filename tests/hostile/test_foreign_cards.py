"""A card that says everything in another language claims nothing, and denies nothing either."""

from pathlib import Path

import pytest

from provenance.errors import Code
from provenance.flows.auditing.audit import audit
from provenance.values.component import Component
from provenance.values.manifest import Manifest
from provenance.values.rung import Rung
from provenance.values.settings import Settings
from tests.charlm import noon

FRONT = "---\nlicense: apache-2.0\nlanguage: zh\n---\n"
CHINESE = """# 模型

我们公开了全部训练代码、训练数据和中间检查点。

## 数据

训练数据包括一万亿个词元\uff0c可以在我们的网站上下载。
"""
FRENCH = """# Modèle

Nous publions les données et le code qui ont servi à entraîner ce modèle.
"""
# What a release holds as files of its own, or that no card speaks of.
OF_FILES = frozenset(
    {
        Component.MODEL_ARCHITECTURE,
        Component.FINAL_PARAMETERS,
        Component.TOKENIZER,
        Component.REMOTE_CODE,
        Component.OPTIMIZER_STATE,
    }
)


def audited(folder: Path, prose: str) -> Manifest:
    (folder / "README.md").write_text(FRONT + prose, "utf-8")
    return audit(folder, settings=Settings(offline=True, jobs=1), clock=noon)


@pytest.mark.parametrize("prose", [CHINESE, FRENCH], ids=["Chinese", "French"])
def test_what_such_a_card_may_say_is_unknown_and_never_absent(tmp_path: Path, prose: str) -> None:
    found = audited(tmp_path, prose)

    absent = {
        one.component for one in found.components if one.reach.at_most is Rung.ABSENT
    } - OF_FILES
    assert absent == set()
    assert Code.NOT_COVERED in {one.code for one in found.hazards}


def test_a_card_in_english_that_says_nothing_lacks_them(tmp_path: Path) -> None:
    found = audited(tmp_path, "# A model\n\nThis is a model of the language that we speak.\n")

    absent = {one.component for one in found.components if one.reach.at_most is Rung.ABSENT}
    assert Component.TRAINING_CODE in absent
    assert Component.DATASETS in absent


def test_the_metadata_of_such_a_card_is_read_as_any_other(tmp_path: Path) -> None:
    found = audited(tmp_path, CHINESE)

    card = next(one for one in found.components if one.component is Component.MODEL_CARD)
    assert card.license.claimed == "apache-2.0"
