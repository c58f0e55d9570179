"""What safetensors' own numpy loader does with a file; nothing of it is verified.

``python -m bench.workers.tensors PATH [check]``, in an environment with safetensors and numpy;
``check`` hashes the loaded tensors afterwards, outside of what is measured.
"""

import hashlib
import sys
from pathlib import Path

from safetensors.numpy import load_file

from bench.workers.section import Section


def main() -> int:
    """Load the file."""
    path = Path(sys.argv[1])
    section = Section()
    tensors = section.measure(lambda: load_file(path))
    hashed = hashlib.sha256()
    if "check" in sys.argv:
        for name in sorted(tensors):
            hashed.update(name.encode())
            hashed.update(tensors[name].tobytes())
    section.report({path.name: hashed.hexdigest()})
    return 0


if __name__ == "__main__":
    sys.exit(main())
