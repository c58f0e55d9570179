import shutil
import sys
import threading
import time
from pathlib import Path

import pytest

from provenance.doors.git_process import Finished, Limits, run_bounded
from provenance.errors import Code, SourceError

MEBIBYTE = 2**20


def run(
    script: str, folder: Path, limits: Limits | None = None, stdin: bytes = b"go\n"
) -> Finished:
    """Run a program that waits for its first line, as git waits for the name to fetch."""
    return run_bounded(
        (sys.executable, "-c", f"import os, sys; sys.stdin.readline()\n{script}"),
        environment={"LC_ALL": "C"},
        folder=folder,
        stdin=stdin,
        limits=limits or Limits(),
    )


def test_what_a_command_prints_and_how_it_ends_is_told(tmp_path: Path) -> None:
    done = run("print('out'); print('err', file=sys.stderr); sys.exit(3)", tmp_path)

    assert done == Finished(3, b"out\n", b"err\n")


def test_a_command_knows_nothing_but_its_environment(tmp_path: Path) -> None:
    done = run("print(sorted(set(os.environ) - {'LC_CTYPE'}), os.getcwd())", tmp_path)

    assert done.output.decode().strip() == f"['LC_ALL'] {tmp_path}"


def test_a_command_that_hangs_is_killed_with_its_children(tmp_path: Path) -> None:
    fork = "child = os.fork()\nprint(os.getpid(), flush=True) if not child else None\n"
    note = "open('pid', 'w').write(str(os.getpid())) if not child else None\n"
    started = time.monotonic()

    with pytest.raises(SourceError) as caught:
        run(fork + note + "import time; time.sleep(50)", tmp_path, Limits(seconds=1))

    assert caught.value.code is Code.TIMEOUT
    assert time.monotonic() - started < 5
    child = int((tmp_path / "pid").read_text())
    while alive(child) and time.monotonic() - started < 20:
        threading.Event().wait(0.01)  # Killed is not yet gone: it would sleep for 50 seconds.
    assert not alive(child)


def alive(pid: int) -> bool:
    """Tell whether a process runs; one that waits to be reaped by init does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state not in {"Z", "X"}


def test_a_command_that_closes_its_output_and_hangs_is_killed(tmp_path: Path) -> None:
    script = "os.close(1); os.close(2); import time; time.sleep(50)"

    with pytest.raises(SourceError) as caught:
        run(script, tmp_path, Limits(seconds=0.5))

    assert caught.value.code is Code.TIMEOUT


def test_a_command_that_prints_without_end_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        run("while True: print('x' * 1000)", tmp_path, Limits(output=MEBIBYTE))

    assert caught.value.code is Code.RESOURCE


def test_a_file_cannot_grow_beyond_its_bound(tmp_path: Path) -> None:
    done = run("open('f', 'wb').write(b'x' * 2**22)", tmp_path, Limits(file=MEBIBYTE))

    assert done.status != 0
    assert (tmp_path / "f").stat().st_size <= MEBIBYTE


def test_memory_is_bounded(tmp_path: Path) -> None:
    done = run("x = bytearray(2**30)", tmp_path, Limits(memory=512 * MEBIBYTE))

    assert done.status != 0
    assert b"MemoryError" in done.errors


def test_processor_time_is_bounded(tmp_path: Path) -> None:
    done = run("while True: pass", tmp_path, Limits(processor=1))

    assert done.status < 0


def test_a_limit_that_is_tighter_already_stays(tmp_path: Path) -> None:
    inner = f"""
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, ({MEBIBYTE}, {MEBIBYTE}))
sys.path[:0] = {sys.path!r}
from pathlib import Path
from provenance.doors.git_process import Limits, run_bounded
done = run_bounded(
    (sys.executable, "-c", "import resource as r; print(r.getrlimit(r.RLIMIT_FSIZE)[0])"),
    environment={{}}, folder=Path(), stdin=b"", limits=Limits(),
)
print(done.output.decode().strip())
"""
    done = run(inner, tmp_path)

    assert done.output.strip() == str(MEBIBYTE).encode()


def test_a_command_that_never_reads_is_no_trouble(tmp_path: Path) -> None:
    true = shutil.which("true") or "/bin/true"

    for _ in range(20):
        done = run_bounded(
            (true,), environment={}, folder=tmp_path, stdin=b"x" * 4096, limits=Limits()
        )
        assert done == Finished(0, b"", b"")


def test_a_command_has_a_session_of_its_own(tmp_path: Path) -> None:
    done = run("print(os.getsid(0) == os.getpid() == os.getpgid(0))", tmp_path)

    assert done.output == b"True\n"


BURN = "import time\nwhile time.process_time() < 1.5: pass\nprint('done')"


def test_a_command_that_works_long_over_few_bytes_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="stand for far more") as caught:
        run(BURN, tmp_path, Limits(early=0.3))

    assert caught.value.code is Code.RESOURCE


def test_a_command_may_work_as_long_as_the_bytes_that_it_wrote_are_worth(tmp_path: Path) -> None:
    write = "open('pack', 'wb').write(bytes(8 * 2**20))\n"

    assert run(write + BURN, tmp_path, Limits(early=0.3)).output == b"done\n"
