# One door for developers. Each target works as the only command in a fresh clone (Python 3.11 or newer, make).
PYTHON ?= python3
BIN := .venv/bin
JOBS ?= 2
SOAK ?= 1
.DEFAULT_GOAL := help
.PHONY: help demo test soak mutants check format bench docs lock clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

demo: .venv/.run ## the main job: a real trial imported and analysed, the flagship rehearsed, both reported
	@$(BIN)/equipoise demo demo-output

test: .venv/.dev ## every test
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadscope tests

soak: .venv/.dev ## the long tests, the laws and the fuzzers, from other seeds; SOAK=10 hunts ten times as long
	@EQUIPOISE_SOAK=$(SOAK) $(BIN)/python -m pytest -n $(JOBS) --dist loadscope -m long tests
	@EQUIPOISE_SOAK=$(SOAK) $(BIN)/python -m pytest -n $(JOBS) --dist loadscope tests/laws tests/effects tests/twins/test_cut_twin.py tests/cli/test_wrong_command_lines.py

mutants: .venv/.dev ## change each arithmetic and comparison node and list what no test notices; ROOM=analysis SAMPLE=100
	@$(BIN)/python -m tests.mutants --jobs $(JOBS) $(if $(ROOM),--room $(ROOM)) $(if $(SAMPLE),--sample $(SAMPLE))

check: .venv/.dev ## format, lint, types, directions of import, both protocols
	@$(BIN)/ruff format --check -q src tests benchmarks
	@$(BIN)/ruff check -q src tests benchmarks
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/equipoise check protocols/npc-nimotuzumab
	@$(BIN)/equipoise check protocols/oropharynx-rtog

format: .venv/.dev ## put the code into the house's form
	@$(BIN)/ruff format -q src tests benchmarks
	@$(BIN)/ruff check -q --fix src tests benchmarks

bench: .venv/.bench ## measure speed beside peers, in one run
	@for b in benchmarks/bench_*.py; do echo "== $$b"; $(BIN)/python $$b || exit 1; done

docs: .venv/.dev ## write what is produced from the code: the manual, the schema, the validation matrix and the pictures
	@$(BIN)/python -m tests.spec.manual
	@$(BIN)/python -m tests.medicine.manual
	@$(BIN)/equipoise schema --out docs/schema
	@$(BIN)/python -m tests.validation
	-@$(BIN)/python -m tests.journeys.screenshots

lock: .venv/.dev ## resolve and hash the requirements anew (names, versions and hashes only)
	@$(BIN)/python requirements/lock.py

clean: ## remove what the targets made
	@rm -rf .venv demo-output build dist .mypy_cache .ruff_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Equipoise needs Python 3.11 or newer; say which with: make PYTHON=/path/to/python3.11")'
	@$(PYTHON) -m venv .venv

.venv/.run: requirements/run.txt pyproject.toml | .venv/bin/python
	@echo "Installing the locked requirements into .venv ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.run
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

.venv/.bench: requirements/bench.txt .venv/.dev
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@
