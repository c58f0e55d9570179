"""Runs one command and says on standard output, in JSON, what it cost: seconds and peak memory.

``python -I -S bench/gauge.py WRITTEN COMMAND...`` sends the command's own output to the file
WRITTEN. It is a small program, because on Linux a process begins with the peak memory of the one
that starts it: what is under the size of a bare Python cannot be told apart here.
"""

import json
import os
import sys
import time


def main() -> int:
    """Run the command that the arguments name."""
    written, *command = sys.argv[1:]
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    into_file = [(os.POSIX_SPAWN_OPEN, 1, written, flags, 0o600)]
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=into_file)
    _, status, used = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    print(
        json.dumps(
            {
                "status": os.waitstatus_to_exitcode(status),
                "wall": seconds,
                "user": used.ru_utime,
                "system": used.ru_stime,
                "peak": used.ru_maxrss * 1024,
            }
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
