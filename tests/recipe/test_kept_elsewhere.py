import pytest

from provenance.recipe.kept_elsewhere import kept_elsewhere
from provenance.values.component import Component

C = Component


@pytest.mark.parametrize(
    ("path", "about"),
    [
        ("training_args.bin", {C.HYPER_PARAMETERS, C.SEEDS}),
        ("a/args.pkl", {C.HYPER_PARAMETERS, C.SEEDS}),
        (
            "epoch=3-step=100.ckpt",
            {C.HYPER_PARAMETERS, C.SEEDS, C.INTERMEDIATE_PARAMETERS},
        ),
        ("runs/events.out.tfevents.17.host.1.0", {C.MODEL_METADATA, C.HYPER_PARAMETERS}),
        ("wandb/run-1/run-1.wandb", {C.MODEL_METADATA, C.HYPER_PARAMETERS}),
        *(
            (name, {C.ENVIRONMENT, C.SUPPORTING_LIBRARIES})
            for name in ("Dockerfile", "pixi.lock", "Manifest.toml", "x.def", "Dockerfile.cuda")
        ),
        *(
            (name, {C.SUPPORTING_LIBRARIES})
            for name in ("setup.py", "a/setup.cfg", "Pipfile", "requirements/train.txt")
        ),
        *(
            (name, {C.INTERMEDIATE_PARAMETERS})
            for name in ("ckpts/1000.safetensors", "checkpoints.tar", "w/model_step10.pt")
        ),
        ("report.tex", {C.TECHNICAL_REPORT, C.RESEARCH_PAPER, C.DATA_CARD}),
        ("Modelfile", {C.CHAT_TEMPLATE}),
        ("templates/chat.jinja", {C.CHAT_TEMPLATE}),
        ("model.safetensors", set()),
        ("model-00001-of-00002.safetensors", set()),
        ("requirements.txt", set()),
        ("README.md", set()),
        ("footstep.safetensors", set()),
    ],
)
def test_a_form_that_is_not_read_leaves_unknown_only_what_it_could_tell(
    path: str, about: set[Component]
) -> None:
    found = list(kept_elsewhere([path]))

    assert {component for one in found for component in one.about} == about


def test_many_files_of_one_form_are_told_once() -> None:
    (found,) = kept_elsewhere(f"{n}/Dockerfile" for n in range(1_000))

    assert "997 more" in found.what
