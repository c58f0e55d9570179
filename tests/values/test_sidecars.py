from provenance.values.path import RelPath
from provenance.values.sidecars import MODEL_SIGNATURE, RECIPE_BUNDLE, SIDECARS


def test_signatures_lie_at_the_top_of_a_release_under_two_names() -> None:
    assert {MODEL_SIGNATURE, RECIPE_BUNDLE} == SIDECARS
    assert all(RelPath(name).parent == "" for name in SIDECARS)
