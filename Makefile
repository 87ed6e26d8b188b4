# `make` alone lists the commands. PORT=… chooses the demo's port.
.DEFAULT_GOAL := help
.PHONY: help setup demo demo-reset test test-rules trust check audit format bench messages assets clean
SHELL := /bin/sh
BIN := .venv/bin
export PORT

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: ## install what the demo needs, in this folder alone
	@scripts/setup demo

demo: ## the whole platform on http://localhost:8000, with living data, until Ctrl-C
	@scripts/setup demo
	@exec $(BIN)/avenant demo

demo-reset: ## throw the demo's data away; the next `make demo` starts over
	@scripts/setup demo
	@exec $(BIN)/avenant demo --reset

test: ## every test: rules, packs, database, browser (T="path or options" runs some)
	@scripts/test-tools
	@scripts/setup test
	@scripts/run-tests -n 2 --dist worksteal -m "not trust and not walk" $(T)

test-rules: ## the tests of the decisions and the packs alone, in seconds
	@scripts/setup test
	@scripts/run-tests -c tests/avenant_rules/pytest.toml --rootdir . tests/avenant_rules tests/carriers tests/facts $(T)

trust: ## the promises of security, reliability and speed, at their full figures
	@scripts/test-tools
	@scripts/setup test
	@scripts/run-tests -m "trust or walk" --timeout 3600 $(T)

check: ## format, lint, types, directions, migrations, packs, translations, links
	@scripts/setup test
	@$(BIN)/python scripts/check

audit: ## ask whether a pinned package has a known weakness (needs the network; 3: could not find out)
	@scripts/setup test
	@$(BIN)/python scripts/audit

format: ## put the format of code and templates right
	@scripts/setup test
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .
	@git ls-files -z 'avenant/*.html' | xargs -0 $(BIN)/djade

bench: ## measures beside the named peers, as ratios
	@scripts/setup bench
	@$(BIN)/python -m benchmarks

messages: ## collect the texts to translate into locale/, and compile them
	@scripts/setup test
	@$(BIN)/python scripts/messages update
	@$(BIN)/python scripts/messages compile

assets: ## build the pages' styles and scripts anew
	@scripts/setup demo
	@$(BIN)/python avenant/frontend/build.py --force

clean: ## throw away everything that set-up, tests and the demo made here
	@if [ -x $(BIN)/python ]; then for one in main test; do AVENANT_CLUSTER=$$one $(BIN)/python -m avenant.ops.postgres remove; done; fi
	@rm -rf .venv .tools var avenant/frontend/node_modules avenant/frontend/dist
