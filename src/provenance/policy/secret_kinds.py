"""The kinds of secrets that have a form of their own: how each begins, what it is made of.

Each pattern begins with a text that is searched for first, and repeats possessively: the work grows
with the bytes, whatever they are. Forms are those that the issuers document, or print.
"""

import base64
import re
from collections.abc import Callable
from typing import Final

import attrs

from provenance.policy.placeholders import entropy, is_placeholder

_MIXED: Final = 3.0
# How base64 of a PEM file begins; with so many letters more it is whole.
_KEY_FILE: Final = "LS0tLS1CRUdJTiB"
_KEY_HEAD: Final = 45


@attrs.frozen
class SecretKind:
    """One kind: its name, the form behind each text that begins it, and who takes it back."""

    name: str
    forms: tuple[tuple[bytes, re.Pattern[bytes]], ...]
    revoke: str
    holds: Callable[[str], bool]


def _is_issued(body: str) -> bool:
    return not is_placeholder(body)


def _is_mixed(body: str) -> bool:
    """Tell whether a body has letters and digits in disorder, as words with dashes have not."""
    letters = [one for one in body if one.isalpha()]
    both = any(one.isupper() for one in letters) and any(one.islower() for one in letters)
    hexadecimal = re.fullmatch(r"(?:[a-z]+[-_](?:v\d[-_])?)*[0-9a-f]{32,}", body) is not None
    random = any(one.isdigit() for one in body) and (both or hexadecimal)
    return random and entropy(body) > _MIXED and not is_placeholder(body)


def _is_letters(body: str) -> bool:
    """Tell whether letters are in both cases, or digits among them: no word is."""
    return body.lower() != body and body.upper() != body and not is_placeholder(body)


def _is_key_file(body: str) -> bool:
    """Tell whether base64 stands for a private key in PEM, as files of Kubernetes have it."""
    return b"PRIVATE KEY" in base64.b64decode(_KEY_FILE + body[:_KEY_HEAD])


def _kind(  # noqa: PLR0913, PLR0917 - one row of the table
    name: str,
    begins: str,
    body: str,
    least: int,
    most: int,
    revoke: str,
    holds: Callable[[str], bool] = _is_issued,
) -> SecretKind:
    """Make a kind of ``begins`` (texts with ``|`` between them) and a body of one alphabet."""

    def fits(text: str) -> bool:
        return len(text) <= most and holds(text)

    heads = [one.encode() for one in begins.split("|")]
    forms = tuple((head, _form(head, body.encode(), least)) for head in heads)
    return SecretKind(name, forms, revoke, fits)


def _form(head: bytes, alphabet: bytes, least: int) -> re.Pattern[bytes]:
    """Return a pattern that begins with a literal, so that a search for it is one for that."""
    literal = re.escape(head)
    return re.compile(
        b"%s(?<![A-Za-z0-9]%s)(?P<body>[%s]{%d,}+)" % (literal, literal, alphabet, least)
    )


_WORD = "A-Za-z0-9"
_URL = "A-Za-z0-9_-"
_HEX = "0-9a-f"
KINDS: Final = (
    _kind("a Hugging Face token", "hf_|api_org_", _WORD, 30, 60, "huggingface.co", _is_letters),
    _kind("an AWS access key id", "AKIA|ASIA|ABIA|ACCA", "A-Z0-9", 16, 16, "AWS IAM"),
    _kind("a GitHub token", "ghp_|gho_|ghu_|ghs_|ghr_", _WORD, 36, 255, "GitHub"),
    _kind("a GitHub token", "github_pat_", "A-Za-z0-9_", 60, 255, "GitHub"),
    _kind(
        "a GitLab token",
        "glpat-|gldt-|glrt-|glptt-|glcbt-|gloas-|glsoat-|glft-|glagent-|glimt-|glffct-|GR1348941",
        "." + _URL,
        20,
        300,
        "GitLab",
    ),
    _kind("a Google API key", "AIza", _URL, 35, 35, "Google Cloud"),
    _kind("a Google client secret", "GOCSPX-", _URL, 28, 28, "Google Cloud"),
    _kind("a Google access token", "ya29.", _URL, 40, 2000, "Google Cloud"),
    _kind(
        "a Slack token", "xoxb-|xoxp-|xoxa-|xoxo-|xoxr-|xoxs-|xoxe-|xapp-", _URL, 24, 400, "Slack"
    ),
    _kind("a Slack webhook", "hooks.slack.com/services/T", _WORD + "/", 30, 90, "Slack"),
    _kind("an Anthropic key", "sk-ant-", _URL, 32, 300, "Anthropic", _is_mixed),
    _kind("an OpenAI key", "sk-proj-|sk-svcacct-|sk-admin-", _URL, 32, 300, "OpenAI", _is_mixed),
    _kind("a key of a model API", "sk-", _URL, 32, 200, "who issued it", _is_mixed),
    _kind("a Weights & Biases key", "wandb_v1_", _URL, 40, 200, "wandb.ai"),
    _kind("a Kaggle token", "KGAT_", _HEX, 32, 32, "kaggle.com"),
    _kind("a Docker token", "dckr_pat_|dckr_oat_", _URL, 24, 60, "Docker"),
    _kind("an npm token", "npm_", _WORD, 36, 36, "npm", _is_letters),
    _kind("a PyPI token", "pypi-AgEI|pypi-AgEN", _URL, 60, 1000, "PyPI"),
    _kind("a Stripe key", "sk_live_|rk_live_|sk_test_|rk_test_|whsec_", _WORD, 24, 250, "Stripe"),
    _kind("an age key", "AGE-SECRET-KEY-1", "A-Z0-9", 58, 58, "whoever encrypts to it"),
    _kind("an age key", "AGE-SECRET-KEY-PQ-1", "A-Z0-9", 58, 200, "whoever encrypts to it"),
    _kind("a Replicate token", "r8_", _WORD, 37, 40, "Replicate", _is_letters),
    _kind("a Groq key", "gsk_", _WORD, 48, 60, "Groq", _is_letters),
    _kind("an xAI key", "xai-", _WORD, 70, 100, "xAI", _is_letters),
    _kind("a Perplexity key", "pplx-", _WORD, 40, 60, "Perplexity", _is_letters),
    _kind("an NVIDIA key", "nvapi-", _URL, 60, 80, "NVIDIA", _is_mixed),
    _kind("a Databricks token", "dapi", _HEX, 32, 32, "Databricks"),
    _kind("a DigitalOcean token", "dop_v1_|doo_v1_|dor_v1_", _HEX, 64, 64, "DigitalOcean"),
    _kind("a SendGrid key", "SG.", "." + _URL, 64, 70, "SendGrid", _is_mixed),
    _kind(
        "a private key (base64)",
        _KEY_FILE,
        _WORD + "+/",
        80,
        2**16,
        "whoever trusts its public half",
        _is_key_file,
    ),
    _kind("a Vault token", "hvs.|hvb.", _URL, 80, 300, "Vault", _is_mixed),
    _kind("a Tailscale key", "tskey-auth-|tskey-api-", _URL, 24, 80, "Tailscale"),
)
