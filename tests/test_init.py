import subprocess
import sys

import pytest

import provenance


def test_every_public_name_is_there_and_there_are_at_most_25() -> None:
    names = [name for name in provenance.__all__ if name != "__version__"]

    assert len(names) <= 25
    assert all(getattr(provenance, name) is not None for name in names)
    assert dir(provenance) == sorted(provenance.__all__)


def test_another_name_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'verify_nothing'"):
        _ = provenance.verify_nothing


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = "{'huggingface_hub', 'git', 'cryptography', 'rich', 'yaml'}"
    program = f"import sys, provenance; sys.exit(bool({heavy} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
