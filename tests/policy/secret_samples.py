"""Secrets of every kind, made up at random: no file of this repository holds one that is whole."""

import base64
import json
import random
import string

_RANDOM = random.Random(5)  # noqa: S311 - made up, and the same in each run
_WORD = string.ascii_letters + string.digits
HEX = "0123456789abcdef"
BECH = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"


def word(size: int, alphabet: str = _WORD) -> str:
    """Return random letters."""
    return "".join(_RANDOM.choice(alphabet) for _ in range(size))


def b64(size: int) -> str:
    """Return so many random bytes in base64."""
    return base64.b64encode(_RANDOM.randbytes(size)).decode()


def b64_url(data: bytes) -> str:
    """Return base64 as web tokens have it."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def pem(kind: str) -> str:
    """Return a private key in PEM."""
    head = f"{kind}PRIVATE KEY-----"
    return f"-----BEGIN {head}\n{b64(300)}\n-----END {head}\n"


def web_token(claims: str = '{"sub":"user-77","exp":1999999999}') -> str:
    """Return a signed JSON Web Token."""
    parts = (b'{"alg":"HS256","typ":"JWT"}', claims.encode(), _RANDOM.randbytes(32))
    return ".".join(map(b64_url, parts))


def login(text: str = "ada:Tr0ub4dor") -> str:
    """Return a user and a password as HTTP writes them."""
    return base64.b64encode(text.encode()).decode()


def jwk() -> str:
    """Return a private key as JSON."""
    d, x = (b64_url(_RANDOM.randbytes(32)) for _ in range(2))
    return json.dumps({"kty": "OKP", "crv": "Ed25519", "x": x, "d": d})


def notebook(source: str, output: str) -> str:
    """Return a notebook of one cell."""
    cell = {"cell_type": "code", "source": [source], "outputs": [{"text": [output]}]}
    return json.dumps({"cells": [cell], "nbformat": 4})


#: What a file holds, by its name and a name for the test.
SECRETS = {
    "hub": (".env", "HF_TOKEN=hf_" + word(34, string.ascii_letters)),
    "hub-organization": ("notes", "api_org_" + word(34, string.ascii_letters)),
    "aws-id": (".aws/credentials", "aws_access_key_id = AKIA" + word(16, BECH)),
    "aws-secret": (".aws/credentials", "aws_secret_access_key = " + b64(30)),
    "google": ("a.py", f'KEY = "AIza{word(35)}"'),
    "service-account": ("a.json", json.dumps({"private_key": pem("")})),
    "azure-storage": ("a.txt", f"AccountName=x;AccountKey={b64(64)};EndpointSuffix=y"),
    "azure-client": ("a.env", f"AZURE_CLIENT_SECRET={word(3)}8Q~{word(34)}"),
    "azure-address": ("a.md", f"https://x.example.net/c?sv=2022&sig={b64(32)[:-1]}%3D"),
    "github": ("a.log", "pushed with ghp_" + word(36)),
    "github-fine": ("a.log", f"github_pat_{word(22)}_{word(59)}"),
    "gitlab": ("a.yml", "glpat-" + word(20)),
    "slack": ("a", f"xoxb-{word(12, string.digits)}-{word(12, string.digits)}-{word(24)}"),
    "slack-hook": ("a", f"https://hooks.slack.com/services/T{word(8)}/B{word(8)}/{word(24)}"),
    "openai": ("Dockerfile", "ENV OPENAI_API_KEY=sk-proj-" + word(60)),
    "openai-old": ("a", f"sk-{word(20)}T3BlbkFJ{word(20)}"),
    "anthropic": ("a", f"sk-ant-api03-{word(93)}AA"),
    "wandb-netrc": (".netrc", f"machine api.wandb.ai\n  login user\n  password {word(40, HEX)}"),
    "wandb": ("run.sh", "export WANDB_API_KEY=" + word(40, HEX)),
    "kaggle": ("kaggle.json", json.dumps({"username": "ada", "key": word(32, HEX)})),
    "docker": ("config.json", json.dumps({"auths": {"https://r.io": {"auth": login()}}})),
    "docker-token": ("a", "dckr_pat_" + word(27)),
    "npm": (".npmrc", "//registry.example.org/:_authToken=npm_" + word(36)),
    "npm-old": (
        ".npmrc",
        "//registry.example.org/:_authToken=1f0a7c3e-9b1d-4c2f-8a77-2b1cde9f0a31",
    ),
    "pypi": (".pypirc", "[pypi]\npassword = pypi-AgEIcHlwaS5vcmc" + word(120)),
    "stripe": ("a", "sk_live_" + word(24)),
    "jwt": ("a", web_token()),
    "password": ("a.yaml", "password: Tr0ub4dor&3"),
    "password-quoted": ("a.py", 'connect(password="s3cr3tpa55")'),
    "password-ini": ("a.ini", "db_password=gT7$kQ9zzP"),
    "git": (".git-credentials", "https://ada:Gt7kQ9zzPw@github.com"),
    "address": ("a.toml", "postgres://ml:Xk29dkq2@db.internal:5432/x"),
    "pkcs8": ("key.pem", pem("")),
    "rsa": ("key", pem("RSA ")),
    "openssh": ("id_ed25519", pem("OPENSSH ")),
    "ec": ("key", pem("EC ")),
    "encrypted": ("key", pem("ENCRYPTED ")),
    "cut-off": ("key", "-----BEGIN PRIVATE KEY-----\n"),
    "pgp": ("key.asc", f"-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 2\n\n{b64(200)}"),
    "putty": (
        "a.ppk",
        f"PuTTY-User-Key-File-3: x\nPublic-Lines: 1\nA\nPrivate-Lines: 1\n{b64(30)}",
    ),
    "jwk": ("jwk.json", jwk()),
    "age": ("keys.txt", "AGE-SECRET-KEY-1" + word(58, BECH)),
    "notebook-source": ("a.ipynb", notebook(f'login(token="hf_{word(34)}")\n', "")),
    "notebook-output": ("a.ipynb", notebook("", f'api_key = "{word(32)}"\n')),
    "notebook-key": ("a.ipynb", notebook(pem("RSA "), "")),
    "program-key": ("a.py", f'"-----BEGIN RSA PRIVATE KEY-----\\n"\n  "{b64(45)}\\n"'),
    "bearer": ("curl.log", "> Authorization: Bearer " + word(40)),
    "basic": ("curl.log", "> Authorization: Basic " + login()),
    "kubernetes": ("config", "client-key-data: " + base64.b64encode(pem("RSA ").encode()).decode()),
    "session": (".env", "AWS_SESSION_TOKEN=" + b64(600)),
    "login-call": ("a.py", f'wandb.login(key="{word(40, HEX)}")'),
    "toml": ("a.toml", f'api_key = "{word(32)}"'),
    "make": ("Makefile", "TOKEN := " + word(32)),
}

#: What only looks like a secret.
BENIGN = {
    "row-of-x": "HF_TOKEN=hf_" + "x" * 34,
    "dots": "token: hf_...",
    "spoken": "HF_TOKEN=YOUR_TOKEN",
    "brackets": 'token="<your token>"',
    "environment": 'token = os.environ["HF_TOKEN"]',
    "aws-manual-id": "aws_access_key_id = AKIAIOSFODNN7" + "EXAMPLE",
    "aws-manual": "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCY" + "EXAMPLEKEY",
    "variable": "password: ${DB_PASSWORD}",
    "shell": "DB_PASSWORD=$DB_PASS1",
    "format": "password=%(pass1)s and {pw}",
    "workflow": 'PASSWORD: "${{ secrets.PASSWORD1 }}"',
    "call": "password = getpass.getpass()",
    "address-words": "https://user:password@example.com",
    "address-brackets": "https://<user>:<token>@host",
    "address-variable": "https://oauth2:${TOKEN}@huggingface.co/x",
    "address-local": "postgres://postgres:postgres@localhost/x",
    "image": "docker://python:3.10-slim@sha256:" + "ab" * 32,
    "ssh": "git@github.com:org/name.git",
    "special-token": '"pad_token": "<|reserved_special_token_250|>"',
    "end-token": '"eos_token": "<|endoftext|>", "token_type_ids": [0]',
    "vocabulary": '{"password": 12345, "api_key": 777777777}',
    "verified-result": "      verifyToken: " + web_token(),
    "jwt-manual": web_token('{"sub":"1234567890","name":"John Doe"}'),
    "key-head": 'if line.startswith("-----BEGIN PRIVATE KEY-----"):\n    return True',
    "key-dots": "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
    "public-key": "-----BEGIN PUBLIC KEY-----\n" + b64(60),
    "words-with-dashes": "sk-learn-based-model-with-a-very-long-name-v2-and-more",
    "public-jwk": json.dumps({"kty": "EC", "x": b64(32), "y": b64(32)}),
    "age-recipient": "age1" + word(58, BECH.lower()),
    "digest": "sha256: " + word(64, HEX),
    "certificate": "certificate-data: " + base64.b64encode(b"-----BEGIN CERTIFICATE" * 9).decode(),
    "commit": "revision: " + word(40, HEX),
    "local-server": "OPENAI_API_KEY=sk-no-key-required-for-local-servers-1A",
    "header-variable": "Authorization: Bearer $HF_TOKEN",
    "prose": "secret: sauce; the password is minimum8 long",
    "typed": "token: Optional[str] = None, use_auth_token=True",
    "cache": f'"cache_key": "{word(32, HEX)}"',
    "primary": "primary_key: user_id_2024_and_more",
    "slack-manual": "https://hooks.slack.com/services/T00000000/B00000000/" + "X" * 24,
    "digits-in-order": "api_key: 0123456789abcdef0123456789abcdef",
    "model-id": "model_token: meta-llama/Llama-3.1-8B-Instruct",
    "made-there": "token = secrets.token_hex(32)",
}
