"""What model-signing computes before it signs: the digest of each file, or of each shard of it.

``python -m bench.workers.signing file|shard sha256|blake3 PATH``, in an environment with
model-signing.
"""

import sys
from pathlib import Path

from model_signing.hashing import Config  # type: ignore[import-not-found]

from bench.workers.section import Section


def main() -> int:
    """Hash the path, which is a file or a folder."""
    serialization, algorithm, path = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    config = Config()
    if serialization == "file":
        config.use_file_serialization(hashing_algorithm=algorithm)
    else:
        config.use_shard_serialization(hashing_algorithm=algorithm)
    section = Section()
    manifest = section.measure(lambda: config.hash(path))
    section.report(
        {
            path.name if one.identifier == "." else one.identifier: one.digest.digest_hex
            for one in manifest.resource_descriptors()
        }
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
