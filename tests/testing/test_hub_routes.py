from provenance.testing.hub_routes import ROUTES


def test_every_path_has_one_route() -> None:
    paths = (
        "/api/whoami-v2",
        "/api/models/org/m",
        "/api/datasets/org/d/revision/main",
        "/api/models/org/m/tree/main/a",
        "/org/m/resolve/main/a.txt",
        "/datasets/org/d/resolve/main/a/b.txt",
        "/org/m.git/info/refs",
        "/api/spaces/org/s",
        "/spaces/org/s/resolve/main/app.py",
        "/api/models/org/m/commits/main",
        "/api/datasets/org/d/xet-read-token/main",
        "/api/repos/create",
        "/api/models/org/m/commit/refs%2Fpr%2F1",
        "/api/datasets/org/d/discussions/1",
        "/datasets/org/d.git/info/lfs/objects/batch",
    )
    for path in paths:
        assert sum(bool(pattern.fullmatch(path)) for _, pattern, _ in ROUTES) == 1, path
