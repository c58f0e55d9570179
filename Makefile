# `make demo` and `make test` are the two commands to begin with. Every target makes its own
# environment in .venv from hashed locks; once made, nothing here needs a network but loopback.
# Another interpreter: make test PYTHON=python3.13

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

# What is never imported need not be compiled, and the rest is when it first is.
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check --no-input --no-compile
# A lock names all there is: without --no-deps, a newer release than the locked one stops pip.
LOCKED := $(PIP_INSTALL) --no-deps --require-hashes --only-binary=:all:
EDITABLE := $(PIP_INSTALL) --no-index --no-deps --no-build-isolation --editable .
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links --upgrade
TYPED := src tests tools $(wildcard examples fixtures/*.py bench)
LOCKED_PEERS := huggingface model-signing safetensors
PEERS := $(patsubst %,$(VENV)-bench-%/.made,$(LOCKED_PEERS) b3sum)
# Gates that take one processor each, the longest first.
GATES := types docs wheel floors fixtures-check lint format
# One process for each processor. Each begins with a share of the modules, so that tests which share
# a server stay together; who is done takes half of what another has left.
# Another number: make test WORKERS=0 (in one process, as a debugger needs it).
WORKERS ?= auto
PYTEST := -m pytest --numprocesses=$(WORKERS) --dist=worksteal
COVERED := --cov --cov-report=term --cov-report=json
# The tests that name the Hub's client, or what stands on it; and what a whole audit asks of it.
HUB_TESTS = $(shell grep -rlE 'huggingface_hub|sources\.(hub|download)|sources\.hubs' \
	--include='test_*.py' tests/sources tests/testing) tests/contracts/test_source.py \
	tests/contracts/test_starts.py tests/flows/auditing/test_audit.py tests/stores/test_replay.py \
	tests/flows/auditing/test_headers.py

# What the caller's shell says about other Pythons must not reach ours; nor that nothing compiled is
# to be kept: each of the many processes of the tests would compile the package anew.
unexport PYTHONPATH
unexport PYTHONHOME
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := demo
.PHONY: demo test check deep fixtures bench bench-quick bench-micro bench-sources docs lock \
	format lint types floors coverage fixtures-check wheel hub-1 dask peers fuzz environments
.DELETE_ON_ERROR:

## What users of this repository run

demo: $(VENV)/.runtime
	@$(BIN)/python examples/demo.py $(ARGS)

test: $(VENV)/.dev
	$(BIN)/python $(PYTEST) $(ARGS)

fixtures: $(VENV)/.dev
	$(BIN)/python fixtures/build.py $(ARGS)

# Not --quiet: it hides the warnings from --strict, too. The variable silences an advertisement.
docs: $(VENV)/.dev
	$(BIN)/python tools/check_pages.py --check
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

# Beside the peers, each in an environment of its own: a quarter of an hour on a quiet machine.
bench: $(VENV)/.dev $(PEERS)
	@$(BIN)/python -m bench.run $(ARGS)

bench-quick: $(VENV)/.dev $(PEERS)
	@$(BIN)/python -m bench.run --quick $(ARGS)

# Parts of the engine alone, in seconds; and what the sources cost.
bench-micro: $(VENV)/.dev
	@$(BIN)/python -m bench.micro $(ARGS)

bench-sources: $(VENV)/.dev
	@$(BIN)/python -m bench.sources $(ARGS)

## The gates: `check` before every change lands, `deep` before a promise with numbers is kept

# Two gates at a time; then the tests, which take every processor.
check: $(VENV)/.dev $(VENV)/.wheels
	@$(MAKE) --no-print-directory --jobs=2 $(GATES)
	@$(MAKE) --no-print-directory coverage
	@echo "make check: every gate passed"

deep: check
	PROVENANCE_DEEP=1 $(BIN)/python $(PYTEST) -m "deep or not deep" --timeout=3600 $(ARGS)

format: $(VENV)/.dev
	$(BIN)/ruff format --check --quiet .

lint: $(VENV)/.dev
	$(BIN)/ruff check --quiet .

types: $(VENV)/.dev
	$(BIN)/mypy --strict --no-error-summary $(TYPED)

floors: $(VENV)/.dev
	$(BIN)/lint-imports --no-logo

# `make test`, with the share of lines and branches that it reached, and the floors for it.
coverage: $(VENV)/.dev
	$(MAKE) --no-print-directory test ARGS="$(COVERED) $(ARGS)"
	$(BIN)/python tools/coverage_floors.py build/coverage/coverage.json

fixtures-check: $(VENV)/.dev
	$(BIN)/python fixtures/build.py --check

# What reaches the Hub, with the newest 1.x of its client in an environment of its own.
hub-1: $(VENV)-hub-1/.made
	$(VENV)-hub-1/bin/python $(PYTEST) $(HUB_TESTS) $(ARGS)

# Work on a Dask cluster of this machine, in an environment of its own.
dask: $(VENV)-dask/.made
	$(VENV)-dask/bin/python -m pytest tests/executors $(ARGS)

# Model signatures beside another implementation's, in an environment of its own.
peers: $(VENV)/.dev $(VENV)-peers/.made
	$(BIN)/python -m pytest tests/conformance $(ARGS)

# Bundles as a coverage-guided fuzzer makes them; ARGS are libFuzzer's, -runs=1000000 for example.
fuzz: $(VENV)-fuzz/.made
	$(VENV)-fuzz/bin/python tools/fuzz_bundles.py $(or $(ARGS),-runs=100000)

wheel: $(VENV)/.dev $(VENV)/.wheels
	$(BIN)/python tools/wheel_check.py $(VENV)/wheels

## The environment

# Asked for by name, another Python than the one inside makes the environment anew. The stamps go
# while make still reads this file: later it would remember that they were there.
ifneq ($(origin PYTHON),file)
ifneq ($(shell $(PYTHON) -VV 2>&1),$(shell $(BIN)/python -VV 2>&1))
$(shell rm -f $(VENV)/pyvenv.cfg $(VENV)/.runtime $(VENV)/.dev $(VENV)/.wheels)
endif
endif

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is not Python 3.11 or newer; name one: make demo PYTHON=python3.13" >&2; \
		exit 1; }
	@echo "Making $(VENV): once, with a network; later runs use it as it is."
	@$(PYTHON) -m venv --clear $(VENV)

$(VENV)/.runtime: requirements/build.txt requirements/runtime.txt pyproject.toml \
		src/provenance/__about__.py | $(VENV)/pyvenv.cfg
	@$(BIN)/python $(LOCKED) -r requirements/build.txt -r requirements/runtime.txt
	@$(BIN)/python $(EDITABLE)
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	@$(BIN)/python $(LOCKED) -r requirements/dev.txt
	@touch $@

# Each lock that cannot share an environment has its own, with this package where it runs there.
$(VENV)-%/.made: requirements/%.txt
	@echo "Making $(@D): once, with a network."
	@$(PYTHON) -m venv --clear $(@D)
	@$(@D)/bin/python $(LOCKED) $(ALSO) -r $<
	@$(if $(RUNS_HERE),$(@D)/bin/python $(EDITABLE))
	@touch $@

WITH_OURS := $(patsubst %,$(VENV)-%/.made,hub-1 dask fuzz)
$(WITH_OURS): requirements/build.txt requirements/runtime.txt pyproject.toml
$(WITH_OURS): RUNS_HERE := yes
$(VENV)-fuzz/.made: ALSO := -r requirements/build.txt -r requirements/runtime.txt

# All that .ci/run needs a network for.
environments: $(VENV)/.dev $(VENV)/.wheels $(VENV)-hub-1/.made $(VENV)-dask/.made

# No package index has it, Debian has. Where neither is at hand, its rows are left out, and said so.
$(VENV)-bench-b3sum/.made:
	@mkdir -p $(@D)
	@{ command -v b3sum >/dev/null || ( cd $(@D) && apt-get download -qq b3sum 2>/dev/null && \
		dpkg --extract b3sum_*.deb . ) ; } && touch $@ || echo "b3sum cannot be had here" >&2

# The runtime as files, so that the bare environment of `make wheel` needs no network.
$(VENV)/.wheels: requirements/runtime.txt $(VENV)/.runtime
	@$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-input --no-deps \
		--require-hashes --only-binary=:all: --dest $(VENV)/wheels -r requirements/runtime.txt
	@touch $@

# Newest versions that fit, with the hashes of all their files and no word about where they lie.
lock: $(VENV)/.dev
	$(COMPILE) -o requirements/build.txt requirements/build.in
	$(COMPILE) -o requirements/runtime.txt pyproject.toml
	$(COMPILE) -c requirements/runtime.txt -c requirements/build.txt -o requirements/dev.txt \
		pyproject.toml requirements/build.in requirements/dev.in
	$(COMPILE) -c requirements/hub-1.in -o requirements/hub-1.txt \
		pyproject.toml requirements/build.in requirements/dev.in
	$(COMPILE) -c requirements/dev.txt -o requirements/dask.txt \
		pyproject.toml requirements/build.in requirements/dev.in requirements/dask.in
	for peer in $(LOCKED_PEERS); do \
		$(COMPILE) -o requirements/bench-$$peer.txt requirements/bench-$$peer.in || exit 1; done
	$(COMPILE) -o requirements/peers.txt requirements/peers.in
	$(COMPILE) -o requirements/fuzz.txt requirements/fuzz.in
