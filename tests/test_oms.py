from pathlib import Path

import pytest

from provenance import VerificationError, generate_key, keys, oms


def test_a_model_in_shards_is_signed_and_verified(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(bytes(100))
    private, public = generate_key()
    shards = oms.Serialization(oms.Method.SHARDS, shard_size=64)

    bundle = oms.sign_model(tmp_path, signing=keys.Signing.by_key(private), serialization=shards)
    trust = keys.Trust.by_key(public)

    assert len(oms.verify_model(tmp_path, bundle=bundle, trust=trust).value.resources) == 2
    assert oms.list_model(tmp_path, serialization=shards).name == tmp_path.name


def test_what_the_caller_does_not_leave_out_has_to_be_signed(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(bytes(100))
    private, public = generate_key()
    bundle = oms.sign_model(tmp_path, signing=keys.Signing.by_key(private))
    (tmp_path / "notes.txt").write_text("more")
    trust = keys.Trust.by_key(public)

    with pytest.raises(VerificationError, match="FILE_ADDED"):
        oms.verify_model(tmp_path, bundle=bundle, trust=trust)

    leave = oms.Leave(unsigned=True)
    assert oms.verify_model(tmp_path, bundle=bundle, trust=trust, leave=leave).checked.files == 1
