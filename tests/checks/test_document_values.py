import attrs
import pytest

from provenance.checks.document_values import agrees_with_files
from provenance.values.artefact import Kind, StatedValue
from provenance.values.facts import ConfigFacts, Facts, Setting, WeightFacts
from provenance.values.finding import Confirmed, Contradicted, Unknown
from provenance.values.look import Missing, Seen
from tests.building import EMPTY, FACTS, PROFILE, WHERE, code_with, stated, unseen

CONFIG = ConfigFacts(
    WHERE,
    "toy",
    settings=(
        Setting("num_hidden_layers", 24, WHERE),
        Setting("num_attention_heads", 16, WHERE),
        Setting("hidden_size", 2048, WHERE),
    ),
)
WEIGHTS = WeightFacts(attrs.evolve(PROFILE, parameters=1_234_567), (WHERE,))
RELEASE = attrs.evolve(EMPTY, config=Seen(CONFIG), weights=Seen(WEIGHTS))


def text(**values: str) -> tuple[StatedValue, ...]:
    return tuple(
        stated(Kind[name.rstrip("_").upper()], value, "report.pdf")
        for name, value in values.items()
    )


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (text(layers="24", heads="16"), Confirmed),
        (text(layers="24", parameters="1200000"), Confirmed),
        # A paper tells of many models: one value that is right is enough, of each kind.
        (text(layers="12", layers_="24", width="2048"), Confirmed),
        (text(layers="24"), Unknown),
        (text(layers="24", heads="8", width="4096"), Unknown),
        (text(layers="12"), Unknown),
        (text(layers="12", heads="8"), Contradicted),
        (text(layers="12", layers_="6", heads="8"), Unknown),
        (text(parameters="9000000", tokens="5"), Unknown),
        ((), Unknown),
    ],
)
def test_a_documents_shape_is_held_against_the_files(
    said: tuple[StatedValue, ...], kind: type
) -> None:
    assert isinstance(agrees_with_files(said, RELEASE), kind)


@pytest.mark.parametrize("path", ["train.yaml", "README.md"])
def test_hyper_parameters_are_those_of_a_file_and_a_card_is_none(path: str) -> None:
    facts = attrs.evolve(
        RELEASE,
        stated=(
            stated(Kind.BATCH_SIZE, "512", path),
            stated(Kind.BATCH_SIZE, "512", path),
            stated(Kind.SEED, "7", path),
            stated(Kind.TOKENS, "9", path),
        ),
    )
    said = text(batch_size="512", seed="7", tokens="9")

    outcome = agrees_with_files(said, facts)

    assert isinstance(outcome, Confirmed if path == "train.yaml" else Unknown)
    if path == "train.yaml":
        assert "batch size 512, seed 7" in outcome.reason
        assert len(outcome.because) == 2


def test_the_settings_of_the_publishers_repository_count() -> None:
    settings = (
        stated(Kind.SEED, "7", "c.toml", uri="git:x@c/c.toml"),
        stated(Kind.STEPS, "240", "c.toml", uri="git:x@c/c.toml"),
    )

    outcome = agrees_with_files(text(seed="7", steps="240"), code_with(stated=settings))

    assert isinstance(outcome, Confirmed)


@pytest.mark.parametrize(
    "facts",
    [
        attrs.evolve(RELEASE, config=unseen(), weights=unseen()),
        attrs.evolve(RELEASE, config=Missing("no"), weights=Missing("no")),
        attrs.evolve(RELEASE, weights=Seen(attrs.evolve(WEIGHTS, where=()))),
        attrs.evolve(FACTS, config=Seen(attrs.evolve(CONFIG, settings=()))),
    ],
)
def test_without_files_to_compare_with_nothing_is_known(facts: Facts) -> None:
    said = text(layers="12", heads="8", parameters="1200000")

    outcome = agrees_with_files(said, facts)

    assert isinstance(outcome, Unknown | Contradicted)
    assert isinstance(outcome, Contradicted) == (facts.config == RELEASE.config)
