import pytest

from provenance.errors import Code, UsageError
from provenance.policy.file import parse
from provenance.values.component import Component
from provenance.values.label import Label
from provenance.values.policy import Policy
from provenance.values.rung import Rung


def test_a_whole_policy_is_read() -> None:
    policy = parse(
        b'schema = 1\nlabel = "open-weights"\nforbid-hazards = ["PICKLE"]\n'
        b"[rungs]\ntraining-code = 3\ndatasets = 4\n"
    )

    assert policy == Policy(
        Label.OPEN_WEIGHTS,
        ((Component.DATASETS, Rung.BOUND), (Component.TRAINING_CODE, Rung.RETRIEVED)),
        (Code.PICKLE,),
    )


@pytest.mark.parametrize(
    "text",
    [
        b"\xff",
        b"schema = ",
        b"",
        b"schema = 1",
        b"schema = 2\nlabel = 'open-source'",
        b"schema = true\nlabel = 'open-source'",
        b"schema = 1\nlabel = 'very open'",
        b"schema = 1\nlabel = 3",
        b"schema = 1\nlable = 'open-source'",
        b"schema = 1\nrungs = 3",
        b"schema = 1\n[rungs]\nsouls = 3",
        b"schema = 1\n[rungs]\ndatasets = 7",
        b"schema = 1\n[rungs]\ndatasets = 0",
        b"schema = 1\n[rungs]\ndatasets = true",
        b"schema = 1\n[rungs]\ndatasets = '3'",
        b"schema = 1\nforbid-hazards = 'PICKLE'",
        b"schema = 1\nforbid-hazards = ['PICKEL']",
        b"schema = 1\nforbid-hazards = [1]",
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused(text: bytes) -> None:
    with pytest.raises(UsageError) as caught:
        parse(text)

    assert caught.value.code is Code.POLICY_FILE
    assert caught.value.hint
