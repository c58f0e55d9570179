from provenance.values.weights import DType, Tensor


def test_a_scalar_has_one_element_and_an_empty_dimension_none() -> None:
    assert Tensor("a", DType.F32, (), 0, 4).elements == 1
    assert Tensor("a", DType.F32, (0, 5), 0, 0).elements == 0
    assert Tensor("a", DType.F32, (2, 3), 0, 24).elements == 6


def test_every_type_is_known_by_its_name_and_width() -> None:
    assert {one.label: one.bits for one in DType}["BF16"] == 16
    assert len({one.label for one in DType}) == len(DType)
