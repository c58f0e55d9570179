import hashlib
from pathlib import Path

import pytest

from provenance.cli.policy_file import PolicyFile
from provenance.errors import Code, UsageError
from provenance.policy.file import LARGEST
from provenance.values.label import Label


def test_a_policy_is_named_by_the_digest_of_its_file(tmp_path: Path) -> None:
    data = b'schema = 1\nlabel = "open-weights"\n'
    (tmp_path / "p.toml").write_bytes(data)

    read = PolicyFile.read(tmp_path / "p.toml")

    assert read.policy.label is Label.OPEN_WEIGHTS
    assert read.digest.hex == hashlib.sha256(data).hexdigest()


def test_a_policy_that_is_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_bytes(b"#" * (LARGEST + 2))

    with pytest.raises(UsageError) as caught:
        PolicyFile.read(tmp_path / "p.toml")

    assert caught.value.code is Code.RESOURCE
