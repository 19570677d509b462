# Every target begins with a ready environment in .venv; `make` alone prints this help.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
IMAGE ?= prologue:dev

.PHONY: help setup demo test check fix e2e differential bench docs image lock clean

help: ## this list
	@awk -F':.*## ' '/^[a-z0-9-]+:.*## /{printf "  \033[1mmake %-12s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST) | { [ -t 1 ] && cat || sed 's/\x1b\[[0-9]*m//g'; }

setup: $(STAMP) ## a ready environment in .venv, with the prologue command

$(STAMP): pyproject.toml requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Prologue needs Python 3.11 or newer; this is %s. Say make PYTHON=python3.x" % sys.version.split()[0])'
	@echo "setting up $(VENV) (once; about a minute)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

demo: $(STAMP) ## the main job, on embedded defaults: reviews in, verdicts and patches out
	@$(BIN)/python deploy/demo/demo.py

test: $(STAMP) ## everything: unit, property, service, shell scripts and a real kube-apiserver
	@$(BIN)/python -m pytest -n auto --dist loadgroup -m "not bench"

check: $(STAMP) ## format, lint, types, import contracts, spelling
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/codespell

fix: $(STAMP) ## let the formatter and the linter mend what they can
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

e2e: $(STAMP) ## only the tests against a real etcd and kube-apiserver
	@$(BIN)/python -m pytest -m e2e

differential: $(STAMP) ## our verdict beside a live kube-apiserver: N=1000 SEED=1 KUBERNETES=1.36.3
	@$(BIN)/python -m tests.differential.run -n $(or $(N),1000) --seed $(or $(SEED),1) --kubernetes $(or $(KUBERNETES),1.36.3)

bench: $(STAMP) ## how long decisions take, and requests a second beside a bare echo
	@$(BIN)/python -m pytest tests/benchmarks -m bench -s -q -n 0

docs: $(STAMP) ## write the generated pages under docs/ again
	@$(BIN)/python -m webhook.cli.main rules --format markdown --output docs/rules.md
	@$(BIN)/python -m webhook.cli.main recipes --format markdown --output docs/recipes.md

image: ## build the container image with buildah, podman or docker, whichever is there
	@tool=$$(command -v buildah || command -v podman || command -v docker) || { echo "no buildah, podman or docker found"; exit 2; }; \
	"$$tool" build -t $(IMAGE) .

lock: ## pin the dependencies again (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements/runtime.txt
	uv pip compile --group build --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements/build.txt
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -c requirements/runtime.txt -o requirements/dev.txt

clean: ## remove what make made here
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
