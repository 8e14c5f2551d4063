# Hark's manual. `make` shows what one can do; each line installs what it needs and is silent about what is there.

.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

# One place for what is built, one for a company's data: both may lie elsewhere.
export CARGO_TARGET_DIR := $(abspath $(or $(CARGO_TARGET_DIR),target))
export HARK_DATA_DIR ?= $(CURDIR)/data
HARK := $(CARGO_TARGET_DIR)/debug/hark

##@ Use

run: install-run ## Start Hark with a demo company on http://127.0.0.1:3000 and say who can sign in
	@cargo run -p bundle
	@cargo build -p server
	@.ci/serve

build: install-run ## Make the one binary for a server: target/release/hark, with every page, font and icon inside
	@.ci/bundle-release
	@cargo build --release -p server
	@ls -lh $(CARGO_TARGET_DIR)/release/hark | awk '{ print $$NF ", " $$5 "B" }'

demo: $(HARK) ## Put the demo company into ./data (HARK_DATA_DIR says otherwise)
	@$(HARK) demo load

##@ Work

dev: install-run ## Start Hark and build again on every save
	@cargo run -p bundle -- --watch -- .ci/serve

fmt: ## Format all code
	@cargo fmt --all

lint: site install-lint ## Formatting, lints for server and browser, licences and sources of dependencies
	@.ci/lint

check: lint test-unit ## The quick round before a commit: lint and test-unit

clean: ## Remove everything built; ./data stays
	@cargo clean
	@rm -rf target end2end/node_modules end2end/test-results end2end/playwright-report

##@ Prove

test: ## Formatting, lints, unit, integration (SQLite and PostgreSQL) and browser tests, and what is shipped
	@.ci/test

test-unit: site ## Unit and integration tests on SQLite
	@.ci/cargo-test

test-postgres: site ## The same tests on a PostgreSQL that lives only as long as they do
	@.ci/with-postgres .ci/cargo-test

test-browser: site ## What a person does, in Chromium
	@.ci/browser-test

test-shipped: install-test ## The browser's half as it is shipped: its weight, its start in Chromium and Firefox, Lighthouse
	@.ci/test-shipped

snapshots: site ## Write anew what the walks expect to hear from a screen reader; read the difference before you commit it
	@.ci/browser-test --update-snapshots=all listen account
	@sed -E -i -f end2end/walks/patterns.sed end2end/walks/*-snapshots/*.yml

bench: install-test ## The benchmarks, each against its peer in the same run; table and target/bench.json
	@.ci/bench

##@ Install

install-run: ## What `make run` needs: Rust for the browser
	@.ci/install-run

install-lint: ## What `make lint` needs besides: cargo-deny
	@.ci/install-lint

install-test: ## What the tests need besides: npm packages, Chromium, sox, PostgreSQL, ...
	@.ci/install-test

help: ## Show this
	@awk 'BEGIN { FS = ":.*## " } /^##@/ { print "\n" substr($$0, 5) } /^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The browser's half, which the server takes in when it is compiled.
site: install-run
	@cargo run -p bundle

$(HARK): site FORCE
	@cargo build -p server

.PHONY: run build demo dev fmt lint check clean test test-unit test-postgres test-browser test-shipped snapshots bench install-run install-lint install-test help site FORCE
