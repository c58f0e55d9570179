import re
from pathlib import Path

import provenance
from provenance.errors import Code
from provenance.values.hazard import FINDINGS, Hazard, Limit

SOURCE = Path(provenance.__file__).parent


def test_hazards_and_limits_have_one_order() -> None:
    hazards = [
        Hazard(Code.PICKLE, "b", ""),
        Hazard(Code.PICKLE, "a", ""),
        Hazard(Code.BIDI, "c", ""),
    ]
    limits = [Limit(Code.OFFLINE, "b", ""), Limit(Code.OFFLINE, "a", "")]

    assert [one.path for one in sorted(hazards)] == ["c", "a", "b"]
    assert [one.what for one in sorted(limits)] == ["a", "b"]


def test_every_code_that_a_hazard_is_made_with_is_a_finding() -> None:
    text = "\n".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))

    made = set(re.findall(r"Hazard\(\s*Code\.([A-Z_]+)", text))

    assert {"PICKLE", "REMOTE_CODE", "NAME_CASEFOLD", "FILE_ADDED"} <= made
    assert made <= set(FINDINGS)
    assert Code.SIGNATURE not in FINDINGS
