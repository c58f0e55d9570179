import warnings

import pytest

from provenance.text.quiet import be_quiet

NAMES = ("a.module", "another")


def warn(module: str) -> None:
    warnings.warn_explicit("look", UserWarning, "file", 1, module=module)


@pytest.mark.parametrize("filters", ["error", "always", "reset"])
def test_one_module_is_quiet_and_every_other_is_heard(filters: str) -> None:
    with warnings.catch_warnings(record=True) as shown:
        warnings.resetwarnings()
        for name in NAMES:
            be_quiet(name)
            warn(name)
        if filters != "reset":
            warnings.simplefilter("error" if filters == "error" else "always")
        for name in (*NAMES, *NAMES):
            be_quiet(name)
            warn(name)
        assert shown == []

        for name in ("a_module", "a.module.below", "xa.module"):
            if filters == "error":
                with pytest.raises(UserWarning):
                    warn(name)
            else:
                warn(name)

    assert len(shown) == (0 if filters == "error" else 3)


def test_however_often_it_is_asked_for_there_is_one_filter_for_a_name() -> None:
    with warnings.catch_warnings():
        be_quiet(NAMES[0])
        be_quiet(NAMES[1])
        before = list(warnings.filters)
        for name in (*NAMES, *NAMES[::-1]):
            be_quiet(name)

        assert warnings.filters == before
