"""The table ``[signers]`` of a policy file: who has to have signed."""

from provenance.errors import InvalidValueError
from provenance.text.shape import Reader
from provenance.values.digest import Algorithm, Digest
from provenance.values.name_pattern import NamePattern
from provenance.values.signer import CertificateSigner, KeySigner, OidcSigner, Signer, Signers

ANY, ALL = "any", "all"
# One of these says of which kind an accepted signer is.
KINDS = ("key", "certificate", "certificate-pattern", "identity", "identity-pattern")
BESIDE = ("root", "issuer")
SIGNER_KEYS = ("require", "accept", *KINDS, *BESIDE)


def parse_signers(table: Reader) -> Signers:
    """Read ``require`` (``any``, ``all`` or a number) and the tables ``accept``.

    Raises:
        TextError, InvalidValueError: POLICY_FILE, for anything that cannot be meant.
    """
    table.only_keys("require", "accept")
    accepted = tuple(map(_signer, table.objects("accept")))
    return Signers(accepted, _needed(table, len(accepted)))


def _needed(table: Reader, accepted: int) -> int:
    match table.values.get("require", ANY):
        case "any":
            return 1
        case "all":
            return accepted
        case str():
            raise table.wrong("require", f'write "{ANY}", "{ALL}" or a number')
        case _:
            needed = table.integer("require")
            if not 1 <= needed <= accepted:
                what = f"{needed} of {accepted} accepted signers; write 1 to {max(accepted, 1)}"
                raise table.wrong("require", what)
            return needed


def _signer(table: Reader) -> Signer:
    table.only_keys(*KINDS, *BESIDE)
    kinds = [kind for kind in KINDS if table.has(kind)]
    if len(kinds) != 1:
        raise table.wrong("accept", f"write exactly one of {', '.join(KINDS)}")
    kind = kinds[0]
    for other, fitting in (("root", "certificate"), ("issuer", "identity")):
        if table.has(other) and not kind.startswith(fitting):
            raise table.wrong(other, f"it goes with {fitting}, not with {kind}")
    if kind == "key":
        return KeySigner(_sha256(table, "key"))
    text = table.text(kind)
    name = NamePattern(text) if kind.endswith("-pattern") else text
    if kind.startswith("identity"):
        return OidcSigner(name, table.text("issuer"))
    return CertificateSigner(name, _sha256(table, "root") if table.has("root") else None)


def _sha256(table: Reader, key: str) -> Digest:
    text = table.text(key)
    try:
        found = Digest.parse(text)
    except InvalidValueError as cause:
        raise table.wrong(key, f"{cause.what}; provenance key show prints it") from cause
    if found.algorithm is not Algorithm.SHA256:
        raise table.wrong(key, "it is named by its SHA-256, as provenance key show prints it")
    return found
