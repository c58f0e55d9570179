"""The policy file: TOML, strict about every key."""

import tomllib

from provenance.errors import Code, InvalidValueError, UsageError
from provenance.values.component import COMPONENTS, Component
from provenance.values.label import Label
from provenance.values.policy import Policy
from provenance.values.rung import Rung

SCHEMA = 1
_KEYS = frozenset({"schema", "label", "rungs", "forbid-hazards"})


def _refused(what: str, hint: str) -> UsageError:
    return UsageError(what, hint=hint, code=Code.POLICY_FILE)


def parse(data: bytes) -> Policy:
    """Read a policy file.

    ``schema = 1``, then any of ``label`` (the least label), ``forbid-hazards`` (a list of
    codes) and the table ``[rungs]`` (component id to least rung, 1 to 6).

    Raises:
        UsageError: for text that is not TOML, an unknown key, label, component, rung or code, or a
            policy that demands nothing.

    """
    try:
        table = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise _refused(f"the policy is not TOML: {cause}", "write it as TOML in UTF-8") from cause
    if unknown := sorted(table.keys() - _KEYS):
        raise _refused(f"the policy has an unknown key {unknown[0]!r}", f"use {sorted(_KEYS)}")
    if table.get("schema") != SCHEMA or isinstance(table.get("schema"), bool):
        raise _refused("the policy names no schema that is known", f"write schema = {SCHEMA}")
    try:
        return Policy(
            label=_label(table.get("label")),
            rungs=_rungs(table.get("rungs", {})),
            forbidden_hazards=_codes(table.get("forbid-hazards", [])),
        )
    except InvalidValueError as cause:
        raise _refused(cause.what, cause.hint) from cause


def _label(value: object) -> Label | None:
    if value is None:
        return None
    if not isinstance(value, str) or value not in list(Label):
        raise _refused(f"{value!r} is not a label", f"use one of {[str(one) for one in Label]}")
    return Label(value)


def _rungs(value: object) -> tuple[tuple[Component, Rung], ...]:
    if not isinstance(value, dict):
        raise _refused("rungs is not a table", "write [rungs] and one component = rung a line")
    return tuple(_rung(name, rung) for name, rung in sorted(value.items()))


def _rung(name: str, rung: object) -> tuple[Component, Rung]:
    if name not in COMPONENTS:
        raise _refused(f"{name!r} is not a component", "use the ids that an audit prints")
    if not isinstance(rung, int) or isinstance(rung, bool) or not 1 <= rung <= Rung.REPRODUCED:
        raise _refused(f"{name} demands {rung!r}", "demand a rung from 1 to 6")
    return COMPONENTS[name], Rung(rung)


def _codes(value: object) -> tuple[Code, ...]:
    if not isinstance(value, list):
        raise _refused("forbid-hazards is not a list", 'write forbid-hazards = ["PICKLE"]')
    known = list(Code)
    for code in value:
        if not isinstance(code, str) or code not in known:
            raise _refused(f"{code!r} is not the code of a hazard", "use the codes an audit prints")
    return tuple(Code(code) for code in value)
