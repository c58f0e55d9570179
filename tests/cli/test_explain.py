from pathlib import Path

import attrs
import pytest

from provenance.cli.exit_codes import ExitCode
from provenance.errors import Code
from provenance.flows.signing.sign import dump_manifest
from provenance.frameworks import labels, scores
from provenance.values.advice import Rule
from provenance.values.component import Component
from provenance.values.finding import Confirmed, Finding
from provenance.values.hazard import Hazard
from provenance.values.label import Label
from provenance.values.license import Inherited, License, Likeness, Relation, Terms
from provenance.values.next_step import Cost, NextStep
from provenance.values.rung import Reach, Rung
from tests.building import CODE_CLAIM, MANIFEST, WHERE, report, reports
from tests.cli.running import Shell

CODE = Component.TRAINING_CODE
FOUND = attrs.evolve(
    report(CODE, Rung.RETRIEVED, Rung.REPRODUCED),
    claims=(CODE_CLAIM, attrs.evolve(CODE_CLAIM, denied=True)),
    findings=(
        Finding("any", CODE, Rung.RETRIEVED, Confirmed("it trains\x1b[31m", (WHERE,)), "a facet"),
    ),
    next_step=NextStep(CODE, Rung.BOUND, Cost.LINE, "name its commit"),
)
SEEN = attrs.evolve(
    MANIFEST,
    components=tuple(
        reports(
            training_code=FOUND,
            seeds=attrs.evolve(report(Component.SEEDS), reach=Reach(Rung.ABSENT, Rung.BOUND)),
        ).values()
    ),
    hazards=(Hazard(Code.PICKLE, "a.bin", "it is one"),),
)


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    path = tmp_path / "manifest.json"
    path.write_bytes(dump_manifest(SEEN))
    return path


@pytest.mark.parametrize("topic", [*(one.id for one in Component), *Label, *Rule, "rubrics", *Code])
def test_everything_that_has_a_name_is_explained(shell: Shell, topic: str) -> None:
    said = shell("explain", topic)

    assert (said.code, said.err) == (ExitCode.DONE, "")
    assert len(said.out) > len(topic)


def test_a_component_is_explained_by_where_it_counts_and_what_tests_it(shell: Shell) -> None:
    said = shell("explain", "training-code").out

    assert "Model Openness Framework: class II, required" in said
    assert "counts in the score of: code" in said
    assert "gate open-weights-and-code: training-code at 3" in said
    assert "Does not prove: " in said
    assert "to offer it: publish the code that trained it" in said


def test_a_component_of_an_audit_is_explained_by_its_evidence(shell: Shell, manifest: Path) -> None:
    said = shell("explain", "training-code", "--manifest", manifest).out

    place = f"[{WHERE.digest.hex[:16]} bytes 10-20]"
    assert "rung 3 retrieved, at most 6 reproduced" in said
    assert "licence: Apache-2.0, claimed apache-2.0: terms open" in said
    assert f"claimed: 'our Training code' {place}" in said
    assert f"denied: 'our Training code' {place}" in said
    assert "rung 3 of a facet confirmed: it trains" in said
    assert "\x1b" not in said
    assert f"worth 0.50-1.00, 25% of the score of code; evidence: {WHERE.digest.hex[:16]}" in said
    assert "next step [a line]: name its commit" in said


def test_what_is_unknown_is_said_to_be(shell: Shell, manifest: Path) -> None:
    said = shell("explain", "seeds", "--manifest", manifest).out

    assert "rung unknown, at most 4 bound" in said
    assert "evidence: none" in said


def test_a_code_is_explained_by_where_it_was_found(shell: Shell, manifest: Path) -> None:
    found = shell("explain", "pickle", "--manifest", manifest).out
    lost = shell("explain", "ST_HOLE", "--manifest", manifest).out

    assert "PICKLE: a file is a pickle" in found
    assert "a.bin: it is one" in found
    assert "not found in this manifest" in lost


def test_a_label_is_explained_by_its_gates_and_the_lower_ones(shell: Shell) -> None:
    assert shell("explain", "closed").out == "closed: no gate holds\n"
    said = shell("explain", "open-weights-and-code").out
    assert "  open-weights: final-parameters model-architecture tokenizer at 3" in said
    assert "reproducible" not in said
    assert shell("explain", "undetermined").out.startswith("undetermined: whether")


def test_rubrics_are_printed_with_their_digests(shell: Shell) -> None:
    said = shell("explain", "rubrics").out

    assert f"{labels.RUBRIC.digest}\n{labels.RUBRIC.text}" in said
    assert f"{scores.RUBRIC.digest}\n{scores.RUBRIC.text}" in said


def test_a_name_that_nothing_has_is_a_matter_of_usage(shell: Shell) -> None:
    said = shell("explain", "magic\x1b[31m")

    assert said.code is ExitCode.USAGE
    assert "nothing is called" in said.err
    assert "\x1b" not in said.err


def test_a_licence_is_explained_by_the_words_that_differ_and_by_what_it_inherits(
    shell: Shell, tmp_path: Path
) -> None:
    base = Inherited("org/base", Relation.BASE_MODEL, Terms.RESTRICTED, "LicenseRef-llama3")
    modified = License(
        Terms.RESTRICTED, "mit", nearest=Likeness("MIT", 0.97, ("credit us",)), inherited=base
    )
    alike = tuple(attrs.evolve(one, license=modified) for one in MANIFEST.components)
    path = tmp_path / "manifest.json"
    path.write_bytes(dump_manifest(attrs.evolve(MANIFEST, components=alike)))

    said = shell("explain", "final-parameters", "--manifest", path).out

    assert "licence: the text is like MIT (97.0% of the words), and is not it" in said
    assert "licence: it adds: 'credit us'" in said
    assert "made from the base model org/base under LicenseRef-llama3" in said


def test_a_code_and_a_rule_say_how_to_mend_it(shell: Shell) -> None:
    said = shell("explain", "pickle").out

    assert "  to do: load it nowhere but in a sandbox; save the weights as safetensors" in said
    assert "pickle (lint, error): a weight file is a pickle" in said
    assert "  to do: save the weights as safetensors" in said


@pytest.mark.parametrize(
    "topic", ["Open-Weights", "OPEN_WEIGHTS", "openweights", "open weights", "st-hole", "STHOLE"]
)
def test_case_dashes_and_blanks_do_not_matter(shell: Shell, topic: str) -> None:
    assert shell("explain", topic).code is ExitCode.DONE


def test_a_name_of_several_words_needs_no_quotes(shell: Shell) -> None:
    assert shell("explain", "class", "II").out.startswith("class II: Open Tooling")
    assert "what no statement of the report rests on" in shell("explain", "Not", "looked", "at").out


@pytest.mark.parametrize(
    ("topic", "near"),
    [("pikcle", "PICKLE"), ("open-wieghts", "open-weights"), ("undetermind", "undetermined")],
)
def test_a_name_that_is_mistyped_is_answered_with_near_ones(
    shell: Shell, topic: str, near: str
) -> None:
    said = shell("explain", topic)

    assert said.code is ExitCode.USAGE
    assert near.casefold() in said.err.casefold()
