from provenance.flows.auditing.tool import NAME, tool


def test_the_tool_is_named_by_the_digest_of_its_own_sources() -> None:
    assert tool("1.0").name == NAME
    assert tool("1.0").digest == tool("2.0").digest
    assert len(tool("1.0").digest.hex) == 64
