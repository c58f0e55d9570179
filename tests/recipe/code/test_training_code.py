import pytest

from provenance.recipe.code.call_graph import CallGraph
from provenance.recipe.code.training_code import find_training
from provenance.text.python_places import PythonPlaces
from provenance.text.python_source import parse
from provenance.values.address import Address
from provenance.values.digest import Digest
from provenance.values.evidence import Where
from provenance.values.facts import TrainingLoop

WHERE = Where(Address.parse("x/train.py"), Digest.sha256("0" * 64))


def loops(text: str) -> tuple[TrainingLoop, ...]:
    data = text.encode()
    graph, places = CallGraph.of(parse(data)), PythonPlaces.of(data)
    found = find_training(graph, path="train.py", places=places, where=WHERE)
    return found.reached(graph.calls.reached())


LOOP = "for batch in data:\n    loss = model(batch)\n    loss.backward()\n    optimizer.step()\n"
IN_FUNCTION = "def main():\n    " + LOOP.replace("\n", "\n    ").rstrip() + "\n"


@pytest.mark.parametrize(
    "text",
    [
        LOOP,
        IN_FUNCTION + "main()\n",
        IN_FUNCTION + "if __name__ == '__main__':\n    main()\n",
        "async def go():\n    while True:\n        engine.train_batch()\nrun(go())\n",
        "def one():\n    g = loss_and_grads(w)\n    w.update(g)\nfor i in range(3):\n    one()\n",
        "trainer = Trainer(model)\ntrainer.train()\n",
        "pretrain(data, model)\n",
        "class T:\n    def fit(self):\n        "
        + LOOP.replace("\n", "\n        ")
        + "\nT().fit()\n",
        "try:\n    pass\nfinally:\n    " + LOOP.replace("\n", "\n    ").rstrip() + "\n",
    ],
    ids=[
        "module",
        "called",
        "main guard",
        "async engine",
        "through a function",
        "trainer",
        "pretrain",
        "method",
        "finally",
    ],
)
def test_a_loop_that_is_reached_and_trains_is_found(text: str) -> None:
    assert loops(text)


@pytest.mark.parametrize(
    "text",
    [
        IN_FUNCTION,
        "if False:\n    " + LOOP.replace("\n", "\n    ").rstrip() + "\n",
        "def main():\n    return\n    " + LOOP.replace("\n", "\n    ").rstrip() + "\nmain()\n",
        "for batch in data:\n    loss.backward()\n",
        "for batch in data:\n    optimizer.step()\n",
        "model.train()\n",
        "x = [f() for f in g][0]()\n",
        "# loss.backward(); optimizer.step()\nprint('backward step')\n",
    ],
    ids=[
        "never called",
        "if False",
        "after return",
        "no update",
        "no gradient",
        "a mode, not a run",
        "nameless call",
        "words only",
    ],
)
def test_what_cannot_run_or_does_not_train_is_no_training_loop(text: str) -> None:
    assert loops(text) == ()


def test_the_place_of_a_loop_is_in_bytes() -> None:
    text = "# é\n" + LOOP

    (loop,) = loops(text)

    assert text.encode()[loop.where.start : loop.where.end].decode() == LOOP.rstrip()
    assert loop.calls == ("backward", "step")


@pytest.mark.parametrize(
    "head", ["while 0:", "while False:", "for batch in []:", "for b in ():", "for b in range(0):"]
)
def test_a_loop_that_never_runs_trains_nothing(head: str) -> None:
    assert loops(LOOP.replace("for batch in data:", "while True:"))
    assert loops(LOOP.replace("for batch in data:", head)) == ()


def test_each_function_is_followed_once_however_many_loops_call_it() -> None:
    chain = "".join(f"def f{one}():\n    f{one + 1}()\n" for one in range(300))
    last = "def f300():\n    loss.backward()\n    optimizer.step()\n"
    many = "".join(f"for a in b:\n    f{one}()\n" for one in range(300))

    assert {one.calls for one in loops(chain + last + many)} == {("backward", "step")}
    assert len(loops(chain + last + many)) == 300


def test_functions_that_call_each_other_are_each_followed_once() -> None:
    both = "def f():\n    loss.backward()\n    g()\ndef g():\n    f()\n    loss.backward()\n"

    found = loops(both + "for a in b:\n    g()\n    optimizer.step()\n")

    assert [one.calls for one in found] == [("backward", "step")]


def test_a_loop_in_a_loop_that_trains_trains_and_what_is_only_handed_on_does_not() -> None:
    inner = "for epoch in e:\n  for batch in b:\n    loss.backward()\n  optimizer.step()\n"
    handed = "for batch in b:\n  run(backward)\n  optimizer.step()\n"

    assert [one.calls for one in loops(inner)] == [("backward", "step")]
    assert loops(handed) == ()
