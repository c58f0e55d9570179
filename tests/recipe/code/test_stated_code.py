import pytest

from provenance.recipe.code.call_graph import CallGraph
from provenance.recipe.code.stated_code import stated_in_module
from provenance.text.python_places import PythonPlaces
from provenance.text.python_source import parse
from tests.building import WHERE


def values(text: str) -> list[tuple[str, str, str]]:
    data = text.encode()
    graph, places = CallGraph.of(parse(data)), PythonPlaces.of(data)
    found = stated_in_module(graph, path="a.py", places=places, where=WHERE)
    return [
        (str(one.kind), one.value, data[one.where.start : one.where.end].decode()) for one in found
    ]


@pytest.mark.parametrize(
    "text",
    [
        "seed = 7",
        "seed: int = 7",
        "p.add_argument('--seed', type=int, default=7)",
        "torch.manual_seed(7)",
        "set_seed(7)",
        "d = {'seed': 7}",
        "run(seed=7)",
        "f()(seed=7)",
        "t(x, seed=7)",
    ],
)
def test_a_constant_under_a_known_name_is_stated(text: str) -> None:
    (found,) = values(text)

    assert found[:2] == ("seed", "7")
    assert found[2]


@pytest.mark.parametrize(
    "text",
    [
        "seed = x",
        "seed = True",
        "seed = None",
        "seed = 'auto'",
        "seed: int",
        "other = 7",
        "p.add_argument('--seed', type=int)",
        "d = {1: 7, **more}",
        "f(**more)",
    ],
)
def test_what_is_no_constant_of_the_kind_states_nothing(text: str) -> None:
    assert values(text) == []


def test_values_stand_in_order() -> None:
    found = values("def f(lr=1):\n    g(lr=3e-4)\noptimizer = 'AdamW'\nseed = 7\n")

    assert [one[0] for one in found] == ["learning rate", "optimizer", "seed"]
