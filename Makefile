# make demo   a summary of the example article, from a real model's recorded answers (no key, no network)
# make test   the tests
# make test-ray  the tests on a local Ray cluster (installs ray; some 80 seconds)
# make check  formatting, lint, layers and types
# make evals  the gold's linter; the tables of the keyword engine and of the recorded model, gated against their baselines
# make lock   the locked versions anew (needs uv)

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.PHONY: demo test test-ray check evals format lock clean

demo: $(VENV)/.runtime
	@$(BIN)/summarizer examples/ukraine-talks.fr.txt --replay examples/recordings --model anthropic/claude --format terminal

# a file's tests stay together; the slowest files come first by name
test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

test-ray: $(VENV)/.ray
	$(BIN)/python -m pytest -m ray tests/batch/test_ray.py

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

evals: $(VENV)/.dev
	$(BIN)/python -m evals lint
	$(BIN)/python -m evals run --engine keyword --baseline evals/baselines/keyword.json
	$(BIN)/python -m evals run --model anthropic/claude --baseline evals/baselines/anthropic-claude.json

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --no-emit-find-links --no-annotate -q -o .ci/requirements.txt
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --no-emit-find-links --no-annotate -c .ci/requirements.txt -q -o .ci/requirements-dev.txt
	uv pip compile pyproject.toml --extra ray --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --no-emit-find-links --no-annotate -c .ci/requirements-dev.txt -q -o .ci/requirements-ray.txt
	printf 'hatchling>=1.27\neditables\n' | uv pip compile - --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --no-emit-find-links --no-annotate -c .ci/requirements-dev.txt -q -o .ci/build.txt

clean:
	rm -rf $(VENV)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed: make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

# hatchling is in the development lock only; the runtime environment needs it just long enough to install this checkout
$(VENV)/.runtime: $(VENV)/bin/python .ci/requirements.txt .ci/build.txt pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r .ci/requirements.txt -r .ci/build.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime .ci/requirements-dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r .ci/requirements-dev.txt
	@touch $@

# Ray is large, and only its own tests need it
$(VENV)/.ray: $(VENV)/.dev .ci/requirements-ray.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r .ci/requirements-ray.txt
	@touch $@
