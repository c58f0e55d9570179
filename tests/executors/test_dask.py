import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from select import select

import pytest

pytest.importorskip("distributed", reason="Dask has an environment of its own: make dask")

from distributed import LocalCluster

from provenance.errors import Code, ToolError
from provenance.executors import dask
from provenance.executors.dask import dask_executor
from provenance.flows.digesting.digest import Digesting, digest
from provenance.values.digest import Algorithm

# A worker of its own is a process that imports this package: about a second each.
WORKERS = 2


def started(workers: int) -> LocalCluster:
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        # No dashboard, and any port for what is left of it.
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
    )


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with started(WORKERS) as found:
        yield found


@pytest.fixture
def executor(cluster: LocalCluster) -> Iterator[Executor]:
    with dask_executor(cluster.scheduler_address) as found:
        yield found


@pytest.fixture
def release(tmp_path: Path) -> Path:
    for at in range(12):
        (tmp_path / f"shard-{at}").write_bytes(os.urandom(100_000) * 10)
    with (tmp_path / "large").open("wb") as file:
        file.truncate(200 * 2**20)
    (tmp_path / "small").mkdir()
    for at in range(300):
        (tmp_path / "small" / str(at)).write_bytes(b"%d" % at)
    return tmp_path


@pytest.mark.parametrize("algorithm", [Algorithm.SHA256, Algorithm.TREE_SHA256])
def test_a_cluster_gives_the_digests_of_one_machine(
    release: Path, executor: Executor, algorithm: Algorithm
) -> None:
    elsewhere = digest([release], Digesting(algorithms=(algorithm,), executor=executor))

    assert elsewhere == digest([release], Digesting(algorithms=(algorithm,)))
    assert elsewhere.clean


def test_what_cannot_be_read_is_told_from_afar(release: Path, executor: Executor) -> None:
    (release / "gone").symlink_to("nowhere")
    os.mkfifo(release / "pipe")

    elsewhere = digest([release], Digesting(executor=executor))

    assert elsewhere == digest([release])
    assert len(elsewhere.troubles) == 2


class Killing:
    """A progress that kills the worker at the first word of something done."""

    def __init__(self, worker: int) -> None:
        self.worker = worker
        self.killed = False

    def step(self, what: str) -> None:
        assert what

    def expect(self, size: int) -> None:
        assert size

    def advance(self, size: int) -> None:
        assert size >= 0
        if not self.killed:
            self.killed = True
            os.kill(self.worker, signal.SIGKILL)


def pid_of(executor: Executor) -> int:
    return executor.submit(os.getpid).result(30)


def test_a_worker_that_is_killed_in_the_middle_changes_no_digest(
    release: Path, executor: Executor
) -> None:
    killing = Killing(pid_of(executor))

    elsewhere = digest([release], Digesting(executor=executor), progress=killing)

    assert killing.killed
    with pytest.raises(ProcessLookupError):
        os.kill(killing.worker, 0)
    assert elsewhere == digest([release])


def test_a_task_that_kills_every_worker_is_an_error(cluster: LocalCluster) -> None:
    with dask_executor(cluster.scheduler_address) as executor:
        future = executor.submit(os._exit, 1)

        with pytest.raises(BrokenExecutor, match="KilledWorker"):
            future.result(50)


def test_a_task_that_raises_is_a_broken_executor(executor: Executor) -> None:
    with pytest.raises(BrokenExecutor, match="ValueError"):
        executor.submit(int, "x").result(30)


def test_a_task_that_was_given_up_is_given_up_there_too(executor: Executor) -> None:
    futures: list[Future[object]] = [executor.submit(select, [], [], [], 0.3) for _ in range(20)]

    cancelled = [future.cancel() for future in futures]

    assert any(cancelled)
    assert executor.submit(str).result(5) == ""  # in less time than all of them would take


def test_a_worker_of_another_version_does_nothing(
    cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask, "__version__", "0.0.1")

    with pytest.raises(ToolError, match=r"0\.0\.1 was asked for") as caught:
        dask_executor(cluster.scheduler_address).__enter__()

    assert caught.value.code is Code.EXECUTOR


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nowhere://x", "tcp://127.0.0.1:x"])
def test_a_scheduler_that_is_not_there_is_an_error(address: str) -> None:
    with pytest.raises(ToolError) as caught, dask_executor(address, patience=1):
        pass

    assert caught.value.code is Code.EXECUTOR


def test_a_cluster_without_workers_is_an_error() -> None:
    with (
        started(0) as empty,
        pytest.raises(ToolError, match="within 1 seconds") as caught,
        dask_executor(empty.scheduler_address, patience=1),
    ):
        pass

    assert caught.value.code is Code.EXECUTOR


def test_a_scheduler_that_goes_away_in_the_middle_is_an_error() -> None:
    cluster = started(1)
    with cluster, dask_executor(cluster.scheduler_address) as executor:
        future: Future[object] = executor.submit(select, [], [], [], 60)
        cluster.close()

        with pytest.raises(BrokenExecutor, match="Dask cluster"):
            future.result(50)


def test_the_command_line_uses_it_when_asked_to(cluster: LocalCluster, release: Path) -> None:
    command = [sys.executable, "-m", "provenance", "digest", "--no-cache", str(release)]

    here = subprocess.run(command, capture_output=True, check=True)
    there = subprocess.run(
        [*command, "--dask", cluster.scheduler_address], capture_output=True, check=True
    )

    assert there.stdout == here.stdout
    assert there.stdout


def test_the_command_line_says_that_nobody_answers(release: Path) -> None:
    command = [sys.executable, "-m", "provenance", "digest", str(release)]
    address = ("--dask", "tcp://127.0.0.1:1")

    done = subprocess.run([*command, *address], capture_output=True, check=False, text=True)

    assert done.returncode == 4
    assert "[EXECUTOR]" in done.stderr
    assert "Traceback" not in done.stderr
