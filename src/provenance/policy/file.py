"""The policy file: TOML, strict about every key.

Its keys are described in ``docs/reference/policy.md``, and as a JSON Schema by
:func:`provenance.policy.schema.json_schema`.
"""

import re
import tomllib
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import TypeVar

from provenance.errors import Code, InvalidValueError, TextError, UsageError
from provenance.policy.file_signers import SIGNER_KEYS, parse_signers
from provenance.text.shape import Reader
from provenance.text.strict_json import JsonValue, levels
from provenance.values.component import COMPONENTS, Component
from provenance.values.hazard import FINDINGS
from provenance.values.inventory import How
from provenance.values.label import Label, Qualifier
from provenance.values.license import Terms
from provenance.values.policy import (
    MOF_CLASSES,
    OBSERVED,
    LicenseDemand,
    OnUnknown,
    Policy,
    Scope,
)
from provenance.values.reproduction import Reproduction
from provenance.values.rung import Rung

SCHEMA = 1
# Longer than any that people write; what reads it is quadratic in places.
LARGEST = 256 * 2**10
LONGEST_NAME = 200
MOST_DAYS = 36_500

KEYS = (
    *("schema", "name", "unknown", "label", "forbid-qualifiers", "mof-class", "forbid-hazards"),
    *("hazards-in", "digest-evidence", "reproduction", "max-audit-age-days"),
    *("max-signature-age-days", "exact-revision", "same-modes", "rungs", "licenses", "signers"),
)
# https://spdx.github.io/spdx-spec/v3.0.1/annexes/spdx-license-expressions: ids, no expressions.
SPDX_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,99}")

# A key that TOML would have without its quotes.
_QUOTED_KEY = re.compile(r"'([A-Za-z0-9_-]+)'")
# Every release has one of these labels: who asks for them asks for nothing.
LABELS = tuple(label for label in Label if label not in {Label.UNDETERMINED, Label.CLOSED})

# Words of these lists that a policy cannot ask for, and why.
_NOTHING: Mapping[str, Mapping[str, str]] = {
    "label": {one.value: "demands nothing" for one in Label if one not in LABELS},
    "digest-evidence": {one.value: "is no evidence" for one in How if one not in OBSERVED},
}

Choice = TypeVar("Choice", Label, Qualifier, How, Reproduction, Scope, OnUnknown, Code)


def parse(data: bytes) -> Policy:
    """Read a policy file.

    ``schema = 1``, then at least one demand; see the reference of the policy file for every key.

    Raises:
        UsageError: POLICY_FILE, for text that is not TOML, an unknown key, label, component, rung
            or code, a value of another type, or a policy that demands nothing.

    """
    table = Reader.of(_table(data), "", code=Code.POLICY_FILE)
    try:
        return _policy(table)
    except TextError as cause:
        raise _refused(_in_toml(cause.what), _hint(cause.what)) from cause
    except InvalidValueError as cause:
        raise _refused(cause.what, cause.hint) from cause


def _refused(what: str, hint: str) -> UsageError:
    return UsageError(f"the policy is refused: {what}", hint=hint, code=Code.POLICY_FILE)


def _in_toml(what: str) -> str:
    """Return the words of JSON in those of TOML, where a key may hold a hyphen without quotes."""
    where, colon, rest = what.partition(": ")
    told = rest.replace("an object", "a table").replace("an array", "a list")
    return _QUOTED_KEY.sub(r"\1", where) + colon + told if colon else what


def _hint(what: str) -> str:
    """Return what to do: the key that was probably meant, or those that there are."""
    if "no such key" not in what:
        return "correct the policy; provenance policy init shows every key"
    known = (*KEYS, *SIGNER_KEYS)
    meant = get_close_matches(what.partition(":")[0].strip("'").rpartition(".")[2], known, 1)
    return f"write {meant[0] if meant else 'one of ' + ', '.join(KEYS)}; see provenance policy init"


def _table(data: bytes) -> dict[str, JsonValue]:
    if len(data) > LARGEST:
        raise _refused(f"it is larger than {LARGEST} bytes", "name the policy's own file")
    if data.startswith(BOM_UTF8):
        raise _refused("it begins with a byte order mark", "save it as UTF-8 without one")
    try:
        table = tomllib.loads(data.decode("utf-8"))
    # Besides its own error, tomllib lets through those of numbers and dates, and of the stack.
    except (ValueError, RecursionError) as cause:
        raise _refused(f"it is not TOML: {cause}"[:200], "write it as TOML in UTF-8") from cause
    plain = (str, int, float, bool, list, dict)
    if any(not isinstance(one, plain) for level in levels(table) for one in level):
        raise _refused("it holds a date or a time", "give ages in days, as whole numbers")
    return table


def _policy(table: Reader) -> Policy:
    table.only_keys(*KEYS)
    if not table.has("schema") or table.integer("schema") != SCHEMA:
        raise table.wrong("schema", f"write schema = {SCHEMA}")
    return Policy(
        label=_label(table),
        rungs=_rungs(table),
        forbidden_hazards=_choices(table, "forbid-hazards", FINDINGS),
        hazards_in=_scope(table),
        forbidden_qualifiers=_choices(table, "forbid-qualifiers", tuple(Qualifier)),
        licenses=_licenses(table),
        mof_class=table.optional_integer("mof-class", min(MOF_CLASSES), max(MOF_CLASSES)),
        digest_evidence=_choices(table, "digest-evidence", OBSERVED),
        reproductions=_choices(table, "reproduction", tuple(Reproduction)),
        max_audit_age_days=table.optional_integer("max-audit-age-days", 1, MOST_DAYS),
        max_signature_age_days=table.optional_integer("max-signature-age-days", 1, MOST_DAYS),
        exact_revision=table.optional_boolean("exact-revision") is True,
        same_modes=table.optional_boolean("same-modes") is True,
        signers=parse_signers(table.object("signers")) if table.has("signers") else None,
        unknown=_unknown(table),
        name=_name(table),
    )


def _name(table: Reader) -> str:
    name = table.optional_text("name") or ""
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise table.wrong("name", f"give at most {LONGEST_NAME} printable characters")
    return name


def _unknown(table: Reader) -> OnUnknown:
    if table.has("unknown") and table.values["unknown"] == "pass":
        raise table.wrong("unknown", "the unknown never passes: write undecided, or fail")
    return _optional(table, "unknown", tuple(OnUnknown)) or OnUnknown.UNDECIDED


def _label(table: Reader) -> Label | None:
    return _optional(table, "label", LABELS)


def _scope(table: Reader) -> Scope:
    if table.has("hazards-in") and not table.has("forbid-hazards"):
        raise table.wrong("hazards-in", "it goes with forbid-hazards, and demands nothing alone")
    return _optional(table, "hazards-in", tuple(Scope)) or Scope.RECIPE


def _optional(table: Reader, key: str, choices: Sequence[Choice]) -> Choice | None:
    return _chosen(table, key, table.text(key), choices) if table.has(key) else None


def _choices(table: Reader, key: str, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    if not table.has(key):
        return ()
    texts = table.texts(key)
    if not texts or len(set(texts)) != len(texts):
        raise table.wrong(key, "it is empty, or names something twice")
    return tuple(_chosen(table, key, text, choices) for text in texts)


def _chosen(table: Reader, key: str, text: str, choices: Sequence[Choice]) -> Choice:
    known = {one.value: one for one in choices}
    if text in known:
        return known[text]
    if why := _NOTHING.get(key, {}).get(text):
        raise table.wrong(key, f"{text} {why}; use {', '.join(known)}")
    codes = choices is FINDINGS
    meant = get_close_matches(text.upper() if codes else text, known, 3)
    # A handful can be named; of the codes, those that are near.
    named = ", ".join(meant if codes else known)
    what = "no hazard of a release" if codes and text in set(Code) else "unknown"
    raise table.wrong(key, f"{text[:80]!a} is {what}; use {named or 'the codes an audit prints'}")


def _rungs(table: Reader) -> tuple[tuple[Component, Rung], ...]:
    if not table.has("rungs"):
        return ()
    rungs = table.object("rungs")
    return tuple((_component(rungs, name), _rung(rungs, name)) for name in sorted(rungs.values))


def _rung(rungs: Reader, name: str) -> Rung:
    written = rungs.values[name]
    if isinstance(written, str) and written.upper() in Rung.__members__:
        raise rungs.wrong(name, f"write the rung's number: {Rung[written.upper()]:d}")
    return Rung(rungs.integer(name, Rung.CLAIMED, Rung.REPRODUCED))


def _component(table: Reader, name: str) -> Component:
    if name not in COMPONENTS:
        meant = get_close_matches(name, COMPONENTS, 3, 0.5) or list(COMPONENTS)
        raise table.wrong(name, f"there is no such component; use {', '.join(meant)}")
    return COMPONENTS[name]


def _licenses(table: Reader) -> tuple[LicenseDemand, ...]:
    if not table.has("licenses"):
        return ()
    licenses = table.object("licenses")
    return tuple(_license(licenses, name) for name in sorted(licenses.values))


def _license(table: Reader, name: str) -> LicenseDemand:
    component, texts = _component(table, name), table.texts(name)
    words = {one.value: one for one in Terms}
    ids = [text for text in texts if text not in words]
    for text in ids:
        if text.casefold() in words:
            raise table.wrong(name, f"write {text.casefold()!a}, in lowercase, for a kind of terms")
        if not SPDX_ID.fullmatch(text):
            what = f"{text[:80]!a} is no SPDX id; write Apache-2.0 for example, or open"
            raise table.wrong(name, what)
    terms = (words[text] for text in texts if text in words)
    return LicenseDemand(component, frozenset(ids), frozenset(terms))
