from datetime import UTC, datetime

from provenance.values.manifest import Assurance, Release
from provenance.values.ref import Ref


def test_a_release_from_its_scheme_s_public_place_names_no_origin() -> None:
    release = Release(Ref.parse("org/name"), datetime(2026, 1, 1, tzinfo=UTC))

    assert release.origin is None
    assert Assurance("third-party") is Assurance.THIRD_PARTY
