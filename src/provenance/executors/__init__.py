"""Executors beyond one machine, each behind an extra."""

from provenance.executors.dask import dask_executor

__all__ = ["dask_executor"]
