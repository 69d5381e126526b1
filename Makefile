# Everything that a person types. Each target sets up what it needs: Debian, Python 3.11, python3-venv and make suffice.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
WORDS := locales/uk/LC_MESSAGES/bot.mo locales/en/LC_MESSAGES/bot.mo
PORT ?= 8080
WORKERS ?= 2

.PHONY: help demo test long setup lint format bench browser-test words catalogues lock clean

help:
	@echo "make demo · make test · make long · make lint · make bench · make browser-test · make words · make catalogues · make lock"

setup: $(READY) $(WORDS)

$(READY): requirements/dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=…"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "python3-venv is missing: apt-get install python3-venv"; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
	@touch $@

locales/%/LC_MESSAGES/bot.mo: locales/%/LC_MESSAGES/bot.po $(READY)
	$(BIN)/python -m locales.catalogues

demo: setup
	$(BIN)/python -m bot demo --port $(PORT)

test: setup lint
	$(BIN)/python -m pytest -n $(WORKERS)

# Ten thousand random histories of one woman's case instead of three hundred, a thousand of a centre instead of thirty, a hundred thousand of trainings and visits instead of five hundred; PORUCH_SEED repeats a run, PORUCH_HISTORIES sets how many.
long: setup
	PORUCH_LONG=1 $(BIN)/python -m pytest tests/properties

lint: setup
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/deptry --no-ansi .

format: setup
	$(BIN)/ruff check --quiet --fix .
	$(BIN)/ruff format --quiet .

bench: setup
	$(BIN)/python -m tests.bench

browser-test: setup
	PORUCH_BROWSER=required $(BIN)/python -m pytest -m browser

# What the lists of danger find and miss; docs/words.md.
words: setup
	$(BIN)/python -m bot words check tests/core/danger_sentences.tsv --misses

catalogues: setup
	$(BIN)/python -m locales.catalogues update

# Exact versions with hashes and no addresses; run it after a change of dependencies in pyproject.toml.
PIN := $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host \
	--no-emit-find-links --no-header --no-annotate --allow-unsafe
lock: setup
	$(BIN)/pip install --quiet pip-tools
	$(PIN) --output-file requirements/run.lock pyproject.toml
	$(PIN) --extra dev --constraint requirements/run.lock --output-file requirements/dev.lock pyproject.toml

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
