from provenance.values.artefact import Artefact, Kind, Measured, StatedValue
from provenance.values.component import Component
from tests.building import WHERE


def test_a_file_a_value_and_a_result_each_know_where_they_stand() -> None:
    found = (
        Artefact(Component.ENVIRONMENT, "uv.lock", WHERE, "locks one package"),
        StatedValue(Kind.SEED, "7", "README.md", WHERE),
        Measured("org/data", "accuracy", "0.5", "README.md", WHERE),
    )

    assert {one.where for one in found} == {WHERE}
    assert found[0].names == ()
    assert (found[2].split, found[2].revision) == (None, None)
    assert len({kind.value for kind in Kind}) == len(Kind)
