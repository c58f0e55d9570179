"""Running one command within bounds: time, memory, file size and output, its children included."""

import os
import resource
import selectors
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import attrs

from provenance.doors.ending import undone
from provenance.errors import Code, SourceError

MEBIBYTE = 2**20


@attrs.frozen
class Limits:
    """What one git command may spend.

    ``seconds`` is by the wall clock; ``file`` bounds each file that it writes, in bytes; ``memory``
    is address space per process, in bytes; ``processor`` is seconds of one processor, per process;
    ``output`` bounds what it prints, in bytes. ``early`` is how many seconds of a processor all its
    processes may spend together beyond what the bytes that they wrote account for: a small pack of
    which gigabytes are made ends there, and a large one of a real repository does not.
    """

    seconds: float = 120.0
    file: int = 512 * MEBIBYTE
    memory: int = 512 * MEBIBYTE
    processor: int = 60
    output: int = 16 * MEBIBYTE
    early: float = 3.0


#: A pack is unpacked, hashed and indexed many times as fast, on a slow machine, too.
WRITTEN_A_SECOND = 2 * MEBIBYTE
_GLANCE = 0.2


@attrs.frozen
class Finished:
    """A command that ended by itself: exit status (negative for a signal), what it printed."""

    status: int
    output: bytes
    errors: bytes


def run_bounded(
    command: Sequence[str],
    *,
    environment: Mapping[str, str],
    folder: Path,
    stdin: bytes,
    limits: Limits,
) -> Finished:
    """Run a command in its own session and process group, all of which ends with it.

    ``stdin`` (at most 4096 bytes, what a pipe takes at once) is sent after the limits are in force:
    a command that waits for it does nothing before.

    Raises:
        SourceError: TIMEOUT, or RESOURCE for too much output.
    """
    with (
        subprocess.Popen(  # noqa: S603 - the caller's argument list is fixed, and no shell reads it
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(environment),
            cwd=folder,
            start_new_session=True,
        ) as process,
        _ended(process),
    ):
        _restrict(process.pid, limits)
        _send(process, stdin)
        output, errors = _gather(process, limits, folder)
    return Finished(process.returncode, output, errors)


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Kill the whole group on any way out but the quiet one.

    The group is killed before its leader is reaped: until then its number belongs to nobody else.
    """

    def kill() -> None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)

    with undone(kill):
        try:
            yield
        except BaseException:
            kill()
            raise


def _restrict(pid: int, limits: Limits) -> None:
    """Set the limits from outside: code between fork and exec can deadlock beside threads."""
    bounds = {
        resource.RLIMIT_FSIZE: limits.file,
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_CPU: limits.processor,
        resource.RLIMIT_CORE: 0,
    }
    with suppress(ProcessLookupError):
        for kind, bound in bounds.items():
            hard = resource.prlimit(pid, kind)[1]
            value = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
            resource.prlimit(pid, kind, (value, value))


def _send(process: subprocess.Popen[bytes], stdin: bytes) -> None:
    pipe = process.stdin
    if pipe is not None:
        with suppress(BrokenPipeError):
            pipe.write(stdin)
        with suppress(BrokenPipeError):
            pipe.close()


def _gather(process: subprocess.Popen[bytes], limits: Limits, folder: Path) -> tuple[bytes, bytes]:
    deadline = time.monotonic() + limits.seconds
    glance = time.monotonic() + _GLANCE
    output, errors = bytearray(), bytearray()
    with selectors.DefaultSelector() as selector:
        for pipe, sink in ((process.stdout, output), (process.stderr, errors)):
            if pipe is not None:
                selector.register(pipe, selectors.EVENT_READ, sink)
        while selector.get_map():
            now = time.monotonic()
            ready = selector.select(max(0.0, min(deadline, glance) - now))
            if time.monotonic() >= glance:
                _require_worth(process.pid, limits, folder)
                glance = time.monotonic() + _GLANCE
            if not ready and time.monotonic() >= deadline:
                raise _late(limits)
            for key, _ in ready:
                part = os.read(key.fd, 2**16)
                if not part:
                    selector.unregister(key.fileobj)
                key.data.extend(part)
            if len(output) + len(errors) > limits.output:
                raise SourceError(
                    f"git printed more than {limits.output} bytes",
                    hint="the repository is too large to be looked at",
                    code=Code.RESOURCE,
                )
    try:
        process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise _late(limits) from None
    return bytes(output), bytes(errors)


def _require_worth(session: int, limits: Limits, folder: Path) -> None:
    """Refuse a command that works for longer than what it wrote is worth."""
    spent = _worked(session)
    if spent > limits.early and spent > limits.early + _written(folder) / WRITTEN_A_SECOND:
        raise SourceError(
            f"git worked for {spent:.0f} seconds over few bytes: they stand for far more",
            hint="do not trust the repository; look at it by hand",
            code=Code.RESOURCE,
        )


def _worked(session: int) -> float:
    """Return the seconds of a processor that the living processes of a session took so far."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # Behind the name, which may hold anything: state, parent, group, session, …
            fields = stat.read_bytes().rpartition(b")")[2].split()
            if int(fields[3]) == session:
                ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _written(folder: Path) -> int:
    size = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            size += path.stat(follow_symlinks=False).st_size
    return size


def _late(limits: Limits) -> SourceError:
    return SourceError(
        f"git did not end within {limits.seconds:g} seconds",
        hint="try again later, or name a mirror that answers faster",
        code=Code.TIMEOUT,
    )
