from provenance.policy.card_keys import IDS, LISTS, MISSPELLED, PIPELINES, TEXTS


def test_a_key_takes_one_kind_of_value() -> None:
    assert not TEXTS & LISTS
    assert not (TEXTS | LISTS) & IDS


def test_what_is_meant_is_spelled_as_readers_do() -> None:
    for meant in MISSPELLED.values():
        assert MISSPELLED.get(meant.replace("-", "_"), meant) == meant


def test_every_task_stands_once() -> None:
    assert len(set(PIPELINES)) == len(PIPELINES)
