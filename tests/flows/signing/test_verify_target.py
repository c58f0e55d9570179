import shutil
from pathlib import Path

import pytest

from provenance.errors import Code, UsageError, VerificationError
from provenance.flows.auditing.audit import audit
from provenance.flows.signing.sign import dump_manifest, sign
from provenance.flows.signing.verify_target import verify
from provenance.signers.key import generate
from provenance.signers.signing import Signing
from provenance.signers.trust import Trust
from provenance.values.ref import ANY_RELEASE, Ref
from provenance.values.verified import Match
from tests.charlm import MODEL, Charlm, noon

PRIVATE, PUBLIC = generate()


@pytest.fixture(scope="module")
def bundle(charlm: Charlm) -> bytes:
    manifest = audit(charlm.published.model, settings=charlm.settings, clock=noon)
    return sign(dump_manifest(manifest), signing=Signing.by_key(PRIVATE))


TRUST = Trust.by_key(PUBLIC)


def test_a_hub_target_is_itself_what_is_expected(charlm: Charlm, bundle: bytes) -> None:
    verified = verify(charlm.published.model, bundle=bundle, trust=TRUST, settings=charlm.settings)

    assert verified.checked.subject is Match.SAME_REVISION
    assert verified.checked.files == len(verified.value.inventory)


def test_a_folder_needs_a_name_or_the_word_that_none_is_wanted(
    charlm: Charlm, bundle: bytes
) -> None:
    with pytest.raises(UsageError) as caught:
        verify(MODEL, bundle=bundle, trust=TRUST, settings=charlm.settings)
    assert caught.value.code is Code.REF

    for expected in (Ref.parse(charlm.published.model), ANY_RELEASE):
        verify(
            MODEL,
            bundle=bundle,
            trust=TRUST,
            settings=charlm.settings,
            expected=expected,
        )


def test_one_byte_more_in_a_shard_is_refused_by_name(
    charlm: Charlm, bundle: bytes, tmp_path: Path
) -> None:
    folder = tmp_path / "charlm"
    shutil.copytree(MODEL, folder)
    shard = folder / "model-00002-of-00002.safetensors"
    shard.write_bytes(shard.read_bytes()[:-1] + b"\x01")

    with pytest.raises(VerificationError) as caught:
        verify(
            folder,
            bundle=bundle,
            trust=TRUST,
            settings=charlm.settings,
            expected=Ref.parse(charlm.published.model),
        )

    assert caught.value.code is Code.FILE_CHANGED
    assert shard.name in caught.value.what
