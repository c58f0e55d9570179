from provenance.values.component import COMPONENTS, Component, Content


def test_the_framework_s_seventeen_come_first_and_need_six_four_and_four() -> None:
    mof = [one for one in Component if one.mof_class]

    assert [*Component][:17] == mof
    assert [sum(o.required and o.mof_class == n for o in mof) for n in (3, 2, 1)] == [6, 4, 4]


def test_ids_are_unique_and_lead_back_to_their_component() -> None:
    assert len(COMPONENTS) == len(Component)
    assert COMPONENTS["final-parameters"] is Component.FINAL_PARAMETERS
    assert COMPONENTS["training-code"].title == "Training code"
    assert COMPONENTS["training-code"].content is Content.CODE
