"""BLAKE3, which Python has not: from the package of that name, where it is installed."""

from typing import TYPE_CHECKING

from provenance.errors import Code, ToolError

if TYPE_CHECKING:
    from blake3 import blake3


def new_blake3() -> "blake3":
    """Return a fresh BLAKE3 state of 32 bytes, on one thread.

    Raises:
        ToolError: PACKAGE_MISSING.
    """
    try:
        from blake3 import blake3  # noqa: PLC0415 - an extra
    except ImportError as cause:
        raise ToolError(
            "BLAKE3 is needed here, and is not installed",
            hint="install provenance-verifier[blake3]",
            code=Code.PACKAGE_MISSING,
        ) from cause
    return blake3()
