"""Memory of our own: mapped from no file, shared with no process, freed when nobody looks at it."""

import mmap

from provenance.errors import Code, ToolError


def private_memory(size: int) -> memoryview:
    """Return ``size`` writable bytes from the start of a page.

    Pages come into being when they are first written to, and are small ones unless the system makes
    all of them large: on virtual machines a large page can cost as much time as hashing it does.

    Raises:
        ToolError: RESOURCE, when there is no such memory.
    """
    try:
        # A mapping has at least one byte.
        block = mmap.mmap(-1, max(size, 1), flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    except (OSError, OverflowError) as cause:
        raise ToolError(
            f"there is no memory for {size} bytes",
            hint="load single tensors, or on a larger machine",
            code=Code.RESOURCE,
        ) from cause
    return memoryview(block)[:size]
