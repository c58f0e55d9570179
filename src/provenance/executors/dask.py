"""A Dask cluster as an executor: the work runs on its workers, which see the same paths."""

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from functools import partial
from typing import ParamSpec, Protocol, TypeVar

from provenance.__about__ import __version__
from provenance.errors import Code, ToolError

# Seconds for the scheduler to answer.
_ANSWER = 5.0
# Seconds for a first worker to do a first task: a cluster that grows with its work starts one then.
PATIENCE = 60.0
# How often a task that raised is begun again. One whose worker died is begun again by the
# scheduler, as often as its own ``allowed-failures`` says.
_RETRIES = 2

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
Given_co = TypeVar("Given_co", covariant=True)


class _Remote(Protocol[Given_co]):
    """What is used of a future of the cluster."""

    status: str

    def cancel(self) -> None: ...
    def cancelled(self) -> bool: ...
    def exception(self) -> BaseException: ...
    def result(self) -> Given_co: ...
    def add_done_callback(self, fn: "Callable[[_Remote[Given_co]], None]", /) -> None: ...


class _Client(Protocol):
    """What is used of the connection to a scheduler."""

    def close(self) -> None: ...
    def submit(
        self,
        fn: Callable[[str, Callable[[], Result]], Result],
        version: str,
        task: Callable[[], Result],
        /,
        *,
        pure: bool,
        retries: int,
    ) -> _Remote[Result]: ...


@contextmanager
def dask_executor(address: str, *, patience: float = PATIENCE) -> Iterator[Executor]:
    """Connect to a Dask scheduler, and yield what runs tasks on its workers.

    ``address`` is ``tcp://host:port``; ``patience`` counts seconds. Each worker has this very
    version of the package. A task whose worker dies is done by another one; whatever the cluster
    raises becomes a future's BrokenExecutor. A cluster all of whose workers are gone is waited for:
    it may get new ones. In the end the tasks that nobody waits for are given up.

    Raises:
        ToolError: PACKAGE_MISSING without the extra; EXECUTOR, when the scheduler cannot be reached
            or no worker of this version does a first task in time.
    """
    with _connected(address, patience) as client:
        executor = _Cluster(client)
        _require_worker(executor, address, patience)
        yield executor


@contextmanager
def _connected(address: str, patience: float) -> Iterator[_Client]:
    try:
        from distributed import Client  # noqa: PLC0415 - an extra, and heavy
    except ImportError as cause:
        raise ToolError(
            "Dask is needed here, and is not installed",
            hint="install provenance-verifier[dask]",
            code=Code.PACKAGE_MISSING,
        ) from cause
    try:
        client: _Client = Client(address, timeout=min(patience, _ANSWER), set_as_default=False)
    except (OSError, ValueError) as cause:
        raise ToolError(
            f"no Dask scheduler answers at {address[:200]!a}: {cause}",
            hint="name the address that the scheduler tells, tcp://host:port",
            code=Code.EXECUTOR,
        ) from cause
    try:
        yield client
    finally:
        client.close()


def _require_worker(executor: Executor, address: str, patience: float) -> None:
    """Have one task done.

    Raises:
        ToolError: EXECUTOR.
    """
    try:
        executor.submit(str).result(patience)
    except (BrokenExecutor, TimeoutError) as cause:
        what = str(cause) or f"none did a first task within {patience:g} seconds"
        raise ToolError(
            f"no worker of {address[:200]!a} can be used: {what}",
            hint=f"start workers with provenance-verifier {__version__}, or wait for busy ones",
            code=Code.EXECUTOR,
        ) from cause


class _Cluster(Executor):
    """Futures of the standard library over those of a cluster, whose errors are BrokenExecutor."""

    def __init__(self, client: _Client) -> None:
        self._client = client

    def submit(
        self,
        fn: Callable[Arguments, Result],
        /,
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> "Future[Result]":
        """Begin a task on some worker.

        Raises:
            BrokenExecutor: when the connection is gone.
        """
        task = partial(fn, *args, **kwargs)
        try:
            # Impure: the same task again reads the same file again.
            remote = self._client.submit(_run, __version__, task, pure=False, retries=_RETRIES)
        except (OSError, RuntimeError) as cause:
            raise BrokenExecutor(f"the Dask cluster is gone: {cause}") from cause
        ours: Future[Result] = Future()
        ours.add_done_callback(partial(_give_up, remote))
        remote.add_done_callback(partial(_settle, ours))
        return ours


def _run(version: str, task: Callable[[], Result]) -> Result:
    """Do a task on a worker.

    Raises:
        BrokenExecutor: when the worker has another version of this package.
    """
    if version != __version__:
        raise BrokenExecutor(f"a worker has version {__version__}, and {version} was asked for")
    return task()


def _give_up(remote: _Remote[Result], ours: "Future[Result]") -> None:
    if ours.cancelled():
        remote.cancel()


def _settle(ours: "Future[Result]", remote: _Remote[Result]) -> None:
    """Pass on what became of a task, unless nobody waits for it any more."""
    if not ours.set_running_or_notify_cancel():
        return
    if remote.status == "finished":
        ours.set_result(remote.result())
        return
    error = None if remote.cancelled() else remote.exception()
    what = f"{type(error).__name__}: {error}" if error else "the connection to it was lost"
    broken = BrokenExecutor(f"the Dask cluster failed: {what}")
    broken.__cause__ = error
    ours.set_exception(broken)
