"""A store of chunks on this disk, as xet keeps files: written and read by ``hf_xet`` itself.

``hf_xet`` takes ``local://<folder>`` for a server. Nothing here knows how chunks are cut, packed
or hashed.
"""

import threading
from pathlib import Path

import attrs

from provenance.errors import Code, ToolError

_SCHEME = "local://"


@attrs.frozen
class XetStore:
    """Files by the hash that xet gives them; a file is put here when its hash is first asked for.

    Threads may share one.
    """

    folder: Path
    _hashes: dict[str, str] = attrs.field(factory=dict, eq=False, repr=False)
    _lock: threading.Lock = attrs.field(factory=threading.Lock, eq=False, repr=False)

    @property
    def url(self) -> str:
        """Return where ``hf_xet`` finds the store."""
        return f"{_SCHEME}{self.folder}"

    def hash_of(self, path: Path, sha256: str) -> str:
        """Return the hash, 64 hex digits, of a file that is not empty and whose SHA-256 is known.

        Raises:
            ToolError: USAGE, where hf_xet is not installed.
        """
        with self._lock:
            if sha256 not in self._hashes:
                self._hashes[sha256] = self._put(path, sha256)
            return self._hashes[sha256]

    def _put(self, path: Path, sha256: str) -> str:
        require_hf_xet()
        from hf_xet import XetSession  # type: ignore[import-untyped]  # noqa: PLC0415 - optional

        self.folder.mkdir(parents=True, exist_ok=True)
        with XetSession().new_upload_commit(endpoint=self.url) as upload:
            handle = upload.start_upload_file(str(path.resolve()), sha256=sha256)
        return str(handle.result().xet_info.hash)


def require_hf_xet() -> None:
    """Do nothing where ``hf_xet`` can be imported.

    Raises:
        ToolError: USAGE, where it cannot.
    """
    try:
        import hf_xet  # noqa: F401, PLC0415 - optional: not on every machine, not for every test
    except ImportError as cause:
        raise ToolError(
            "hf_xet cannot be imported, and only it can fill a store for xet",
            hint="install hf_xet, or make the Hub without xet=True",
            code=Code.USAGE,
        ) from cause
