"""Files as the usual libraries write them, made small: tokenizers, configurations, notebooks."""

from pathlib import Path

LOADERS = Path(__file__).resolve().parents[1] / "fixtures" / "loaders"


def made(path: str) -> bytes:
    """Return the bytes of one of them."""
    return (LOADERS / path).read_bytes()
