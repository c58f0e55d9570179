from provenance import Failed, judge, load_policy, policies
from tests.building import MANIFEST, NOW


def test_the_first_policy_is_one_and_is_explained() -> None:
    policy = load_policy(policies.template([]).encode())

    assert any("PICKLE" in sentence for sentence in policies.explain(policy))
    assert "label" in str(policies.json_schema())


def test_a_verdict_tells_how_each_demand_stands() -> None:
    policy = load_policy(b'schema = 1\nlabel = "open-weights"\n[rungs]\nseeds = 6\n')

    verdict: policies.Verdict = judge(policy, MANIFEST, now=NOW)

    assert isinstance(verdict, Failed)
    assert {one.state for one in verdict.answers} == {policies.State.MET, policies.State.UNMET}
