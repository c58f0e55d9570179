import pytest

from provenance.recipe.code.call_graph import CallGraph
from provenance.recipe.code.code_uses import MOST_NAMES, constants_of, use_of
from provenance.text.python_source import parse
from provenance.values.artefact import Artefact
from provenance.values.component import Component
from tests.building import WHERE


def use(text: str, **constants: str) -> Artefact | None:
    graph = CallGraph.of(parse(text.encode()))
    found = use_of(graph, path="a.py", where=WHERE)
    return found.settled(constants) if found else None


RUN = "m = from_pretrained('org/name')\nm.generate(x)\n"
MEASURE = "m = load(x)\nr = {**a, b: 1, 'accuracy': m.forward(y)}\n"
PREPARE = "data = load_dataset('org/raw')\ndata.map(f).to_parquet('a/train.parquet')\n"


@pytest.mark.parametrize(
    ("text", "component"),
    [
        (RUN, Component.INFERENCE_CODE),
        (
            "def main():\n    m = load(x)\n    sample_sequence(m)\nfire.Fire(main)",
            Component.INFERENCE_CODE,
        ),
        (MEASURE, Component.EVALUATION_CODE),
        ("simple_evaluate(model=load(x))", Component.EVALUATION_CODE),
        ("m = load(x)\nperplexity(m.logits(y))", Component.EVALUATION_CODE),
        (PREPARE, Component.DATA_PREPROCESSING_CODE),
        # What measures, too, is there to measure.
        (RUN + MEASURE, Component.EVALUATION_CODE),
        # A library, and programs of other kinds.
        ("def main():\n    m = load(x)\n    m.generate(y)\n", None),
        ("m = load(x)\nt = apply_chat_template(m)", None),
        ("evaluate(x)", None),
        ("print({'accuracy': 1})", None),
        ("open(a).split(b)\nwrite(c)", None),
        ("s = load(data)\ns.load_state_dict(x)\ndata.map(f)\ndump(data)", None),
        ("a = 1", None),
    ],
)
def test_a_program_is_for_one_thing(text: str, component: Component | None) -> None:
    found = use(text)

    assert (found.component if found else None) is component


def test_a_program_knows_its_texts_and_those_that_it_imports() -> None:
    text = "from corpus import TRAIN, OTHER\n" + PREPARE + "x = 'two words'\ny = ''\n"

    found = use(text, TRAIN="data/train.txt")

    assert found
    assert found.names == ("a/train.parquet", "data/train.txt", "org/raw")
    assert found.what == "calls load_dataset, map and to_parquet"


def test_of_many_texts_only_the_first_are_known() -> None:
    found = use(RUN + "".join(f"x = 'n{number}'\n" for number in range(2 * MOST_NAMES)))

    assert found
    assert len(found.names) <= MOST_NAMES


def test_only_texts_that_a_module_itself_names_are_constants() -> None:
    graph = CallGraph.of(parse(b"A = 'a'\nB = 1\ndef f():\n    C = 'c'\n"))

    assert constants_of(graph) == {"A": "a"}
