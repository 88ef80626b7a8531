# make run: the demonstration, on http://localhost:8000 · make test: everything that must hold
# .venv/ and var/ are all that is ever made here. PYTHON=python3.12 chooses another Python.
BIN := .venv/bin
export PYTHON
# Byte code is kept beside the code, else every process compiles Django anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check fix bench docs lock clean

run:
	@.ci/environment run
	@exec $(BIN)/vertrouwd run-demonstration $(ARGS)

test:
	@.ci/environment test
	@exec $(BIN)/python -m tests.everything $(ARGS)

# Under a minute: form, types, imports and the quick tests; no browser.
check:
	@.ci/environment test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q -n 2 --dist worksteal -m "not browser and not slow and not postgres" $(ARGS)

fix:
	@.ci/environment test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# One JSON line a benchmark, on standard output.
bench:
	@.ci/environment test
	@for benchmark in benchmarks/[a-z]*.py; do $(BIN)/python $$benchmark --json || exit 1; done

# The pages that follow from the code: docs/reference/ and docs/glossary.md.
docs:
	@.ci/environment test
	@$(BIN)/python -m docs.generate

# Choose versions anew; the files name no host.
COMPILE = $(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate
lock:
	@.ci/environment test
	$(COMPILE) --group build -o requirements-build.lock
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
	@echo "var/ is kept: it holds your data."
