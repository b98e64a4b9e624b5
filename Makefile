# Everything runs in .venv, which the first target that needs it sets up from nothing but Python 3.11 or later.
# make PYTHON=/path/to/python … chooses that Python.

BIN := .venv/bin
LOCKED := .venv/.locked
READY := .venv/.ready
NAMES := $(or $(PYTHON),python3.13 python3.12 python3.11 python3)
SUITS := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PIP := $(BIN)/pip --quiet --disable-pip-version-check

.PHONY: help demo test browser check bench chaos fuzz audit lock clean
.DEFAULT_GOAL := help

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(READY) ## try Concord in the browser, with a sample company and no Slack account
	@$(BIN)/concord demo

test: $(READY) ## run all tests but the browser's (make browser runs those)
	@$(BIN)/pytest -m "not browser" --numprocesses logical --maxprocesses 8 --dist worksteal

browser: $(READY) ## run the browser tests; they need Chromium
	@$(BIN)/pytest -m browser

check: $(READY) ## check format, lint, types, imports and the lock
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(PIP) check
	@$(PIP) install --dry-run --no-index --no-build-isolation --editable '.[bench,check,test]'

bench: $(READY) ## measure quality and speed; prints tables and writes JSON
	@$(BIN)/python -m tests.benchmarks

chaos: $(READY) ## kill, stall and cut off real processes for half an hour, then count every message
	@$(BIN)/python -m tests.chaos

audit: $(READY) ## ask what is known against the locked packages; it needs the internet
	@$(BIN)/python -m venv .venv/audit
	@.venv/audit/bin/pip --quiet --disable-pip-version-check install pip-audit
	@.venv/audit/bin/pip-audit --requirement requirements.lock --no-deps --disable-pip

fuzz: $(READY) ## send anything at all to every entry of the app (MINUTES=10)
	@$(BIN)/python -m tests.fuzz $(or $(MINUTES),10)

lock: $(READY) ## write both locks for pyproject.toml (UPGRADE=1: newest versions)
	@$(BIN)/python -m venv .venv/lock
	@.venv/lock/bin/pip --quiet --disable-pip-version-check install uv
	@.venv/lock/bin/uv pip compile pyproject.toml --quiet --system-certs --extra bench --extra check --extra test --universal --generate-hashes \
		--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) --output-file requirements.lock
	@.venv/lock/bin/uv pip compile pyproject.toml --quiet --system-certs --universal --generate-hashes --no-annotate \
		--custom-compile-command "make lock" --constraint requirements.lock --output-file requirements-run.lock

clean: ## remove .venv and everything else that git does not keep and make can make again
	rm -rf .venv .bench build dist *.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Two stamps: a change of the lock costs a new .venv, a change of pyproject.toml only a second.
$(READY): $(LOCKED) pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# --clear takes the stamps along, so a set-up that was interrupted starts again.
$(LOCKED): requirements.lock
	@for name in $(NAMES); do \
		"$$name" -c '$(SUITS)' 2>/dev/null || continue; \
		echo "Setting up .venv (a minute or two, once)…"; \
		exec "$$name" -m venv --clear .venv; \
	done; \
	echo "No suitable Python here: none of $(NAMES) is 3.11 or later with its venv module." >&2; \
	echo "Install one (Debian and Ubuntu: apt install python3 python3-venv) or name one: make PYTHON=/path/to/python" >&2; \
	exit 1
	@$(PIP) install --no-deps --require-hashes --requirement requirements.lock
	@touch $@
