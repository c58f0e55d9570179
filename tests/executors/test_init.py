import pytest

from provenance.errors import ToolError
from provenance.executors import dask_executor


def test_a_cluster_that_is_not_there_is_an_error_of_the_tool() -> None:
    with pytest.raises(ToolError), dask_executor("tcp://127.0.0.1:1"):
        pass
