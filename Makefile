# Two commands: `make run` serves the demo, `make test` runs everything. `make help` lists the rest.
SHELL := /bin/bash
PORT ?= 8000
DATA ?= data
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PWA_SOURCES := $(shell find pwa -type f -not -path '*/node_modules/*' -not -path 'pwa/dist/*' -not -path '*/paraglide/*' 2>/dev/null)

.PHONY: help run setup build check check-python check-pwa format test test-catalogue test-tools bench lighthouse soak pouchdb-suite release-fixture pictures clean
.DEFAULT_GOAL := help

help: ## What can be made
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.run pwa/dist/index.html ## Serve the demo on http://127.0.0.1:8000 (PORT=…, DATA=…, INTERLINK_CATALOGUE=DIR)
	@$(BIN)/interlink demo --data $(DATA)
	@$(if $(INTERLINK_CATALOGUE),$(BIN)/interlink import-catalogue "$(INTERLINK_CATALOGUE)" --data $(DATA))
	@exec $(BIN)/interlink serve --data $(DATA) --port $(PORT)

setup: $(VENV)/.dev pwa/node_modules/.package-lock.json ## Install everything a developer needs
build: pwa/dist/index.html ## Build the PWA

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt hatchling==1.33.0 editables==0.6
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

pwa/node_modules/.package-lock.json: pwa/package-lock.json pwa/package.json
	npm --prefix pwa ci --no-audit --no-fund
	@touch $@

tests/interop/node_modules/.package-lock.json: tests/interop/package-lock.json tests/interop/package.json
	npm --prefix tests/interop ci --no-audit --no-fund --ignore-scripts
	@touch $@

pwa/dist/index.html: $(PWA_SOURCES) pwa/node_modules/.package-lock.json
	npm --prefix pwa run build
	@touch $@

check: setup ## Format, lint, types, import contracts, PWA checks: what CI asks before the tests
	@$(MAKE) --no-print-directory -k -j2 --output-sync=target check-python check-pwa

# The two halves of `check` run beside each other: each keeps one processor busy for a minute. What each says stays together.
check-python:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/pyright

check-pwa:
	npm --prefix pwa run check

format: setup ## Put everything into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	npm --prefix pwa exec -- prettier --write --log-level warn pwa

test-tools: ## Chromium, Firefox and PostgreSQL for the tests (Debian packages, as root)
	@deploy/test-tools.sh

ROWS := $(addprefix tests/backend/,people accounts notices) # whose rules rest on rows: once more, on PostgreSQL

test: setup build test-tools tests/interop/node_modules/.package-lock.json ## Everything: PWA units, engine, backend, house, journeys in real browsers
	npm --prefix pwa test
	$(BIN)/pytest tests --ignore=tests/journeys -n 2 --dist worksteal
	INTERLINK_TEST_POSTGRESQL=1 $(BIN)/pytest $(ROWS) -n 2 --dist worksteal
	$(BIN)/pytest tests/journeys -n 2 --dist worksteal

test-catalogue: setup ## Import the real catalogue from DIR=… and count what arrived
	INTERLINK_TEST_CATALOGUE="$(DIR)" $(BIN)/pytest tests/backend/catalogue -m catalogue

bench: setup build ## Measure ourselves beside a peer and print ratios
	$(BIN)/python -m bench

soak: setup build test-tools tests/interop/node_modules/.package-lock.json ## More histories, more languages: for the night
	INTERLINK_SOAK=1 $(BIN)/pytest tests

bench/lighthouse/node_modules/.package-lock.json: bench/lighthouse/package-lock.json bench/lighthouse/package.json
	npm --prefix bench/lighthouse ci --no-audit --no-fund --ignore-scripts
	@touch $@

lighthouse: setup build test-tools bench/lighthouse/node_modules/.package-lock.json ## What Lighthouse says of the app on a phone: median of five runs
	$(BIN)/python -m bench.lighthouse

pouchdb-suite: setup ## PouchDB's own suite against the engine: DIR=… is a built checkout of PouchDB
	$(BIN)/python -m tests.interop.pouchdb_suite "$(DIR)"

release-fixture: setup build ## Keep this release in tests/releases, for the tests of all later ones
	$(BIN)/python -m tests.releases.make

pictures: setup build test-tools ## Take the pictures of the README anew
	$(BIN)/python -m tests.journeys.pictures

clean: ## Forget what was installed and built (the data folder stays)
	rm -rf $(VENV) pwa/node_modules pwa/dist
