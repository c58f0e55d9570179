"""Cards that claim, hide, mislead or blow up, and some that do not."""

from pathlib import Path

from provenance.errors import Code
from tests.hostile.corpus import Build, Case, clean, files, refused, reported
from tests.hostile.weights import ENTRY, raw

GOOD = b"license: mit\ndatasets:\n- squad"
BODY = b"# M\n\nA fine model.\n"
LAUGHS = b"a0: &a0 [x,x]\n" + b"\n".join(
    b"a%d: &a%d [%s]" % (n, n, b",".join([b"*a%d" % (n - 1)] * 10)) for n in range(1, 11)
)


def card(front: bytes | None, body: bytes = BODY) -> Build:
    """Return what writes a release with this card."""
    head = b"" if front is None else b"---\n" + front + b"\n---\n"
    model = raw(b'{"a":' + ENTRY + b"}")
    return files({"README.md": head + body, "model.safetensors": model})


def folder_as_card(folder: Path) -> None:
    """Write a release whose card is an empty folder."""
    files({"config.json": b"{}"})(folder)
    (folder / "README.md").mkdir()


CLAIMS_ALL = (
    b"We release the training code, inference code, evaluation code, preprocessing code,"
    b" training data, evaluation data, intermediate checkpoints, optimizer states, seeds here.\n\n"
)
KEYWORDS = (
    b"training code inference code evaluation code preprocessing code training data evaluation data"
    b" technical report hyperparameters seeds lock file 8xH100 contamination optimizer states\n\n"
)


def licensed(text: bytes, front: bytes = b"license: mit") -> Build:
    """Return what writes a release whose licence file holds this text."""
    model = raw(b'{"a":' + ENTRY + b"}")
    head = b"---\n" + front + b"\n---\n"
    return files({"README.md": head + BODY, "LICENSE": text, "model.safetensors": model})


def apache() -> bytes:
    """Return the text of the Apache licence, as this repository stands under it."""
    return (Path(__file__).resolve().parents[2] / "LICENSE").read_bytes()


CASES: tuple[Case, ...] = (
    clean("cd_claims_all", card(GOOD, b"# M\n\n" + CLAIMS_ALL * 40)),
    clean("cd_denies_all", card(GOOD, b"# M\n\n" + CLAIMS_ALL.replace(b"We", b"We do not") * 40)),
    clean("cd_keywords", card(GOOD, b"# M\n\n" + KEYWORDS * 40)),
    clean("cd_of_others", card(GOOD, b"# M\n\nWe use the training code of github.com/o/r.\n")),
    reported("cd_endless", Code.RESOURCE, card(GOOD, b"# M\n\n" + CLAIMS_ALL * 2500)),
    reported("cd_hidden", Code.MARKUP, card(GOOD, b"<p hidden>" + CLAIMS_ALL + b"</p>\n\nA.\n")),
    reported(
        "cd_look_alikes", Code.CARD_AMBIGUOUS, card(GOOD, "We rel\u0435ase the code.\n".encode())
    ),
    reported("cd_split", Code.CARD_AMBIGUOUS, card(GOOD, "We do n\u200bot release it.\n".encode())),
    reported("cd_ten_megabytes", Code.RESOURCE, card(b"x: " + b"y" * 10 * 2**20)),
    clean("cd_license_fits", licensed(apache(), b"license: apache-2.0")),
    reported("cd_license_other", Code.LICENSE_CONFLICT, licensed(apache())),
    reported(
        "cd_license_headed",
        Code.LICENSE_CONFLICT,
        licensed(b"MIT License\n\n" + apache(), b"license: apache-2.0"),
    ),
    reported(
        "cd_license_tail",
        Code.LICENSE_CONFLICT,
        licensed(apache() + b"\nNot for companies.\n", b"license: apache-2.0"),
    ),
    clean("cd_license_endless", licensed(b"word " * 500_000, b"license: other")),
    clean("cd_plain", card(GOOD)),
    clean("cd_line_ends", card(b"license: mit\r\ndatasets:\r\n- squad\r")),
    clean("cd_link", card(GOOD, b"# M\n\nCode: https://github.com/o/r/tree/v1\n")),
    reported("cd_no_metadata", Code.CARD_EMPTY, card(None)),
    reported("cd_unended", Code.CARD_FRONT_MATTER, card(None, b"---\nlicense: mit\n# M\n")),
    reported(
        "cd_in_comment", Code.CARD_AMBIGUOUS, card(None, b"<!--\n---\nlicense: mit\n---\n-->\n")
    ),
    refused("cd_laughs", Code.YAML_ALIAS, card(LAUGHS)),
    refused("cd_tag", Code.YAML_TAG, card(b'!!python/object/apply:os.system ["touch CANARY"]')),
    refused("cd_deep", Code.YAML_DEPTH, card(b"a: " + b"[" * 20_000 + b"]" * 20_000)),
    reported("cd_huge", Code.RESOURCE, card(b"datasets:\n" + b"- aaaaaaaaaaaaaaa\n" * 400_000)),
    refused("cd_zero", Code.CARD_CTRL, card(b"license: mit\x00evil")),
    refused("cd_not_utf8", Code.CARD_ENCODING, card(b"license: \xff\xfe")),
    reported("cd_merge", Code.YAML_MERGE, card(b"x: &x {license: llama3}\n<<: *x\nname: m")),
    reported("cd_number", Code.YAML_SCALAR, card(b"license: mit\nn: " + b"9" * 100_000)),
    reported("cd_norway", Code.YAML_TYPE, card(b"license: no\nversion: 1.10")),
    reported("cd_markup", Code.MARKUP, card(GOOD, b"<script>alert(1)</script>\n")),
    reported("cd_escape", Code.CTRL_CHARS, card(GOOD, b"# \x1b]8;;http://e\x07x\n")),
    reported("cd_bidi", Code.BIDI, card(b'license: "tim\\u202emit"')),
    reported(
        "cd_license",
        Code.LICENSE_CONFLICT,
        card(b"license: mit", b"# M\n\nLicense: Llama 3 Community License\n"),
    ),
    reported("cd_inward", Code.URL_FORBIDDEN, card(GOOD, b"- code: http://169.254.169.254/\n")),
    reported("cd_transport", Code.URL_FORBIDDEN, card(GOOD, b"- git clone ext::sh -c x\n")),
    reported(
        "cd_many_links",
        Code.RESOURCE,
        card(GOOD, b"\n".join(b"https://github.com/o/r%d" % n for n in range(10_000))),
    ),
    reported("cd_brackets", Code.RESOURCE, card(GOOD, b"[" * 50_000 + b"](" * 50_000)),
    refused("cd_folder", Code.CARD_TYPE, folder_as_card),
)
