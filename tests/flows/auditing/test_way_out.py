from pathlib import Path

from provenance.errors import Code
from provenance.flows.auditing.way_out import way_out
from provenance.stores.evidence import EvidenceStore
from provenance.values.network import Network
from provenance.values.settings import Settings

PROXIED = Settings(network=Network(https="http://p:1"))


def test_a_named_proxy_is_a_limit_and_one_of_the_replay_too(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)

    (limit,) = way_out(PROXIED, store)
    store.close()
    replayed = way_out(Settings(offline=True), EvidenceStore(tmp_path, replayed=True))

    assert limit.code is Code.NET_PROXY
    assert "not by their addresses" in limit.why
    assert replayed == (limit,)


def test_a_straight_way_is_no_limit(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)

    assert way_out(Settings(), store) == ()
    assert way_out(Settings(network=PROXIED.network, offline=True), store) == ()
    store.close()
    proxied = Settings(network=PROXIED.network, offline=True)
    assert way_out(proxied, EvidenceStore(tmp_path, replayed=True)) == ()
