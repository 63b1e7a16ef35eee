# make run: sets all up and serves the register on http://127.0.0.1:8000/
# make test: sets up what the tests need beyond that, and runs lint, types and all tests
# make bench: measures the register beside what else could be used, up to a million incidents; OPTIONS="--quick" is short

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.PHONY: run install test bench words lock chromium

VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# Empty is off: each command would else compile the whole program anew, a third of a second each time.
export PYTHONDONTWRITEBYTECODE :=

run: install
	$(BIN)/sijill init
	$(BIN)/sijill serve --port $(PORT)

install: $(VENV)/runtime.done $(VENV)/project.done static/vendor/all.done

test: install $(VENV)/tests.done chromium
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	# One more than there are cores: tests wait for browsers and for processes.
	$(BIN)/python -m pytest -n $$(( $$(getconf _NPROCESSORS_ONLN) + 1 ))

# What it compares with has an environment of its own: nothing that the project runs on comes from there.
bench: install $(VENV)-bench/peers.done
	$(BIN)/python bench/run.py $(OPTIONS)

$(VENV)-bench/peers.done: bench/requirements.txt | $(BIN)/python
	$(BIN)/python -m venv $(VENV)-bench
	$(VENV)-bench/bin/python -m pip install --quiet --disable-pip-version-check -r bench/requirements.txt
	touch $@

# The first Python that fits; PYTHON=… chooses another.
$(BIN)/python:
	for python in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
	  if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then \
	    $$python -m venv $(VENV) || { rm -rf $(VENV); echo "$$python can not make a virtual environment; on Debian: apt-get install python3-venv" >&2; exit 1; }; \
	    exit 0; \
	  fi; \
	done; \
	echo "Sijill needs Python 3.11, 3.12 or 3.13; none was found. Name one: make PYTHON=/path/to/python3" >&2; exit 1

$(VENV)/runtime.done: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

# An editable install has no hash: it is a step of its own, with its build backend among the pinned packages.
$(VENV)/project.done: pyproject.toml $(VENV)/runtime.done
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

static/vendor/all.done: package-lock.json app/vendor.py $(VENV)/project.done
	$(BIN)/python -m app.vendor
	touch $@

$(VENV)/tests.done: requirements-test.txt $(VENV)/runtime.done
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt -r requirements-test.txt
	touch $@

chromium:
	@command -v chromium chromium-browser google-chrome >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	else \
	  echo "The browser tests need Chromium. Install it (on Debian: apt-get install chromium) and run make test again." >&2; exit 1; \
	fi

# Brings new strings of code and templates into the Arabic catalogue, to be translated there.
words: install
	$(BIN)/python -m app.catalogue

# Pins again what requirements*.in name, without addresses of a registry.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate requirements.in -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate requirements-test.in -o requirements-test.txt
