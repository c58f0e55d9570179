import pytest

from provenance.errors import Code, SourceError, VerificationError
from provenance.flows.signing.stages import Stages
from provenance.values.verified import Stage


def refusal(code: Code) -> VerificationError:
    return VerificationError("no", hint="ask", code=code)


def test_a_refusal_is_told_what_held_before_it() -> None:
    stages = Stages()
    with stages.at(Stage.SIGNATURE, Stage.IDENTITY):
        pass

    with pytest.raises(VerificationError) as caught, stages.at(Stage.SUBJECT):
        raise refusal(Code.RELEASE_NAME)

    assert caught.value.stopped_at == "subject"
    assert caught.value.held == ("signature", "identity")


@pytest.mark.parametrize(
    ("code", "stage"),
    [
        (Code.SIGNATURE, "signature"),
        (Code.BUNDLE_JSON, "signature"),
        (Code.KEY_UNTRUSTED, "identity"),
        (Code.CERTIFICATE_EXPIRED, "identity"),
    ],
)
def test_who_it_is_and_whether_it_signed_are_told_apart(code: Code, stage: str) -> None:
    with pytest.raises(VerificationError) as caught, Stages().at(Stage.SIGNATURE, Stage.IDENTITY):
        raise refusal(code)

    assert (caught.value.stopped_at, caught.value.held) == (stage, ())


def test_other_trouble_is_told_how_far_it_got_as_well() -> None:
    with pytest.raises(SourceError) as caught, Stages().at(Stage.FILES):
        raise SourceError("no network", hint="wait")

    assert (caught.value.stopped_at, caught.value.held) == ("files", ())
