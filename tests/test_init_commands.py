"""Every command is a public function, too: it prints nothing, ends nothing and asks nobody."""

import importlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import pytest

import provenance
from provenance import Settings, digests, evidence, keys, oms, policies
from provenance.cli.main import cli
from tests.cli.running import my_model

#: The function of each command; of one that does several things, each of them.
FUNCTIONS: Mapping[str, tuple[str, ...]] = {
    "assess mof": ("provenance.assess_mof",),
    "audit": ("provenance.audit", "provenance.judge"),
    "compare": ("provenance.compare",),
    "digest": (
        "provenance.digest",
        "provenance.digests.check_digests",
        "provenance.digests.merge",
    ),
    "evidence list": ("provenance.evidence.list_evidence",),
    "evidence show": ("provenance.evidence.show_evidence",),
    "explain": ("provenance.explain",),
    "export mot": ("provenance.export_mot",),
    "inspect": ("provenance.inspect",),
    "key generate": ("provenance.generate_key",),
    "key show": ("provenance.keys.load_explained_public",),
    "lint": ("provenance.lint",),
    "oms sign": ("provenance.oms.sign_model",),
    "oms sign-model": ("provenance.oms.sign_model",),
    "oms verify": ("provenance.oms.verify_model",),
    "oms verify-model": ("provenance.oms.verify_model",),
    "policy check": ("provenance.load_policy", "provenance.judge"),
    "policy explain": ("provenance.policies.explain",),
    "policy init": ("provenance.policies.template",),
    "policy schema": ("provenance.policies.json_schema",),
    "sign": ("provenance.sign", "provenance.sign_release"),
    "verify": ("provenance.verify", "provenance.decide"),
}


def commands(group: click.Group, before: str = "") -> Iterator[str]:
    """Yield the words of every command that is no group of others."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        words = f"{before} {name}".strip()
        if isinstance(command, click.Group):
            yield from commands(command, words)
        else:
            yield words


def test_every_command_has_its_function() -> None:
    assert sorted(commands(cli)) == sorted(FUNCTIONS)


@pytest.mark.parametrize("path", sorted({one for many in FUNCTIONS.values() for one in many}))
def test_the_function_of_a_command_is_public(path: str) -> None:
    module, _, name = path.rpartition(".")
    home = importlib.import_module(module)

    assert name in home.__all__
    assert callable(getattr(home, name))


def test_they_print_nothing_and_leave_the_environment(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before, model = dict(os.environ), my_model(tmp_path)
    settings = Settings(offline=True, jobs=1)
    kept = Settings(offline=False, jobs=1, evidence=tmp_path / "kept")

    manifest = provenance.audit(model, settings=kept)
    private, public = provenance.generate_key()
    signing, trust = keys.Signing.by_key(private), keys.Trust.by_key(public)
    bundle = provenance.sign(provenance.dump_manifest(manifest), signing=signing)
    provenance.verify(
        model, bundle=bundle, settings=settings, trust=trust, expected=manifest.release.ref
    )
    provenance.sign_release(provenance.dump_manifest(manifest), signing=signing)
    oms.verify_model(model, bundle=oms.sign_model(model, signing=signing), trust=trust)
    text = policies.template([keys.load_explained_public(public).identity.fingerprint])
    policy = provenance.load_policy(text.encode())
    policies.explain(policy)
    policies.json_schema()
    provenance.compare(model, model, settings=settings)
    provenance.lint(model, settings=settings)
    provenance.inspect(model, settings=settings)
    listed = provenance.digest([model])
    expected = digests.Expected(listed.algorithms, {one.path: one.digests for one in listed.rows})
    digests.check_digests(expected, [model], digests.Digesting())
    first, *_ = evidence.list_evidence(tmp_path / "kept")
    evidence.show_evidence(first.id, tmp_path / "kept")
    provenance.explain("seeds", manifest)
    provenance.assess_mof(provenance.export_mot(manifest))

    assert capfd.readouterr() == ("", "")
    assert dict(os.environ) == before
