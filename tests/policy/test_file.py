from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, UsageError
from provenance.policy.file import LARGEST, parse
from provenance.values.component import COMPONENTS, Component
from provenance.values.inventory import How
from provenance.values.label import Label, Qualifier
from provenance.values.license import Terms
from provenance.values.name_pattern import NamePattern
from provenance.values.policy import LicenseDemand, OnUnknown, Policy, Scope
from provenance.values.reproduction import Reproduction
from provenance.values.rung import Rung
from provenance.values.signer import CertificateSigner, KeySigner, OidcSigner, Signers
from tests.building import SHA

WHOLE = f"""
schema = 1
name = "production"
unknown = "fail"
label = "open-weights"
forbid-qualifiers = ["gated", "restricted"]
mof-class = 2
forbid-hazards = ["PICKLE", "REMOTE_CODE"]
hazards-in = "release"
digest-evidence = ["read", "kernel"]
reproduction = ["rebuild"]
max-audit-age-days = 90
max-signature-age-days = 30
exact-revision = true
same-modes = true

[rungs]
training-code = 3
datasets = 4

[licenses]
final-parameters = ["open"]
training-code = ["Apache-2.0", "MIT"]

[signers]
require = 2
[[signers.accept]]
key = "{SHA}"
[[signers.accept]]
certificate = "email:release@example.org"
root = "{SHA}"
[[signers.accept]]
certificate-pattern = "uri:https://example.org/*"
[[signers.accept]]
identity = "https://example.org/release"
issuer = "https://token.example.org"
[[signers.accept]]
identity-pattern = "https://example.org/*/release"
issuer = "https://token.example.org"
"""


def test_a_whole_policy_is_read() -> None:
    assert parse(WHOLE.encode()) == Policy(
        label=Label.OPEN_WEIGHTS,
        rungs=((Component.DATASETS, Rung.BOUND), (Component.TRAINING_CODE, Rung.RETRIEVED)),
        forbidden_hazards=(Code.PICKLE, Code.REMOTE_CODE),
        hazards_in=Scope.RELEASE,
        forbidden_qualifiers=(Qualifier.GATED, Qualifier.RESTRICTED),
        licenses=(
            LicenseDemand(Component.FINAL_PARAMETERS, terms=frozenset({Terms.OPEN})),
            LicenseDemand(Component.TRAINING_CODE, frozenset({"Apache-2.0", "MIT"})),
        ),
        mof_class=2,
        digest_evidence=(How.READ, How.KERNEL),
        reproductions=(Reproduction.REBUILD,),
        max_audit_age_days=90,
        max_signature_age_days=30,
        exact_revision=True,
        same_modes=True,
        signers=Signers(
            (
                KeySigner(SHA),
                CertificateSigner("email:release@example.org", SHA),
                CertificateSigner(NamePattern("uri:https://example.org/*")),
                OidcSigner("https://example.org/release", "https://token.example.org"),
                OidcSigner(
                    NamePattern("https://example.org/*/release"), "https://token.example.org"
                ),
            ),
            2,
        ),
        unknown=OnUnknown.FAIL,
        name="production",
    )


def test_the_least_policy_leaves_everything_else_alone() -> None:
    policy = parse(b'schema = 1\nlabel = "open-weights"\nexact-revision = false\n')

    assert policy == Policy(Label.OPEN_WEIGHTS)
    assert policy.unknown is OnUnknown.UNDECIDED


REFUSED: dict[str, tuple[str, str]] = {
    "empty": ("", "schema"),
    "demands nothing": ("schema = 1", "demands nothing"),
    "only a name": ("schema = 1\nname = 'a'", "demands nothing"),
    "half a line": ("schema = ", "not TOML"),
    "a key twice": ("schema = 1\nschema = 1", "not TOML"),
    "a table twice": ("schema = 1\n[rungs]\ndatasets = 3\n[rungs]", "not TOML"),
    "deep": ("schema = " + "[" * 5000, "not TOML"),
    "a huge number": ("schema = " + "1" * 5000, "not TOML"),
    "no such day": ("schema = 2026-02-30", "not TOML"),
    "a date": ("schema = 1\nlabel = 2026-01-01", "a date"),
    "a date inside": ("schema = 1\nforbid-hazards = [2026-01-01]", "a date"),
    "a later schema": ("schema = 2\nlabel = 'open-source'", "schema = 1"),
    "a schema that is true": ("schema = true\nlabel = 'open-source'", "expected an integer"),
    "a schema with a point": ("schema = 1.0\nlabel = 'open-source'", "expected an integer"),
    "no such label": ("schema = 1\nlabel = 'very open'", "open-weights-and-code"),
    "a label that is a number": ("schema = 1\nlabel = 3", "expected a text"),
    "no such key": ("schema = 1\nlable = 'open-source'", "no such key"),
    "a key of another spelling": ("schema = 1\nforbid_hazards = ['PICKLE']", "no such key"),
    "rungs that are a number": ("schema = 1\nrungs = 3", "expected a table"),
    "no such component": ("schema = 1\n[rungs]\ntrainingcode = 3", "use training-code"),
    "nothing like a component": ("schema = 1\n[rungs]\nzzzzz = 3", "use model-architecture"),
    "rung 7": ("schema = 1\n[rungs]\ndatasets = 7", "expected 1 to 6"),
    "rung 0": ("schema = 1\n[rungs]\ndatasets = 0", "expected 1 to 6"),
    "a rung that is true": ("schema = 1\n[rungs]\ndatasets = true", "expected an integer"),
    "a rung in quotes": ("schema = 1\n[rungs]\ndatasets = '3'", "expected an integer"),
    "hazards that are a text": ("schema = 1\nforbid-hazards = 'PICKLE'", "expected a list"),
    "no hazard": ("schema = 1\nforbid-hazards = []", "empty"),
    "a hazard twice": ("schema = 1\nforbid-hazards = ['PICKLE', 'PICKLE']", "twice"),
    "a hazard misspelt": ("schema = 1\nforbid-hazards = ['PICKEL']", "use PICKLE"),
    "a hazard in lowercase": ("schema = 1\nforbid-hazards = ['pickle']", "use PICKLE"),
    "nothing like a hazard": ("schema = 1\nforbid-hazards = ['??']", "the codes an audit prints"),
    "a hazard that is a number": ("schema = 1\nforbid-hazards = [1]", "expected a text"),
    "no such scope": (
        "schema = 1\nforbid-hazards = ['PICKLE']\nhazards-in = 'all'",
        "recipe, release",
    ),
    "MOF class 0": ("schema = 1\nmof-class = 0", "expected 1 to 3"),
    "MOF class III": ("schema = 1\nmof-class = 'III'", "expected an integer"),
    "claimed digests": ("schema = 1\ndigest-evidence = ['claimed']", "no evidence"),
    "no such evidence": ("schema = 1\ndigest-evidence = ['seen']", "use read"),
    "no such reproduction": ("schema = 1\nreproduction = ['R7']", "rebuild"),
    "no days": ("schema = 1\nmax-audit-age-days = 0", "expected 1 to"),
    "days that are a text": ("schema = 1\nmax-audit-age-days = '90d'", "expected an integer"),
    "an endless age": ("schema = 1\nmax-signature-age-days = 9999999", "expected 1 to"),
    "a revision that is a text": ("schema = 1\nexact-revision = 'yes'", "expected a boolean"),
    "the unknown passes": ("schema = 1\nlabel = 'open-source'\nunknown = 'pass'", "never passes"),
    "the unknown warns": ("schema = 1\nlabel = 'open-source'\nunknown = 'warn'", "undecided, fail"),
    "an unprintable name": ('schema = 1\nmof-class = 3\nname = "a\\u001b"', "printable"),
    "a long name": (f"schema = 1\nmof-class = 3\nname = '{'a' * 201}'", "printable"),
    "no licence": ("schema = 1\n[licenses]\ndatasets = []", "no licence"),
    "the lack of a licence": ("schema = 1\n[licenses]\ndatasets = ['none']", "no licence"),
    "an unknown licence": ("schema = 1\n[licenses]\ndatasets = ['MIT', 'unknown']", "no licence"),
    "no SPDX id": ("schema = 1\n[licenses]\ndatasets = ['Apache 2.0']", "no SPDX id"),
    "an expression": ("schema = 1\n[licenses]\ndatasets = ['MIT OR 0BSD']", "no SPDX id"),
    "open in capitals": ("schema = 1\n[licenses]\ndatasets = ['Open']", "write 'open'"),
    "the lowest label": (
        "schema = 1\nmof-class = 3\nlabel = 'closed'",
        "demands nothing; use open",
    ),
    "no label yet": ("schema = 1\nmof-class = 3\nlabel = 'undetermined'", "demands nothing"),
    "a code of no release": ("schema = 1\nforbid-hazards = ['SIGNATURE']", "no hazard of a rel"),
    "a scope of nothing": ("schema = 1\nmof-class = 3\nhazards-in = 'release'", "goes with forbid"),
    "a rung by its name": ("schema = 1\n[rungs]\ndatasets = 'bound'", "the rung's number: 4"),
    "a byte order mark": ("\ufeffschema = 1\nmof-class = 3", "byte order mark"),
    "a licence of nothing": ("schema = 1\n[licenses]\nsouls = ['MIT']", "no such component"),
}


@pytest.mark.parametrize(("text", "said"), REFUSED.values(), ids=REFUSED)
def test_a_policy_that_cannot_be_meant_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(text.encode())

    assert caught.value.code is Code.POLICY_FILE
    assert said in caught.value.what + caught.value.hint
    assert caught.value.hint
    assert "\n" not in caught.value.what


def test_what_is_not_utf_8_or_too_large_is_refused() -> None:
    for data in (b"\xff", "schema = 1".encode("utf-16"), b"#" * (LARGEST + 1)):
        with pytest.raises(UsageError):
            parse(data)


def test_a_place_is_named_as_toml_writes_it_and_only_what_may_be_used_is_offered() -> None:
    with pytest.raises(UsageError, match=r"refused: rungs\.final-parameters: expected 1 to 6"):
        parse(b"schema = 1\n[rungs]\nfinal-parameters = 0")
    with pytest.raises(UsageError, match=r"'seen' is unknown; use read, cached, kernel \["):
        parse(b"schema = 1\ndigest-evidence = ['seen']")
    with pytest.raises(UsageError, match="use open-weights, open-weights-and-code, "):
        parse(b"schema = 1\nlabel = 'openweights'")


def test_the_key_that_was_meant_is_named() -> None:
    with pytest.raises(UsageError) as caught:
        parse(b"schema = 1\nforbid_hazard = ['PICKLE']")

    assert caught.value.hint.startswith("write forbid-hazards;")
    with pytest.raises(UsageError, match="no such key") as caught:
        parse(b"schema = 1\nzzz = 3")
    assert "one of schema, name," in caught.value.hint


def test_every_component_can_be_named() -> None:
    lines = "\n".join(f"{name} = 3" for name in COMPONENTS)

    assert len(parse(f"schema = 1\n[rungs]\n{lines}".encode()).rungs) == len(COMPONENTS)


KEY_LINES = st.sampled_from([line for line in WHOLE.splitlines() if line])


@given(st.lists(KEY_LINES | st.text(max_size=20), max_size=12), st.binary(max_size=8))
def test_any_text_at_all_is_a_policy_or_refused_as_usage(lines: list[str], junk: bytes) -> None:
    data = "\n".join(lines).encode("utf-8", "surrogatepass") + junk

    # Any other exception fails the test.
    with suppress(UsageError):
        assert parse(data) == parse(data)
