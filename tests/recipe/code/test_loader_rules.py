from pathlib import Path

import pytest

from provenance.recipe.code.loader_rules import RULES, LoaderRule, rules_table

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "remote-code.md"
LOADERS = (
    *("transformers", "diffusers", "sentence-transformers", "PEFT", "timm", "open_clip"),
    *("SpeechBrain", "NeMo", "spaCy", "Keras", "MLX", "MLflow", "ModelScope", "vLLM"),
)


def test_the_page_shows_every_rule_as_it_is() -> None:
    assert rules_table() in PAGE.read_text(encoding="utf-8")


def test_every_common_loader_has_a_rule() -> None:
    assert set(LOADERS) <= {one.loader for one in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda one: f"{one.loader} {one.id}")
def test_a_rule_says_where_it_was_read(rule: LoaderRule) -> None:
    assert all((rule.version, rule.reads, rule.counts, rule.decided))
    assert "|" not in f"{rule.reads}{rule.counts}{rule.decided}"
