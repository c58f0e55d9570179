"""What ``hf cache verify`` does with the files here, once the Hub has told it their digests.

``python -m bench.workers.huggingface FOLDER EXPECTED``, in an environment with huggingface_hub;
EXPECTED is a JSON file: each path and its SHA-256.
"""

import json
import sys
from pathlib import Path

from huggingface_hub.hf_api import RepoFile
from huggingface_hub.utils._verification import (
    FolderVerification,
    collect_local_files,
    verify_maps,
)

from bench.workers.section import Section


def main() -> int:
    """Verify the folder, and refuse to be measured when it does not hold."""
    folder, expected = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8"))
    remote = {
        path: RepoFile(  # type: ignore[no-untyped-call]
            path=path, size=0, oid="", lfs={"size": 0, "oid": digest, "pointerSize": 0}
        )
        for path, digest in expected.items()
    }

    def verify() -> FolderVerification:
        local = collect_local_files(folder)
        return verify_maps(
            remote_by_path=remote, local_by_path=local, revision="main", verified_path=folder
        )

    section = Section()
    found = section.measure(verify)
    if found.mismatches or found.missing_paths or found.extra_paths:
        return 1
    section.report(expected if found.checked_count == len(expected) else {})
    return 0


if __name__ == "__main__":
    sys.exit(main())
