"""git's rules for objects, and those that honest old repositories break without harm.

The rules and their names: https://git-scm.com/docs/git-fsck (fsck message ids).
"""

import re

# A complaint of index-pack's: an object, the name of the rule that it breaks, and how.
BROKEN = re.compile(r"(?:error|warning): object [0-9a-f]{40}: (?P<rule>[A-Za-z0-9]+): ")

# Old programs wrote these by mistake. They are about how a mode, a name, an address of mail or a
# zone of time is spelled: none can make a tree list, name or lead to anything else than it says.
# Left out on purpose: what is about names of files, their order and number (a tree that reads
# differently to two readers), about `.gitmodules` and the like, and about dates that cannot be.
HARMLESS = (
    "badEmail",
    "badName",
    "badTimezone",
    "missingEmail",
    "missingNameBeforeEmail",
    "missingSpaceBeforeDate",
    "missingSpaceBeforeEmail",
    "multipleAuthors",
    "zeroPaddedDate",
    "zeroPaddedFilemode",
)
DOWNGRADED = tuple(part for rule in HARMLESS for part in ("-c", f"fetch.fsck.{rule}=warn"))


def broken_rules(errors: bytes) -> tuple[str, ...]:
    """Return the names of the rules that git complained about, sorted; what a remote said aside."""
    lines = errors.decode("utf-8", "replace").splitlines()
    return tuple(sorted({found["rule"] for line in lines if (found := BROKEN.match(line))}))


def only_harmless(rules: tuple[str, ...]) -> bool:
    """Whether a rule was broken, and no other than these."""
    return bool(rules) and set(rules) <= set(HARMLESS)
